import { chmodSync, chownSync, cpSync, lchownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NETWORK, NODE } from './cluster.ts'
import { docker } from './engine.ts'
import type { Account } from './run.ts'

export interface Workspace {
  readonly path: string
  /** Its only environment, and the current one. */
  readonly environment: string
  readonly environmentPath: string
  readonly kubeconfigPath: string
  /** The engine that it is used with, where it is not this computer's. */
  readonly engine?: string
}

export interface WorkspaceWish {
  readonly environment: string
  readonly projects: readonly string[]
  /** Lines of `project.env`, besides the usual two or instead of them. */
  readonly projectVariables?: Readonly<Record<string, string>>
  /** As a computer far from the cluster has it, which knows the node by its address only. */
  readonly engine?: string
}

const CHECKOUT = new URL('../../../sandbox/workspace/environments/demo/namespaces/myapp/app', import.meta.url)

/** A KDE workspace for the sandbox's cluster, as KDE-cli would have left it; all of it the person's alone. */
export async function makeWorkspace(path: string, wish: WorkspaceWish, owner: Account): Promise<Workspace> {
  const environmentPath = join(path, 'environments', wish.environment)
  const kubeconfigPath = join(environmentPath, 'kubeconfig', 'config')
  mkdirSync(join(environmentPath, 'kubeconfig'), { recursive: true })
  writeFileSync(join(path, 'kde.env'), 'TELEPRESENCE_IMAGE=r82wei/telepresence:1.0.6\n')
  writeFileSync(join(path, 'current.env'), `CUR_ENV=${wish.environment}\n`)
  writeFileSync(join(environmentPath, 'k8s.env'), clusterVariables(wish))
  // With this key, empty or not, nobody is asked for it in a terminal.
  writeFileSync(join(environmentPath, '.env'), 'TELEPRESENCE_ALSO_PROXY_CIDR=\n')
  writeFileSync(kubeconfigPath, await kubeconfigFor(wish), { mode: 0o600 })
  for (const project of wish.projects) makeProject(join(environmentPath, 'namespaces', project), wish)
  chmodSync(path, 0o700)
  giveTo(owner, path)
  const { environment, engine } = wish
  return { path, environment, environmentPath, kubeconfigPath, ...(engine !== undefined && { engine }) }
}

async function kubeconfigFor({ engine }: WorkspaceWish): Promise<string> {
  const kubeconfig = await docker(['exec', NODE, 'cat', '/etc/kubernetes/admin.conf'])
  if (engine === undefined) return kubeconfig
  const server = `server: https://${await nodeAddress()}:6443\n    tls-server-name: ${NODE}`
  return kubeconfig.replace(`server: https://${NODE}:6443`, server)
}

/** On the network that it shares with the engine. */
export async function nodeAddress(): Promise<string> {
  const address = `{{(index .NetworkSettings.Networks "${NETWORK}").IPAddress}}`
  return (await docker(['inspect', '--format', address, NODE])).trim()
}

function clusterVariables({ environment, engine }: WorkspaceWish): string {
  const [type, network] = engine === undefined ? ['kind', NETWORK] : ['k8s', 'bridge']
  return `ENV_NAME=${environment}\nENV_TYPE=${type}\nK8S_CONTAINER_NAME=${NODE}\nDOCKER_NETWORK=${network}\nSTORAGE_CLASS=local-path\n`
}

/** Its checkout answers `answered by the dev container: $GREETING`, on `python3 serve.py [PORT]`. */
function makeProject(path: string, { projectVariables = {} }: WorkspaceWish): void {
  mkdirSync(path, { recursive: true })
  const variables = { GIT_REPO_URL: './app', DEVELOP_IMAGE: 'kde-tp-sandbox/dev:1', ...projectVariables }
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(join(path, 'project.env'), lines.join(''))
  writeFileSync(join(path, '.env'), '')
  cpSync(CHECKOUT, join(path, 'app'), { recursive: true })
}

/** Hands a directory and all in it to somebody. */
export function giveTo({ userId, groupId }: Account, path: string): void {
  if (process.getuid?.() !== 0) return
  chownSync(path, userId, groupId)
  for (const entry of readdirSync(path, { recursive: true }))
    lchownSync(join(path, String(entry)), userId, groupId)
}
