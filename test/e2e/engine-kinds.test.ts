import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { NETWORK, NODE } from './harness/cluster.ts'
import { docker, inspect } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { RUNTIME_IMAGE } from './harness/publisher.ts'
import { refusalOf } from './harness/refusal.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'
import { giveTo } from './harness/workspace.ts'

const CHECKOUT = new URL('../..', import.meta.url).pathname

beforeAll(() => execa(join(CHECKOUT, 'sandbox/image'), ['engine']))

test.concurrent(
  'on a rootless engine all is as on another, and root in the dev container is the person',
  within({}, scenario =>
    withEngine(scenario, rootless, async host => {
      const { person, workspace, namespace, answererOf } = scenario
      const env = { DOCKER_HOST: host }
      await load(host, RUNTIME_IMAGE, 'kde-tp-sandbox/dev:1')
      await makeOutsideCluster(scenario)

      const place = ['--workspace', workspace.path]
      const examined = await person.run(['kde-tp', 'doctor', namespace, ...place], { env })
      expect(examined, examined.stdout).toMatchObject({ exitCode: 0 })
      expect(examined.stdout).toContain('It is rootless')

      const looks = 'id -u; touch made-here; python3 -c "$ENGINE"; printenv GREETING; exec python3 serve.py'
      const options = [
        '--docker-socket',
        '--mount=copy',
        '--publish',
        '3000',
        '--env',
        `ENGINE=${REACH_ENGINE}`,
      ]
      const started = await startServing(scenario, { options, command: ['bash', '-c', looks] }, { env })
      expect(started.stdout()).toMatch(/^0\nthe engine\n/)
      const made = join(workspace.environmentPath, 'namespaces/web/app/made-here')
      expect(statSync(made)).toMatchObject({ uid: person.account.userId, gid: person.account.groupId })

      started.signal('SIGTERM')
      expect((await started.ended).exitCode).toBe(143)
      expect(await answererOf()).toBe('the cluster')
      await eventually(async () => expect(await allOf(host)).toEqual([]))
    }),
  ),
)

test.concurrent(
  'an engine that remaps users is refused before anything is made',
  within({}, scenario =>
    withEngine(scenario, remapping, async host => {
      const options = { env: { DOCKER_HOST: host } }
      const refused = await refusalOf(scenario, scenario.intercept({ command: ['true'] }), options)
      expect(refused).toMatchObject({ code: 'ENGINE_UNSUPPORTED', exitCode: 4 })
      expect(refused.message).toContain('remaps users')
      expect(await allOf(host)).toEqual([])

      // That is why: its root is nobody to the person's files.
      await load(host, 'debian:bookworm-slim')
      const source = scenario.workspace.kubeconfigPath
      const run = ['run', '--rm', '--network', 'none', '--mount', `type=bind,source=${source},target=/config`]
      const words = ['--host', host, ...run, 'debian:bookworm-slim', 'cat', '/config']
      const read = await execa('docker', words, { reject: false })
      expect(read.stderr).toContain('Permission denied')
    }),
  ),
)

const REACH_ENGINE =
  'import socket; socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock"); print("the engine")'

/** The words of `docker run` after its options, with the socket to be in that directory. */
type Engine = (scenario: Scenario, directory: string) => readonly string[]

const rootless: Engine = ({ person }, directory) => [
  ...['--volume', '/data', '--entrypoint', 'rootless', 'kde-tp-sandbox/engine:1'],
  ...[String(person.account.userId), String(person.account.groupId), directory],
]

const remapping: Engine = (_, directory) => [
  ...['kde-tp-sandbox/engine:1', '--userns-remap', 'default', '--host', `unix://${directory}/docker.sock`],
]

/** An engine that has the scenario's files in the same place, and reaches the cluster. */
async function withEngine(
  scenario: Scenario,
  engine: Engine,
  body: (host: string) => Promise<void>,
): Promise<void> {
  const name = `kde-tp-test-engine-${randomBytes(3).toString('hex')}`
  const directory = join(scenario.directory, 'engine')
  mkdirSync(directory)
  giveTo(scenario.person.account, directory)
  const host = `unix://${directory}/docker.sock`
  await docker([
    ...['run', '--detach', '--privileged', '--name', name, '--network', NETWORK],
    ...['--volume', `${scenario.directory}:${scenario.directory}`, ...engine(scenario, directory)],
  ])
  try {
    await eventually(() => docker(['exec', name, 'chmod', '0666', `${directory}/docker.sock`]))
    await eventually(() => docker(['--host', host, 'version']))
    await body(host)
  } catch (error) {
    console.log((await execa('docker', ['logs', '--tail', '20', name], { all: true })).all)
    throw error
  } finally {
    await docker(['rm', '--force', '--volumes', name])
  }
}

async function load(host: string, ...images: readonly string[]): Promise<void> {
  const saved = execa('docker', ['save', ...images], { buffer: false })
  await saved.pipe('docker', ['--host', host, 'load'])
}

/** Everything that is on an engine but its images and what Docker makes by itself. */
async function allOf(host: string): Promise<readonly string[]> {
  const lists = [
    ['container', 'ls', '--all', '--format', '{{.Names}}'],
    ['volume', 'ls', '--format', '{{.Name}}'],
    ['network', 'ls', '--filter', 'type=custom', '--format', '{{.Name}}'],
  ]
  const found = await Promise.all(lists.map(list => docker(['--host', host, ...list])))
  return found.flatMap(names => names.split('\n')).filter(name => name !== '')
}

/** By the node's address: another engine has not its name. */
async function makeOutsideCluster({ workspace, person }: Scenario): Promise<void> {
  const { environmentPath, environment, kubeconfigPath } = workspace
  const lines = [`ENV_NAME=${environment}`, 'ENV_TYPE=k8s', 'DOCKER_NETWORK=bridge']
  writeFileSync(join(environmentPath, 'k8s.env'), `${lines.join('\n')}\n`)
  const { NetworkSettings } = await inspect(NODE)
  const { IPAddress } = NetworkSettings.Networks[NETWORK] as { readonly IPAddress: string }
  const kubeconfig = parse(readFileSync(kubeconfigPath, 'utf8')) as {
    readonly clusters: readonly { readonly cluster: object }[]
  }
  const server = { server: `https://${IPAddress}:6443`, 'tls-server-name': NODE }
  const clusters = kubeconfig.clusters.map(each => ({ ...each, cluster: { ...each.cluster, ...server } }))
  writeFileSync(kubeconfigPath, stringify({ ...kubeconfig, clusters }))
  giveTo(person.account, environmentPath)
}
