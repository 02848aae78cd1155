import { randomBytes } from 'node:crypto'
import { readlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Ended, Started } from './harness/person.ts'
import { type Home, makeHome, program } from './literal-command/home.ts'

const IMAGE = 'debian:bookworm-slim'
const name = `kde-tp-literal-${randomBytes(4).toString('hex')}`

let home: Home

beforeAll(async () => {
  home = makeHome({ withOwnPrograms: true })
  const { person, pathWithOwn } = home
  const setup = await person.run([program(), 'setup'], { env: { PATH: pathWithOwn } })
  expect(setup).toMatchObject({ exitCode: 0, stderr: '' })
  const run = ['docker', 'run', '--detach', '--init', '--name', name, IMAGE, 'sleep', 'infinity']
  expect(await person.run(run)).toMatchObject({ exitCode: 0 })
})

afterAll(async () => {
  await home.person.run(['docker', 'rm', '--force', name])
  await home.person.run(['docker', 'image', 'rm', '--force', name])
  home.remove()
})

/** What comes of the words with the shim ahead of docker on PATH, and of the same or other words without. */
async function both(words: readonly string[], input = '', plain = words): Promise<readonly [Ended, Ended]> {
  const { person, path, pathWithOwn } = home
  const shimmed = await person.run(words, { input, env: { PATH: pathWithOwn } })
  return [shimmed, await person.run(plain, { input, env: { PATH: path } })]
}

/** Asserts that there is no difference, and tells what both came to. */
async function same(words: readonly string[], input = ''): Promise<Ended> {
  const [shimmed, direct] = await both(['docker', ...words], input)
  expect(shimmed).toEqual(direct)
  return shimmed
}

