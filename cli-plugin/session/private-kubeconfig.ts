import { lookup } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { connect, isIP } from 'node:net'
import { SESSION_PATHS } from '../../compose/session.ts'

export const PRIVATE_KUBECONFIG = '/run/kde-tp/kubeconfig'

/** The part of a flattened kubeconfig that is changed here. The CLI writes it as JSON. */
interface Kubeconfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly 'tls-server-name'?: string } },
  ]
}

let address: { readonly host: string; readonly port: number } | undefined

/**
 * The person's kubeconfig with the API server's address for its name: a connected client looks names up through the
 * cluster, and so can't find the cluster by name. The certificate is still checked for the name.
 * Returns what is wrong, if anything is.
 */
export async function writePrivateKubeconfig(): Promise<string | { readonly server: string }> {
  const kubeconfig = JSON.parse(
    readFileSync(`${SESSION_PATHS.kubeconfigDirectory}/config`, 'utf8'),
  ) as Kubeconfig
  const [{ cluster }, ...others] = kubeconfig.clusters
  const url = new URL(cluster.server)
  const host = await resolve(url.hostname)
  if (host === undefined) return `The API server's name ${url.hostname} does not resolve in this network.`
  const tlsServerName = cluster['tls-server-name'] ?? (isIP(url.hostname) === 0 ? url.hostname : undefined)
  address = { host, port: Number(url.port || 443) }
  url.hostname = host
  const resolved = {
    ...cluster,
    server: url.href,
    ...(tlsServerName !== undefined && { 'tls-server-name': tlsServerName }),
  }
  const clusters = [{ ...kubeconfig.clusters[0], cluster: resolved }, ...others]
  await mkdir('/run/kde-tp', { recursive: true })
  await writeFile(PRIVATE_KUBECONFIG, JSON.stringify({ ...kubeconfig, clusters }), { mode: 0o600 })
  return { server: url.href }
}

/** Whether the API server takes a connection within two seconds. */
export function isReachable(): Promise<boolean> {
  if (address === undefined) return Promise.resolve(false)
  return new Promise(done => {
    const socket = connect({ ...address, timeout: 2000 } as { host: string; port: number; timeout: number })
    const end = (answer: boolean) => () => {
      socket.destroy()
      done(answer)
    }
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
  })
}

async function resolve(host: string): Promise<string | undefined> {
  if (isIP(host) !== 0) return host
  try {
    return (await lookup(host)).address
  } catch {
    return undefined
  }
}
