import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { connect, isIP } from 'node:net'
import { SESSION_PATHS } from '../../compose/session.ts'
import { runProgram } from '../edges/program.ts'

export const PRIVATE_KUBECONFIG = '/run/kde-tp/kubeconfig'
const TOKEN = '/run/kde-tp/token'

/** The part of a flattened kubeconfig that is changed here. The CLI writes it as JSON. */
interface Kubeconfig {
  readonly clusters: readonly [{ readonly name: string; readonly cluster: Cluster }]
  readonly users: readonly { readonly name: string; readonly user: { readonly token?: string } }[]
}

interface Cluster {
  readonly server: string
  readonly 'tls-server-name'?: string
}

export interface ServerAddress {
  readonly host: string
  readonly port: number
}

/**
 * Writes the person's kubeconfig with the API server's address for its name: a connected client looks names up through
 * the cluster, and so can't find the cluster by name. The certificate is still checked for the name. A token goes into
 * a file of its own, which Kubernetes' clients read again every minute. Undefined where the name does not resolve.
 */
export async function writePrivateKubeconfig(): Promise<ServerAddress | undefined> {
  const kubeconfig = readKubeconfig()
  const address = await findServer()
  if (kubeconfig === undefined || address === undefined) return undefined
  await mkdir('/run/kde-tp', { recursive: true })
  await refreshToken()
  const [{ name, cluster }] = kubeconfig.clusters
  const users = kubeconfig.users.map(({ name, user: { token, ...user } }) => ({
    name,
    user: token === undefined ? user : { ...user, tokenFile: TOKEN },
  }))
  const clusters = [{ name, cluster: toAddress(cluster, address.host) }]
  await writeFile(PRIVATE_KUBECONFIG, JSON.stringify({ ...kubeconfig, clusters, users }), { mode: 0o600 })
  return address
}

function toAddress(cluster: Cluster, host: string): Cluster {
  const url = new URL(cluster.server)
  const name = cluster['tls-server-name'] ?? (isIP(url.hostname) === 0 ? url.hostname : undefined)
  url.hostname = host
  return { ...cluster, server: url.href, ...(name !== undefined && { 'tls-server-name': name }) }
}

/** Takes over a token that a command of the person has renewed. */
export async function refreshToken(): Promise<void> {
  const token = readKubeconfig()?.users[0]?.user.token
  if (token === undefined || (existsSync(TOKEN) && readFileSync(TOKEN, 'utf8') === token)) return
  await writeFile(`${TOKEN}.draft`, token, { mode: 0o600 })
  await rename(`${TOKEN}.draft`, TOKEN)
}

/** Where the API server is now; undefined where its name does not resolve. */
export async function findServer(): Promise<ServerAddress | undefined> {
  const cluster = readKubeconfig()?.clusters[0].cluster
  if (cluster === undefined) return undefined
  const url = new URL(cluster.server)
  const host = isIP(url.hostname) === 0 ? await resolve(url.hostname) : url.hostname
  return host === undefined ? undefined : { host, port: Number(url.port || 443) }
}

/** Whether the API server takes a connection within two seconds. */
export function isReachable({ host, port }: ServerAddress): Promise<boolean> {
  return new Promise(done => {
    const socket = connect({ host, port }).setTimeout(2000)
    const end = (answer: boolean) => () => {
      socket.destroy()
      done(answer)
    }
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
  })
}

/** By TCP, since Telepresence redirects the questions that go by UDP: a name that Docker alone knows resolves at any time. */
async function resolve(name: string): Promise<string | undefined> {
  const { stdout } = await runProgram('getent', ['ahosts', name], {
    environment: { RES_OPTIONS: 'use-vc' },
    timeoutSeconds: 10,
  })
  return stdout.split(/\s/)[0] || undefined
}

/** Undefined where somebody has removed it, with the workspace perhaps: what is connected stays so. */
function readKubeconfig(): Kubeconfig | undefined {
  const path = `${SESSION_PATHS.kubeconfigDirectory}/config`
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Kubeconfig) : undefined
}
