import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { docker } from './harness/engine.ts'
import { filesBelow } from './literal-command/files.ts'
import { type Home, makeHome, program } from './literal-command/home.ts'

const VERSION = `kde-tp version ${manifest.version}\n`
const spellings = ['docker kde-tp', 'docker --context default kde-tp', 'docker kdetp', 'kde-tp']

const inHome =
  (wish: { readonly withOwnPrograms: boolean }, body: (home: Home) => Promise<void>) => async () => {
    const home = makeHome(wish)
    try {
      await body(home)
    } finally {
      home.remove()
    }
  }

const setUp = ({ person, pathWithOwn }: Home, ...options: readonly string[]) =>
  person.run([program(), 'setup', ...options], { env: { PATH: pathWithOwn } })

/** A shell that has nothing of this process's environment, as after logging in. */
const newLogin = ({ person }: Home, shell: string, script: string) =>
  person.run(['env', '-i', `HOME=${person.home}`, 'USER=person', shell, '-lc', script])

// Not every computer has it, and setup does not need it.
const make = existsSync('/usr/bin/make') ? [['make', '--silent']] : []

test(
  'each spelling works in new login shells, in sh -c, in make and from a program that starts docker',
  inHome({ withOwnPrograms: true }, async home => {
    expect(await setUp(home)).toMatchObject({ exitCode: 0, stderr: '' })
    for (const spelling of spellings) {
      const call = `${spelling} --version`
      writeFileSync(join(home.person.home, 'Makefile'), `all:\n\t@${call}\n`)
      const callers = [['sh', '-c', call], ['xargs', ...call.split(' ')], ...make]
      const results = await Promise.all([
        newLogin(home, 'sh', call),
        newLogin(home, 'bash', call),
        ...callers.map(words => home.person.run(words, { env: { PATH: home.pathWithOwn } })),
      ])
      for (const result of results) expect(result).toEqual({ exitCode: 0, stdout: VERSION, stderr: '' })
    }
  }),
)

test(
  'docker knows the plugin, and warns of nothing',
  inHome({ withOwnPrograms: true }, async home => {
    await setUp(home)
    const { person, pathWithOwn } = home
    const inDocker = (...words: readonly string[]) =>
      person.run(['docker', ...words], { env: { PATH: pathWithOwn } })
    const help = await inDocker('--help')
    expect(help.stdout).toMatch(/^ {2}kdetp\* /m)
    expect(help.stdout).not.toContain('Invalid Plugins')
    const info = await inDocker('info', '--format', '{{json .ClientInfo.Plugins}}')
    const plugins = JSON.parse(info.stdout) as readonly { readonly Name: string; readonly Err?: string }[]
    expect(plugins.filter(({ Name }) => Name.startsWith('kde'))).toMatchObject([
      { Name: 'kdetp', Vendor: 'kde-tp' },
    ])
    expect((await inDocker('info')).stderr).not.toMatch(/kde-?tp/)
  }),
)

test.for([true, false])(
  'what setup made is gone after --remove, a folder for own programs that was there (%s) stays',
  async (withOwnPrograms, { expect }) => {
    await inHome({ withOwnPrograms }, async home => {
      const before = filesBelow(home.person.home)
      await setUp(home)
      const installed = filesBelow(home.person.home)
      expect(await setUp(home)).toMatchObject({ exitCode: 0 })
      expect(filesBelow(home.person.home)).toEqual(installed)
      expect(Object.keys(installed).length).toBeGreaterThan(Object.keys(before).length)
      expect(await setUp(home, '--remove')).toMatchObject({ exitCode: 0, stderr: '' })
      expect(filesBelow(home.person.home)).toEqual(before)
      // This computer may have what root has installed for everybody, which stays too.
      const again = await setUp(home, '--remove')
      expect(again).toMatchObject({ exitCode: 0 })
      expect(again.stdout).not.toContain('removed')
    })()
  },
)

