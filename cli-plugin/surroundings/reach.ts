import { gatewayOf } from '../../compose/relay.ts'
import type { SessionInput } from '../../compose/session-input.ts'
import { readIsDesktop } from '../../session/commands/docker.ts'
import { findNetworkOf, findPublisher, type Publisher } from '../../session/commands/publisher.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import type { ReadKubeconfig } from './read-kubeconfig.ts'

/** How containers of this engine reach the API server. */
export interface Reach {
  /** As a container on that network reads it. */
  readonly kubeconfig: ReadKubeconfig
  /** The network that a look runs on. */
  readonly lookNetwork: string
  /** The network that the session joins; undefined where it gets one of ours. */
  readonly sessionNetwork: string | undefined
  /** The port of the host's loopback that a relay has to lead to. */
  readonly relayPort: number | undefined
}

const NOT_JOINABLE = ['bridge', 'host', 'none', '']
const ADDRESS = /^[\d.]+$|^\[/
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\]|0\.0\.0\.0)$/

/**
 * kind and k3d environments name a network of Docker's own, where their API server has its name; a server that is named
 * as a container is reached on that container's network. For all others we make one: Docker's `bridge` has no name
 * service, and Compose can't join it.
 */
export async function findReach(
  environment: Environment,
  kubeconfig: ReadKubeconfig,
  { docker }: Pick<Edges, 'docker'>,
): Promise<Reach> {
  const { type, dockerNetwork } = environment
  const named = type !== 'k8s' || !NOT_JOINABLE.includes(dockerNetwork) ? dockerNetwork : undefined
  const { hostname } = new URL(kubeconfig.server)
  if (LOOPBACK.test(hostname)) return reachFromLoopback(named, kubeconfig, docker)
  const network = named ?? (ADDRESS.test(hostname) ? undefined : await docker(findNetworkOf(hostname)))
  return { kubeconfig, lookNetwork: network ?? 'bridge', sessionNetwork: network, relayPort: undefined }
}

/** Through the container that publishes the port; from Docker Desktop, through the host's name; else by a relay. */
async function reachFromLoopback(
  named: string | undefined,
  kubeconfig: ReadKubeconfig,
  docker: Edges['docker'],
): Promise<Reach> {
  const port = Number(new URL(kubeconfig.server).port || 443)
  const publisher = await docker(findPublisher(port))
  if (publisher !== undefined) return throughPublisher(publisher, kubeconfig)
  const direct = { kubeconfig, lookNetwork: named ?? 'bridge', sessionNetwork: named, relayPort: undefined }
  if (await docker(readIsDesktop))
    return { ...direct, kubeconfig: withServer(kubeconfig, `https://host.docker.internal:${port}`) }
  return { ...direct, lookNetwork: 'host', relayPort: port }
}

function throughPublisher({ name, port, network }: Publisher, kubeconfig: ReadKubeconfig): Reach {
  const inside = withServer(kubeconfig, `https://${name}:${port}`)
  return { kubeconfig: inside, lookNetwork: network, sessionNetwork: network, relayPort: undefined }
}

/** The kubeconfig for the session's network, where a relay stands at the gateway. */
export function kubeconfigOn(network: SessionInput['network'], { kubeconfig, relayPort }: Reach): string {
  if (relayPort === undefined || network.kind === 'external') return kubeconfig.json
  return withServer(kubeconfig, `https://${gatewayOf(network.subnet)}:${relayPort}`).json
}

interface Kubeconfig {
  readonly clusters: readonly {
    readonly cluster: { readonly server: string; readonly 'tls-server-name'?: string }
  }[]
}

/** Another way to the same server, whose certificate is still checked for its own name. */
function withServer({ json, server, renewAt }: ReadKubeconfig, way: string): ReadKubeconfig {
  const kubeconfig = JSON.parse(json) as Kubeconfig
  const name = new URL(server).hostname.replace(/^\[|\]$/g, '')
  const clusters = kubeconfig.clusters.map(entry => ({
    ...entry,
    cluster: { ...entry.cluster, server: way, 'tls-server-name': entry.cluster['tls-server-name'] ?? name },
  }))
  return { json: JSON.stringify({ ...kubeconfig, clusters }), server: way, renewAt }
}
