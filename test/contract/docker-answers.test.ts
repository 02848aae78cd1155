import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { createDocker } from '../../cli-plugin/edges/docker.ts'
import type { ComposeProject } from '../../compose/project.ts'
import {
  listNetworkIds,
  networkExists,
  readEndpoint,
  readEngine,
  readSubnets,
  startServices,
} from '../../session/commands/docker.ts'
import { lookIntoImage, readImage } from '../../session/commands/images.ts'
import { findNetworkOf, findPublisher } from '../../session/commands/publisher.ts'
import { listContainers } from '../../session/observed.ts'
import type { ToolCommand } from '../../session/tool-command.ts'
import { APP_IMAGE } from '../e2e/harness/app-image.ts'
import { devContainer, foreign, keeper, publisher } from '../fakes/containers.ts'

interface Recording {
  readonly args: readonly string[]
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

const REPLAY = 'printf %s "$OUT"; printf %s "$ERR" >&2; exit "$CODE"'

/** The real runner with a docker that says what the real one once said to the same words. */
function ask<T>(name: string, command: ToolCommand<T>): Promise<T> {
  const text = readFileSync(join(import.meta.dirname, 'recorded', `${name}.json`), 'utf8')
  const { args, stdout, stderr, exitCode } = JSON.parse(text) as Recording
  if (command.args.join('\n') !== args.join('\n')) throw new Error(`recorded for: docker ${args.join(' ')}`)
  const environment = { OUT: stdout, ERR: stderr, CODE: String(exitCode) }
  return createDocker({ program: 'sh', dockerOptions: ['-c', REPLAY] })({ ...command, environment })
}

const projectOf = (image: string, name: string): ComposeProject => ({
  name: 'kde-tp-record',
  services: { s: { image, container_name: name, labels: {} } },
})

test('what docker tells of engine, Compose and context is read', async ({ expect }) => {
  expect(await ask('engine', readEngine)).toEqual({
    version: '26.1.5+dfsg1',
    operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
    osType: 'linux',
    securityOptions: ['name=seccomp,profile=builtin'],
    composeVersion: '2.26.1-4',
  })
  expect(await ask('endpoint', readEndpoint)).toBe('unix:///var/run/docker.sock')
})

test.for(['no-engine', 'no-engine-over-tcp'])(
  '%s is an engine that does not answer',
  async (recording, { expect }) => {
    await expect(ask(recording, readEngine)).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      detail: expect.stringContaining('Cannot connect to the Docker daemon'),
    })
  },
)

test('an image has an entrypoint, or none, or is not there', async ({ expect }) => {
  expect(await ask('image', readImage(APP_IMAGE))).toMatchObject({ entrypoint: ['app'] })
  expect(await ask('image-without-entrypoint', readImage('debian:bookworm-slim'))).toMatchObject({
    entrypoint: [],
  })
  expect(await ask('no-image', readImage('nobody/has-it:1'))).toBeUndefined()
})

test('an image without bash says so by its end', async ({ expect }) => {
  const inside = await ask('no-bash', lookIntoImage(APP_IMAGE, '/home/ada'))
  expect(inside).toEqual({ bash: false, directory: false })
})

test('containers are listed with their labels', async ({ expect }) => {
  const { containers } = await ask('containers', listContainers(['name=record-']))
  const ours = { ...devContainer, project: 'my, "shop"', composeProject: undefined }
  const byName = containers.toSorted((a, b) => a.name.localeCompare(b.name))
  expect(byName.map(container => ({ ...container, id: '' }))).toEqual([
    { ...foreign, id: '', name: 'record-api' },
    { ...foreign, id: '', name: 'record-foreign', state: 'created' },
    { ...keeper, id: '', name: 'record-keeper', composeProject: undefined, engine: '{"isRootless":false}' },
    { ...ours, id: '', name: 'record-ours' },
    { ...publisher, id: '', name: 'record-publisher', composeProject: undefined },
  ])
})

test('networks and their subnets are listed, and one that is not there is not there', async ({ expect }) => {
  expect(await ask('networks', listNetworkIds)).toHaveLength(5)
  expect(await ask('subnets', readSubnets(['bridge', 'host', 'none']))).toEqual(['172.17.0.0/16'])
  expect(await ask('no-network', networkExists('nobody-has-it'))).toBe(false)
})

test('the container that publishes a port is found, with a network where it has its name', async ({
  expect,
}) => {
  expect(await ask('publisher', findPublisher(16443))).toEqual({
    name: 'record-api',
    port: 6443,
    network: 'record-net',
  })
})

test('the network where a container has its name is found by that name alone', async ({ expect }) => {
  expect(await ask('network-of', findNetworkOf('record-api.test'))).toBe('record-net')
  expect(await ask('no-network-of', findNetworkOf('record'))).toBeUndefined()
})

test.for([
  ['name-in-use', projectOf(APP_IMAGE, 'demo-control-plane'), 'is already in use by container'],
  ['no-image-to-start', projectOf('nobody/has-it:1', 'kde-tp-record'), 'No such image: nobody/has-it:1'],
] as const)('what Compose says of %s is kept', async ([recording, project, said], { expect }) => {
  await expect(ask(recording, startServices(project, ['s']))).rejects.toMatchObject({
    code: 'TOOL_FAILED',
    message: '"docker compose --project-name kde-tp-record" ended with exit code 1.',
    detail: expect.stringContaining(said),
  })
})
