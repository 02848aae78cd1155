import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { docker } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { createPerson, ROOT } from './harness/person.ts'
import { theRun } from './harness/run.ts'

const CHECKOUT = new URL('../..', import.meta.url).pathname
const REGISTRY = 'localhost:5000'

/** What others publish, as `sandbox/image` knows it, and by the name it has here and in any registry. */
const PUBLISHED = {
  debian: 'debian:bookworm-slim',
  golang: 'golang:1.26-bookworm',
  'docker-cli': 'docker:28-cli',
  telepresence: 'ghcr.io/telepresenceio/telepresence:2.31.2',
  tel2: 'ghcr.io/telepresenceio/tel2:2.31.2',
} as const

const id = randomBytes(3).toString('hex')
const [engineContainer, registryContainer] = [`kde-tp-test-engine-${id}`, `kde-tp-test-registry-${id}`]
const socketDirectory = mkdtempSync(join(tmpdir(), 'kde-tp-engine-'))
const emptyEngine = { DOCKER_HOST: `unix://${socketDirectory}/docker.sock`, SANDBOX_REGISTRY: REGISTRY }

/** The ids of the registry's images. */
let published: readonly string[] = []

/** An engine without any image, and a registry that it reaches as localhost. */
beforeAll(async () => {
  await execa(join(CHECKOUT, 'sandbox/image'), ['engine', 'registry'])
  const volume = ['--volume', `${socketDirectory}:/run/engine`]
  const listen = ['--host', 'unix:///run/engine/docker.sock']
  await docker([
    'run',
    '--detach',
    '--privileged',
    '--name',
    engineContainer,
    ...volume,
    'kde-tp-sandbox/engine:1',
    ...listen,
  ])
  const network = ['--network', `container:${engineContainer}`]
  await docker(['run', '--detach', '--name', registryContainer, ...network, 'kde-tp-sandbox/registry:1'])
  await eventually(() => docker(['exec', engineContainer, 'chmod', '0666', '/run/engine/docker.sock']))
  await eventually(() => inEmptyEngine(['version']))
  published = await Promise.all(Object.values(PUBLISHED).map(publish))
})

afterAll(async () => {
  await docker(['rm', '--force', '--volumes', engineContainer, registryContainer])
  rmSync(socketDirectory, { recursive: true, force: true })
})

test('what others publish is pulled where a registry answers, and gets its usual name', async () => {
  await execa(join(CHECKOUT, 'sandbox/image'), Object.keys(PUBLISHED), { env: emptyEngine })

  const pulled = await Promise.all(Object.values(PUBLISHED).map(idOf))
  expect(pulled).toEqual(published)
})

test('the node is built also where a registry has it', async () => {
  await publish('kde-tp-sandbox/node:1')

  // It gets no further than to the build, for which this engine has neither network nor builder.
  const { stderr } = await execa(join(CHECKOUT, 'sandbox/image'), ['node'], {
    env: emptyEngine,
    reject: false,
  })

  expect(stderr).toMatch(/build kde-tp-sandbox\/node:1 failed/)
  expect(await idOf('kde-tp-sandbox/node:1')).toBeUndefined()
})

test('a pull draws its progress where a person watches, and keeps it off standard output', async () => {
  const image = `${REGISTRY}/kde-tp-sandbox/runtime:1`
  const whoRunsTheTests = process.getuid?.() === 0 ? ROOT : theRun().tester
  const person = createPerson(whoRunsTheTests, socketDirectory)
  const words = [
    'intercept',
    'myapp',
    'api',
    '--workspace',
    join(CHECKOUT, '.sandbox/workspace'),
    '--project',
    'myapp',
  ]
  const call = [...['kde-tp', ...words, '--port', '8080:http'], '--', 'true']
  const env = { ...emptyEngine, KDE_TP_IMAGE: image }

  await publish('kde-tp-sandbox/runtime:1')
  const watched = await person.run(call, { env, terminal: true })
  expect(watched.stdout).toMatch(/Pulling from kde-tp-sandbox\/runtime/)
  // Pulled, so that what comes next is missed: that engine has its own files.
  expect(watched.stdout).toContain('WORKSPACE_ELSEWHERE')

  await inEmptyEngine(['rmi', image])
  const piped = await person.run(call, { env })
  expect(piped).toMatchObject({ stdout: '', stderr: expect.stringContaining('WORKSPACE_ELSEWHERE') })
})

/** Puts an image of its own under a name into the registry, and out of the engine. */
async function publish(name: string): Promise<string> {
  const remote = `${REGISTRY}/${name.replace('ghcr.io/', '')}`
  const empty = Buffer.alloc(1024)
  await inEmptyEngine(['import', '--message', name, '-', remote], empty)
  const published = await idOf(remote)
  await inEmptyEngine(['push', remote])
  await inEmptyEngine(['rmi', remote])
  return published ?? ''
}

async function idOf(image: string): Promise<string | undefined> {
  const { stdout, exitCode } = await execa('docker', ['image', 'inspect', '--format', '{{.Id}}', image], {
    env: emptyEngine,
    reject: false,
  })
  return exitCode === 0 ? stdout : undefined
}

const inEmptyEngine = (args: readonly string[], input: Uint8Array = Buffer.alloc(0)) =>
  execa('docker', args, { env: emptyEngine, input })