describe('a call is byte for byte the same with the shim:', () => {
  test('version', async () => {
    expect(await same(['version', '--format', 'json'])).toMatchObject({ exitCode: 0 })
  })

  test('build, from standard input and from a folder', async () => {
    writeFileSync(join(home.person.home, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n')
    writeFileSync(join(home.person.home, '.dockerignore'), '*\n!Dockerfile\n')
    expect((await same(['build', '--quiet', '--tag', name, '.'])).stdout).toMatch(/^sha256:\w{64}\n$/)
    const input = 'FROM scratch\nLABEL from="standard input"\n'
    expect((await same(['build', '--quiet', '--tag', name, '-'], input)).stdout).toMatch(/^sha256:\w{64}\n$/)
    expect(await same(['build', '--quiet', '--file', 'missing', '.'])).toMatchObject({ exitCode: 1 })
  })

  test('compose', async () => {
    const input = `services: { one: { image: "${IMAGE}", network_mode: none, command: [sh, -c, "cat; exit 7"] } }`
    expect(await same(['compose', '--file', '-', 'config'], input)).toMatchObject({ exitCode: 0 })
    writeFileSync(join(home.person.home, 'compose.yaml'), input)
    const run = ['compose', '--project-name', name, 'run', '--rm', '--no-TTY', 'one']
    expect(await same(run, 'a\0b\r\n')).toMatchObject({ exitCode: 7, stdout: 'a\0b\r\n' })
    expect(await same(['compose', 'nonsense'])).not.toMatchObject({ exitCode: 0 })
  })

  test('exec, with its input, both outputs and its exit code', async () => {
    const script = 'cat; echo to stderr >&2; exit 3'
    const result = await same(['exec', '--interactive', name, 'sh', '-c', script], 'in\n\0')
    expect(result).toEqual({ exitCode: 3, stdout: 'in\n\0', stderr: 'to stderr\n' })
  })

  test('run, with its exit codes', async () => {
    const run = (...command: readonly string[]) => same(['run', '--rm', '--network=none', IMAGE, ...command])
    expect(await run('sh', '-c', 'exit 42')).toMatchObject({ exitCode: 42 })
    expect(await run('/etc')).toMatchObject({ exitCode: 126 })
    expect(await run('no-such-program')).toMatchObject({ exitCode: 127 })
    expect(await same(['run', '--no-such-flag'])).toMatchObject({ exitCode: 125 })
  })

  test('empty arguments, and others that a shell might take apart', async () => {
    const words = ['', 'two words', 'two\nlines', '*', '$HOME', '`id`', '"', "'", '\\', '-n', '']
    const { stdout } = await same(['exec', name, 'printf', '<%s>', ...words])
    expect(stdout).toBe(words.map(word => `<${word}>`).join(''))
    expect(await same([''])).toMatchObject({ exitCode: 1 })
    expect(await same([])).toMatchObject({ exitCode: 0 })
  })

  test('an argument that is named like us', async () => {
    expect(await same(['run', '--rm', '--pull=never', 'kde-tp'])).toMatchObject({ exitCode: 125 })
    expect(await same(['exec', name, 'echo', 'kde-tp'])).toMatchObject({ stdout: 'kde-tp\n' })
    expect(await same(['--context', 'kde-tp', 'ps'])).toMatchObject({ exitCode: 1 })
    expect(await same(['-l', 'kde-tp', 'ps'])).not.toMatchObject({ exitCode: 0 })
  })

  test('login on standard input, and the configuration of another directory', async () => {
    const registry = createServer(({ headers: { authorization } }, response) => {
      response
        .writeHead(authorization === undefined ? 401 : 200, { 'www-authenticate': 'Basic realm="test"' })
        .end()
    }).listen(0, '127.0.0.1')
    const { port } = await new Promise<AddressInfo>(resolve =>
      registry.once('listening', () => resolve(registry.address() as AddressInfo)),
    )
    const address = `127.0.0.1:${port}`
    const script = `docker --config one login --username ada --password-stdin ${address} && docker --config one logout ${address}`
    const [shimmed, direct] = await both(['sh', '-c', script], 'secret\n')
    expect(shimmed).toEqual(direct)
    expect(shimmed.stdout).toBe(`Login Succeeded\nRemoving login credentials for ${address}\n`)
    registry.close()
    const contexts = ['context', 'ls', '--quiet']
    expect(await home.person.run(['docker', '--config', 'one', 'context', 'create', 'only'])).toMatchObject({
      exitCode: 0,
    })
    expect(await same(['--config', 'one', ...contexts])).toMatchObject({ stdout: 'default\nonly\n' })
    expect(await same(contexts)).toMatchObject({ stdout: 'default\n' })
  })

  test('an unknown command', async () => {
    expect(await same(['no-such-command'])).toMatchObject({ exitCode: 1 })
    expect(await same(['no-such-command', 'kde-tp'])).toMatchObject({ exitCode: 1 })
    expect(await same(['help', 'no-such-command'])).not.toMatchObject({ exitCode: 0 })
    expect(await same(['-', 'kde-tp'])).not.toMatchObject({ exitCode: 0 })
  })

  test("completion of docker's own words", async () => {
    for (const verb of ['__complete', '__completeNoDesc']) {
      expect((await same([verb, 'ru'])).stdout).toMatch(/^run.*\n:4\n$/)
      expect((await same([verb, 'kd'])).stdout).toMatch(/^kdetp.*\n:4\n$/)
      expect((await same([verb, 'compose', 'up', '--wai'])).stdout).toContain('--wait')
    }
  })

  test('a closed standard input', async () => {
    const [shimmed, direct] = await both(['sh', '-c', `exec docker run --rm -i ${IMAGE} cat <&-`])
    expect(shimmed).toEqual(direct)
  })
})

// S-15
describe('our name is the plugin, byte for byte:', () => {
  test.for([
    { typed: ['kde-tp'], meant: ['kdetp'] },
    { typed: ['kde-tp', '--version'], meant: ['kdetp', '--version'] },
    {
      typed: ['--context', 'default', '-D', 'kde-tp', '--version'],
      meant: ['--context', 'default', '-D', 'kdetp', '--version'],
    },
    { typed: ['kde-tp', 'intercept', '--help'], meant: ['kdetp', 'intercept', '--help'] },
    { typed: ['help', 'kde-tp', 'setup'], meant: ['help', 'kdetp', 'setup'] },
    { typed: ['--help', 'kde-tp'], meant: ['--help', 'kdetp'] },
    { typed: ['kde-tp', 'intercept', '--no-such-option'], meant: ['kdetp', 'intercept', '--no-such-option'] },
    { typed: ['kde-tp', 'kde-tp'], meant: ['kdetp', 'kde-tp'] },
    { typed: ['kde-tp', ''], meant: ['kdetp', ''] },
    { typed: ['--config', 'one', 'kde-tp'], meant: ['--config', 'one', 'kdetp'] },
    { typed: ['__complete', 'kde-tp', ''], meant: ['__complete', 'kdetp', ''] },
    { typed: ['__complete', 'kde-tp', 'intercept', '--'], meant: ['__complete', 'kdetp', 'intercept', '--'] },
    { typed: ['__completeNoDesc', 'kde-tp', 's'], meant: ['__completeNoDesc', 'kdetp', 's'] },
  ])('$typed', async ({ typed, meant }) => {
    const [shimmed, direct] = await both(['docker', ...typed], '', ['docker', ...meant])
    expect(shimmed).toEqual(direct)
  })
})

/** Starts docker with the shim ahead of it and without, waits until it has printed "ready", and does something. */
const bothOnceReady = (words: readonly string[], terminal: boolean, act: (started: Started) => void) =>
  Promise.all(
    [home.pathWithOwn, home.path].map(async PATH => {
      const started = home.person.start(words, { env: { PATH }, terminal })
      await vi.waitUntil(() => started.stdout().includes('ready'), 20_000)
      act(started)
      return started.ended
    }),
  )

describe('a signal', () => {
  test.for(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('reaches docker itself: %s', async signal => {
    const script = 'trap "exit 42" TERM INT HUP; echo ready; while :; do sleep 0.1; done'
    const run = ['docker', 'run', '--rm', '--init', '--network=none', IMAGE, 'sh', '-c', script]
    const [shimmed, direct] = await bothOnceReady(run, false, started => started.signal(signal))
    expect(shimmed).toEqual(direct)
    expect(shimmed).toMatchObject({ exitCode: 42 })
  })

  test('that kills docker kills what was started, for no shell is left in between', async () => {
    const started = home.person.start(['docker', 'events'], { env: { PATH: home.pathWithOwn } })
    await vi.waitUntil(() => readlinkSync(`/proc/${started.pid}/exe`).endsWith('/docker'), 20_000)
    started.signal('SIGKILL')
    expect(await started.ended).toMatchObject({ exitCode: 137 })
  })
})

describe('a terminal', () => {
  const onTerminal = (script: string, keys: string) =>
    bothOnceReady(['docker', 'run', '--rm', '-it', IMAGE, 'sh', '-c', script], true, started =>
      started.write(keys),
    )

  test('is the same with the shim', async () => {
    const script = 'tty; stty size; stty -echo; echo ready; read line; echo "<$line>"; exit 9'
    const [shimmed, direct] = await onTerminal(script, 'x\r')
    expect(shimmed).toEqual(direct)
    expect(shimmed).toMatchObject({ exitCode: 9, stdout: expect.stringMatching(/ready\r\n<x>\r\n$/) })
  })

  test('gives Ctrl-C to what runs there', async () => {
    const script = 'trap "exit 42" INT; echo ready; while :; do sleep 0.1; done'
    const [shimmed, direct] = await onTerminal(script, '\u0003')
    expect(shimmed).toEqual(direct)
    expect(shimmed).toMatchObject({ exitCode: 42 })
  })
})