test(
  'the installed program replaces itself by a newer one, and removes itself',
  inHome({ withOwnPrograms: true }, async home => {
    const before = filesBelow(home.person.home)
    await setUp(home)
    const plugin = join(home.person.home, '.docker/cli-plugins/docker-kdetp')
    const env = { PATH: home.pathWithOwn }
    writeFileSync(plugin, '#!/bin/sh\necho \'{"Vendor":"kde-tp"}\'\n')
    await setUp(home)
    expect(readFileSync(plugin).equals(readFileSync(program()))).toBe(true)
    expect(await home.person.run(['docker', 'kde-tp', 'setup'], { env })).toMatchObject({ exitCode: 0 })
    expect(await home.person.run(['kde-tp', 'setup', '--remove'], { env })).toMatchObject({ exitCode: 0 })
    expect(filesBelow(home.person.home)).toEqual(before)
  }),
)

test(
  'without a directory ahead of docker that can be written, setup says so, and "docker kdetp" works',
  inHome({ withOwnPrograms: false }, async home => {
    const { person, path } = home
    const result = await person.run([program(), 'setup'], { env: { PATH: path } })
    expect(result).toMatchObject({ exitCode: 0, stderr: '' })
    expect(result.stdout).toMatch(
      /^docker kde-tp +not installed: no directory ahead of \S+\/docker on PATH can be written/m,
    )
    expect(result.stdout).toContain('Type "docker kdetp"')
    expect(await newLogin(home, 'sh', 'docker kdetp --version')).toMatchObject({ stdout: VERSION })
    expect(readdirSync(person.home).sort()).toEqual(['.docker', '.profile'])
  }),
)

test(
  "a file of somebody else's is never replaced",
  inHome({ withOwnPrograms: true }, async home => {
    const docker = join(home.ownPrograms, 'docker')
    writeFileSync(docker, 'mine', { mode: 0o755 })
    const plugins = join(home.person.home, '.docker/cli-plugins')
    mkdirSync(plugins, { recursive: true })
    writeFileSync(join(plugins, 'docker-kdetp'), '#!/bin/sh\necho theirs\n', { mode: 0o755 })
    expect(await setUp(home)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('SETUP_FAILED') })
    expect(await setUp(home, '--remove')).toMatchObject({ exitCode: 0 })
    expect(readFileSync(docker, 'utf8')).toBe('mine')
    expect(existsSync(join(plugins, 'docker-kdetp'))).toBe(true)
  }),
)

test('root installs for everybody, and nothing is left after --remove', async () => {
  const image = process.env['KDE_TP_IMAGE'] ?? `ghcr.io/kde-tp/runtime:${manifest.version}`
  const computer = await docker([
    'run',
    '--detach',
    '--init',
    '--network=none',
    '--entrypoint=sleep',
    image,
    'infinity',
  ])
  const run = (script: string) => docker(['exec', computer, 'sh', '-c', script])
  try {
    await docker(['cp', '--quiet', program(), `${computer}:/tmp/kde-tp`])
    await run('mv /usr/local/bin/docker /usr/bin/; rm /usr/local/bin/kde-tp; useradd --create-home somebody')
    const files = `find / -xdev -path /proc -prune -o -path /sys -prune -o -path /tmp -prune -o -printf '%p %y %m %u %s %l\\n'`
    const before = await run(files)
    await run('umask 077; /tmp/kde-tp setup')
    for (const spelling of spellings) {
      for (const caller of [
        'su --login somebody --command',
        'su --login --command',
        'env -i sh -lc',
        'bash -lc',
        'sh -c',
      ]) {
        expect(await run(`${caller} '${spelling} --version'`)).toBe(VERSION.trimEnd())
      }
    }
    await run('kde-tp setup --remove')
    expect(await run(files)).toBe(before)
  } finally {
    await docker(['rm', '--force', computer])
  }
})
