import type { Workload } from '../../session/facts.ts'
import type { NamespaceFacts, WorkloadState } from '../../session/listing.ts'
import type { AskApi } from './api.ts'
import { readNames } from './look.ts'
import { hasAgent, type Pod, readPods, reasonsOf } from './pods.ts'
import { readWorkloads } from './workloads.ts'

interface ListingInput {
  readonly namespace: string | undefined
  readonly managerNamespace: string
}

const REPLACED = 'telepresence.io/replaced-container.'
/** A node agent's pod says by label whose it is; whoever may connect may list it (Telepresence's RBAC reference). */
const NODE_AGENTS = 'labelSelector=app%3Dtraffic-node-agent'

/** What `list` shows, in one call for each kind of object. Without a namespace, which ones there are. */
export async function listNamespace(
  ask: AskApi,
  { namespace, managerNamespace }: ListingInput,
): Promise<NamespaceFacts> {
  if (namespace === undefined) return nothingBut(await readNamespaces(ask))
  const refusals: string[] = []
  const asking = notingRefusals(ask, refusals)
  const [found, workloads, pods, agents] = await Promise.all([
    ask(`/api/v1/namespaces/${namespace}`),
    readWorkloads(asking, namespace, undefined),
    readPods(asking, `/api/v1/namespaces/${namespace}/pods`),
    readPods(ask, `/api/v1/namespaces/${managerNamespace}/pods?${NODE_AGENTS}`),
  ])
  if (found.status === 404) return { ...nothingBut(await readNamespaces(ask)), namespaceExists: false }
  const podsOf = pods && groupByWorkload(pods, workloads)
  const nodeAgents = agents?.map(({ metadata }) => metadata.labels ?? {}).filter(isIn(namespace))
  return {
    ...(found.status === 200 && { namespaceExists: true }),
    refusals,
    workloads: workloads.map(workload => {
      const own = podsOf && (podsOf.get(keyOf(workload)) ?? [])
      const hasNodeAgent = nodeAgents?.some(labels => labels['telepresence.io/agentName'] === workload.name)
      return toState(workload, own, hasNodeAgent)
    }),
  }
}

const nothingBut = (namespaces: readonly string[] | undefined): NamespaceFacts => ({
  ...(namespaces !== undefined && { namespaces: [...namespaces] }),
  workloads: [],
  refusals: [],
})

const readNamespaces = (ask: AskApi) => readNames(ask, '/api/v1/namespaces')

/** Adds what the API server says where it refuses. */
const notingRefusals =
  (ask: AskApi, refusals: string[]): AskApi =>
  async (path, body) => {
    const answer = await ask(path, body)
    if (answer.status === 403) refusals.push((answer.body as { readonly message: string }).message)
    return answer
  }

const isIn =
  (namespace: string) =>
  (labels: Readonly<Record<string, string>>): boolean =>
    labels['telepresence.io/workloadNamespace'] === namespace

const keyOf = ({ kind, name }: Workload): string => `${kind}/${name}`

/** A pod's owner is the workload itself, or a ReplicaSet `<deployment>-<hash>`. */
function groupByWorkload(
  pods: readonly Pod[],
  workloads: readonly Workload[],
): ReadonlyMap<string, readonly Pod[]> {
  const keys = new Set(workloads.map(keyOf))
  const ownerOf = ({ metadata }: Pod): string =>
    (metadata.ownerReferences ?? [])
      .flatMap(({ kind, name }) => [`${kind}/${name}`, `Deployment/${name.replace(/-[^-]+$/, '')}`])
      .find(key => keys.has(key)) ?? ''
  return Map.groupBy(pods, ownerOf)
}

/** Undefined are pods and node agents that the person may not list. */
function toState(
  { kind, name, desired, ready, reason }: Workload,
  pods: readonly Pod[] | undefined,
  hasNodeAgent: boolean | undefined,
): WorkloadState {
  const agent = agentOf(pods, hasNodeAgent)
  const told = ready < desired ? reasonsOf(pods ?? []) : []
  return {
    kind,
    name,
    desired,
    ready,
    reasons: told.length === 0 && reason !== '' && desired > 0 ? [{ reason }] : [...told],
    isReplaced: (pods ?? []).some(({ metadata }) =>
      Object.keys(metadata.annotations ?? {}).some(annotation => annotation.startsWith(REPLACED)),
    ),
    ...(agent !== undefined && { agent }),
  }
}

function agentOf(
  pods: readonly Pod[] | undefined,
  hasNodeAgent: boolean | undefined,
): WorkloadState['agent'] {
  if (pods?.some(hasAgent)) return 'sidecar'
  if (hasNodeAgent) return 'node'
  return pods === undefined || hasNodeAgent === undefined ? undefined : 'none'
}
