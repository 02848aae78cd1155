import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import { apply, kubectl, NETWORK, NODE } from '../e2e/harness/cluster.ts'
import { docker, removeAllOf } from '../e2e/harness/engine.ts'
import { manifestOf, service } from '../e2e/harness/workload.ts'
import { makeWorkspace } from '../e2e/harness/workspace.ts'

export const AGENTS = ['sidecar', 'node'] as const
export type Agent = (typeof AGENTS)[number]

const ROOT = join(import.meta.dirname, '../..')
export const RESULTS = join(ROOT, '.sandbox/bench')
const DIRECTORY = join(RESULTS, 'place')
export const WORKSPACE = join(DIRECTORY, 'workspace')
export const ENVIRONMENT = 'bench'

const RUN = randomBytes(2).toString('hex')
/** A workload takes either sidecar or node agent, so each agent has a namespace; so has `list`. */
export const namespaceOf = (use: Agent | 'list'): string => `bench-${use}-${RUN}`

/** What others are measured beside, so that a session is present. */
export const HELD = 'held'
export const WORKLOADS = Array.from({ length: 10 }, (_, index) => `workload-${index}`)
export const PROJECTS = ['one', 'two', 'three', 'four', 'five'] as const
let turn = 0
/** Another one each time: a node agent that was just left keeps the next one waiting. */
export const nextWorkload = (): string => WORKLOADS[turn++ % WORKLOADS.length] ?? HELD

/** For all programs that are measured: `by-hand` says what it reads. */
export const variables = {
  DOCKER_CONFIG: join(DIRECTORY, 'docker'),
  DOCKER_HOST: (await docker(['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'])).trim(),
  DOCKER_CLI_HINTS: 'false',
  IMAGE: process.env['KDE_TP_IMAGE'] ?? `ghcr.io/kde-tp/runtime:${manifest.version}`,
  DEV_IMAGE: 'kde-tp-sandbox/dev:1',
  NETWORK,
  KUBECONFIG: join(DIRECTORY, 'kubeconfig'),
  ENV_FILES: join(DIRECTORY, 'env-files'),
  PROJECT: join(WORKSPACE, 'environments', ENVIRONMENT, 'namespaces/one/app'),
}

/** A workspace with two projects, the plugin for a docker of our own, and workloads that answer. */
export async function open(): Promise<void> {
  await removeAllOf(WORKSPACE)
  rmSync(DIRECTORY, { recursive: true, force: true })
  mkdirSync(variables.ENV_FILES, { recursive: true })
  const { uid: userId, gid: groupId, username: name } = userInfo()
  mkdirSync(WORKSPACE)
  await makeWorkspace(
    WORKSPACE,
    { environment: ENVIRONMENT, projects: PROJECTS, projectVariables: {} },
    { name, userId, groupId },
  )
  await writeKubeconfigByAddress()
  placePlugin()
  for (const agent of AGENTS) await startWorkloads(namespaceOf(agent))
}

export async function close(): Promise<void> {
  await removeAllOf(WORKSPACE)
  // Waited for: a client that connects while a namespace goes never hears of its intercepts (telepresence 2.31.2).
  await kubectl(['delete', 'namespace', ...AGENTS.map(namespaceOf), '--ignore-not-found'])
  rmSync(DIRECTORY, { recursive: true, force: true })
}

/** A connected client cannot find the cluster by a name that only Docker knows. */
async function writeKubeconfigByAddress(): Promise<void> {
  const kubeconfig = await docker(['exec', NODE, 'cat', '/etc/kubernetes/admin.conf'])
  const address = await docker([
    'inspect',
    '--format',
    `{{(index .NetworkSettings.Networks "${NETWORK}").IPAddress}}`,
    NODE,
  ])
  const server = `server: https://${address.trim()}:6443\n    tls-server-name: ${NODE}`
  writeFileSync(variables.KUBECONFIG, kubeconfig.replace(`server: https://${NODE}:6443`, server), {
    mode: 0o600,
  })
}

function placePlugin(): void {
  const plugins = join(variables.DOCKER_CONFIG, 'cli-plugins')
  mkdirSync(plugins, { recursive: true })
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64'
  symlinkSync(join(ROOT, `dist/linux-${architecture}/kde-tp`), join(plugins, 'docker-kdetp'))
  const config = { cliPluginsExtraDirs: [join(homedir(), '.docker/cli-plugins')] }
  writeFileSync(join(variables.DOCKER_CONFIG, 'config.json'), JSON.stringify(config))
}

const deployments = [HELD, ...WORKLOADS]

async function startWorkloads(namespace: string): Promise<void> {
  await apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }])
  await apply(deployments.flatMap(name => [manifestOf(namespace, { name }), service(namespace, name)]))
  await untilAllRun(namespace)
}

/** Waits until each workload runs as it is to, and no pod from before is left. */
export async function untilAllRun(namespace: string): Promise<void> {
  for (const name of deployments) {
    await kubectl(['--namespace', namespace, 'rollout', 'status', '--timeout=180s', `deployment/${name}`])
  }
}
