import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { ClusterFacts, LookAnswer } from '../../session/facts.ts'
import type { Edges } from '../command.ts'
import { type ApiAnswer, type AskApi, type FlatKubeconfig, openApi } from './api.ts'
import { readSidecars, type Sidecars } from './arrival.ts'
import { readManager } from './manager.ts'
import { readLackingRights, readRights } from './rights.ts'
import { readWorkloads } from './workloads.ts'

export interface LookInput {
  readonly namespace: string | undefined
  /** Its `envFrom` is read too. */
  readonly workload: string | undefined
  readonly managerNamespace: string
  /** Whether every right is asked about. */
  readonly rights?: boolean
}

/** As long as an API server takes to restart. */
const PATIENCE = 10_000
const TRY_EVERY = 1000

type Waiting = Pick<Edges, 'now' | 'sleep' | 'signals'>

/** Reads at once all that an attachment wants to know of the cluster. Changes nothing. */
export const look = (kubeconfig: FlatKubeconfig, input: LookInput, edges: Waiting): Promise<LookAnswer> =>
  lookFor(kubeconfig, (ask, serverAddress) => readFacts(ask, serverAddress, input), edges)

/** What `read` finds, or why the API server tells nothing. */
export async function lookFor<T>(
  kubeconfig: FlatKubeconfig,
  read: (ask: AskApi, serverAddress: string) => Promise<T>,
  edges: Waiting,
): Promise<LookAnswer<T>> {
  const server = kubeconfig.clusters[0]?.cluster.server ?? ''
  try {
    const serverAddress = await resolve(new URL(server).hostname)
    const ask = openApi(kubeconfig)
    const { status, body } = await askPatiently(ask, '/api', edges)
    if (status === 401) return { kind: 'unauthorized', server, reason: messageOf(body) }
    return { kind: 'facts', facts: await read(ask, serverAddress) }
  } catch (error) {
    return {
      kind: 'unreachable',
      server,
      reason: error instanceof Error ? error.message || error.name : String(error),
    }
  }
}

/** A server that restarts, and a network on a busy computer, are given a moment. */
async function askPatiently(ask: AskApi, path: string, { now, sleep, signals }: Waiting): Promise<ApiAnswer> {
  const end = now() + PATIENCE
  for (;;) {
    try {
      return await ask(path)
    } catch (error) {
      if (!isUnconnected(error) || signals.abort.aborted || now() >= end) throw error
      await sleep(TRY_EVERY, signals.abort)
    }
  }
}

/** Bun says this of every connection that can't be made, of EHOSTUNREACH too (1.4.5). */
const isUnconnected = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'

async function readFacts(ask: AskApi, serverAddress: string, input: LookInput): Promise<ClusterFacts> {
  const { namespace, managerNamespace, rights } = input
  const [namespaces, inNamespace, manager, lackingRights, subnets, allRights] = await Promise.all([
    readNames(ask, '/api/v1/namespaces'),
    namespace === undefined ? NOT_LOOKED_INTO : readNamespace(ask, namespace, input.workload),
    readManager(ask, managerNamespace),
    readLackingRights(ask, managerNamespace, namespace),
    readSubnets(ask),
    rights === true ? readRights(ask, managerNamespace, namespace) : undefined,
  ])
  return {
    serverAddress,
    ...inNamespace,
    manager,
    lackingRights: [...lackingRights],
    subnets: [...subnets],
    ...(allRights !== undefined && { rights: [...allRights] }),
    ...(namespaces !== undefined && { namespaces: [...namespaces] }),
  }
}

type NamespaceFacts = Pick<ClusterFacts, 'namespaceExists' | 'workloads' | 'hasOnlyAgents' | 'hasSidecar'>

const NO_SIDECARS: Sidecars = { hasOnlyAgents: false, hasSidecar: false }
const NOT_LOOKED_INTO: NamespaceFacts = { workloads: [], ...NO_SIDECARS }

async function readNamespace(
  ask: AskApi,
  namespace: string,
  workload: string | undefined,
): Promise<NamespaceFacts> {
  const [{ status }, workloads, sidecars] = await Promise.all([
    ask(`/api/v1/namespaces/${namespace}`),
    readWorkloads(ask, namespace, workload),
    workload === undefined ? NO_SIDECARS : readSidecars(ask, namespace, workload),
  ])
  // Who may not read a namespace is not told that there is none.
  const isKnown = status === 200 || status === 404
  return { ...(isKnown && { namespaceExists: status === 200 }), workloads: [...workloads], ...sidecars }
}

export async function readNames(ask: AskApi, path: string): Promise<readonly string[] | undefined> {
  const { status, body } = await ask(path)
  if (status !== 200) return undefined
  return (body as { items: { metadata: { name: string } }[] }).items.map(({ metadata }) => metadata.name)
}

/** The pods' CIDRs from the nodes, and the services' as a /16 around the API server's own service, which has no other trace. */
async function readSubnets(ask: AskApi): Promise<readonly string[]> {
  const [nodes, service] = await Promise.all([
    ask('/api/v1/nodes'),
    ask('/api/v1/namespaces/default/services/kubernetes'),
  ])
  const pods =
    nodes.status === 200
      ? (nodes.body as { items: { spec: { podCIDR?: string } }[] }).items.flatMap(
          ({ spec }) => spec.podCIDR ?? [],
        )
      : []
  const address =
    service.status === 200 ? (service.body as { spec: { clusterIP?: string } }).spec.clusterIP : undefined
  return [
    ...pods,
    ...(address === undefined || isIP(address) !== 4
      ? []
      : [`${address.split('.').slice(0, 2).join('.')}.0.0/16`]),
  ]
}

async function resolve(host: string): Promise<string> {
  if (isIP(host) !== 0) return host
  try {
    return (await lookup(host)).address
  } catch (error) {
    throw new Error(`the name ${host} does not resolve in the environment's network`, { cause: error })
  }
}

const messageOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : 'Unauthorized'
