import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'vitest'
import { setup } from '../../cli-plugin/commands/setup.ts'
import { type Installation, installation } from '../../cli-plugin/edges/installation.ts'
import type { SessionEvent } from '../../session/events.ts'
import { fakeEdges } from '../fakes/edges.ts'

let root: string
let home: string

/** A computer on which "/usr/bin" has docker, and the person's own programs come first. */
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'kde-tp-setup-')))
  home = join(root, 'home')
  for (const directory of ['home/.local/bin', 'bin']) mkdirSync(join(root, directory), { recursive: true })
  const answersMetadata = '#!/bin/sh\necho \'{"Vendor":"kde-tp"}\'\n'
  for (const file of ['kde-tp', 'bin/docker'])
    writeFileSync(join(root, file), answersMetadata, { mode: 0o755 })
})

afterEach(() => rmSync(root, { recursive: true }))

interface Wish {
  readonly options?: { readonly remove?: true; readonly 'dry-run'?: true }
  readonly differing?: Partial<Installation>
  readonly path?: string
}

async function run({ options = {}, differing = {}, path = `${home}/.local/bin:${root}/bin` }: Wish = {}) {
  const [events, printed]: [SessionEvent[], string[]] = [[], []]
  const edges = fakeEdges({
    installation: {
      ...installation,
      // What is installed for everybody on this computer is none of the test's.
      exists: path => isOfThisTest(path) && installation.exists(path),
      isWritable: path => isOfThisTest(path) && installation.isWritable(path),
      program: join(root, 'kde-tp'),
      loginPath: async shell => (shell === '/bin/bash' ? path : undefined),
      ...differing,
    },
    environment: { PATH: path },
    workingDirectory: root,
    person: { name: 'ada', host: 'laptop', home, userId: 1000, groupId: 1000 },
    emit: event => void events.push(event),
    print: text => void printed.push(text),
  })
  const values = { remove: options.remove, 'dry-run': options['dry-run'] }
  const exitCode = await setup.run({ values, positionals: [], command: undefined }, edges)
  return { exitCode, printed: printed.join(''), events }
}

const isOfThisTest = (path: string): boolean => path.startsWith(root)

const everything = () => readdirSync(home, { recursive: true }).map(String).sort()

test('setup prints where each spelling comes from', async ({ expect }) => {
  const { exitCode, printed } = await run()
  expect(exitCode).toBe(0)
  expect(printed).toBe(`docker kdetp    ${home}/.docker/cli-plugins/docker-kdetp
kde-tp          ${home}/.local/bin/kde-tp
docker kde-tp   ${home}/.local/bin/docker, ahead of ${root}/bin/docker

A shell that has already run docker finds the new one after "hash -r".
`)
})

test('a dry run prints each step with its reason, and does nothing', async ({ expect }) => {
  const result = await run({ options: { 'dry-run': true } })
  expect(everything()).toEqual(['.local', '.local/bin'])
  expect(result).toEqual({
    exitCode: 0,
    printed: '',
    events: [
      {
        type: 'plan',
        steps: [
          {
            name: `copy the program: ${home}/.docker/cli-plugins/docker-kdetp`,
            because: 'docker looks for its plugins there',
          },
          { name: `link to the plugin: ${home}/.local/bin/kde-tp`, because: 'it is on PATH' },
          { name: `write the shim: ${home}/.local/bin/kde-tp-docker`, because: '"docker kde-tp" takes it' },
          {
            name: `link to the shim: ${home}/.local/bin/docker`,
            because: 'it stands ahead of docker on PATH',
          },
        ],
      },
    ],
  })
})

test('removal names what it took, and what somebody else must take', async ({ expect }) => {
  await run()
  const everybody = join(root, 'everybody')
  mkdirSync(everybody)
  symlinkSync('kde-tp-docker', join(everybody, 'docker'))
  const differing = { isWritable: (path: string) => path !== everybody && installation.isWritable(path) }
  const { printed } = await run({
    options: { remove: true },
    differing,
    path: `${home}/.local/bin:${everybody}:${root}/bin`,
  })
  expect(printed).toBe(`removed ${home}/.local/bin/docker
removed ${home}/.local/bin/kde-tp-docker
removed ${home}/.local/bin/kde-tp
removed ${home}/.docker/cli-plugins/docker-kdetp
What setup put into ${everybody} for everybody stays: root can remove it.
`)
  expect(everything()).toEqual(['.local', '.local/bin'])
})

test('a folder that setup made stays when something else is in it by now', async ({ expect }) => {
  await run()
  writeFileSync(join(home, '.docker/config.json'), '{}')
  await run({ options: { remove: true } })
  expect(everything()).toEqual(['.docker', '.docker/config.json', '.local', '.local/bin'])
})

test("a plugin of somebody else's is not replaced", async ({ expect }) => {
  const plugin = join(home, '.docker/cli-plugins/docker-kdetp')
  mkdirSync(join(plugin, '..'), { recursive: true })
  writeFileSync(plugin, '#!/bin/sh\necho \'{"Vendor":"Somebody"}\'\n')
  chmodSync(plugin, 0o755)
  await expect(run()).rejects.toMatchObject({
    code: 'SETUP_FAILED',
    message: `${plugin} is there, and it is no plugin of kde-tp.`,
    hint: 'Move that file away, then run setup again.',
  })
  expect((await run({ options: { remove: true } })).printed).toContain(
    `${plugin} stays: it is no plugin of kde-tp.`,
  )
})

test('a failure tells what was changed before it', async ({ expect }) => {
  const failing = {
    link: () => {
      throw new Error('ENOSPC: no space left on device')
    },
  }
  await expect(run({ differing: failing })).rejects.toMatchObject({
    code: 'SETUP_FAILED',
    message: `Could not link to the plugin at ${home}/.local/bin/kde-tp.`,
    detail: 'ENOSPC: no space left on device',
    left: `Changed before that: ${home}/.docker/cli-plugins/docker-kdetp.`,
  })
})

test.for([
  { because: 'there is no docker', wish: { path: '/nowhere' }, code: 'TOOL_MISSING' },
  { because: 'Node runs the sources', wish: { differing: { program: undefined } }, code: 'SETUP_FAILED' },
  { because: 'Windows has no such shim', wish: { differing: { platform: 'win32' } }, code: 'SETUP_FAILED' },
])('nothing is installed when $because', async ({ wish, code }, { expect }) => {
  await expect(run(wish)).rejects.toMatchObject({ code })
  expect(everything()).toEqual(['.local', '.local/bin'])
})
