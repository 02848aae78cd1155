import * as z from 'zod/mini'
import { t } from '../language/t.ts'
import { Attachment } from './attachment.ts'
import { KdeTpError } from './errors.ts'
import { Workload } from './facts.ts'
import { MODES } from './mode.ts'
import { isRunning, type ObservedContainer } from './observed.ts'

/** Why a pod is not ready, in Kubernetes' words: one word, and what it says to it. */
const Reason = z.object({ reason: z.string(), message: z.optional(z.string()) })
export type Reason = z.infer<typeof Reason>

const WorkloadState = z.object({
  kind: Workload.shape.kind,
  name: z.string(),
  desired: z.number(),
  ready: z.number(),
  /** Empty where all pods are ready, or none says why it is not. */
  reasons: z.array(Reason),
  /** Undefined where the person may not read the pods that would tell. */
  agent: z.optional(z.enum(['sidecar', 'node', 'none'])),
  /** A container of its pods has been taken out of them, which is what replace does. */
  isReplaced: z.boolean(),
})
export type WorkloadState = z.infer<typeof WorkloadState>

/** What one look tells of the workloads of a namespace. */
export const NamespaceFacts = z.object({
  /** Undefined where the person may not list them. */
  namespaces: z.optional(z.array(z.string())),
  /** Undefined where the person may not read it. */
  namespaceExists: z.optional(z.boolean()),
  workloads: z.array(WorkloadState),
  /** What the API server refused to tell, in its words. */
  refusals: z.array(z.string()),
  /** Of a session that looks: the workloads that somebody else has taken from it, or ended. */
  lost: z.optional(z.array(z.string())),
})
export type NamespaceFacts = z.infer<typeof NamespaceFacts>

/** Who holds a workload. Of another session Telepresence tells no more (docs/decisions/0011). */
const Holding = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ours'),
    attachment: Attachment,
    devContainer: z.string(),
    /** `<user>@<host>` of the command that made it. */
    holder: z.optional(z.string()),
    project: z.optional(z.string()),
  }),
  z.object({ kind: z.literal('another session'), mode: z.optional(z.enum(MODES)) }),
])
export type Holding = z.infer<typeof Holding>

/** A workload as `list` shows it. */
export const ListedWorkload = z.object({
  ...WorkloadState.shape,
  holdings: z.array(Holding),
  /** `unknown` where a sidecar is there, which may serve a session that nobody tells of. */
  isHeld: z.union([z.boolean(), z.literal('unknown')]),
})
export type ListedWorkload = z.infer<typeof ListedWorkload>

/** The workloads of a namespace with who holds them, as far as the cluster and our own containers tell. */
export function toListing(
  { workloads, lost = [] }: NamespaceFacts,
  ours: readonly ObservedContainer[],
  namespace: string,
): ListedWorkload[] {
  const here = ours.filter(container => container.namespace === namespace && isRunning(container))
  const isConnected = here.some(({ role }) => role === 'session')
  return workloads.map(state => {
    // What was lost has its dev container still.
    const isOurs = isConnected && !lost.includes(state.name)
    const own = isOurs ? here.flatMap(container => toHolding(container, state.name)) : []
    const holdings = own.length > 0 ? own : holdingsOfOthers(state)
    return { ...state, holdings, isHeld: holdings.length > 0 || (state.agent !== 'none' && 'unknown') }
  })
}

function toHolding(
  { attachment, name, owner, project }: ObservedContainer,
  workload: string,
): readonly Holding[] {
  if (attachment?.workload !== workload) return []
  return [
    {
      kind: 'ours',
      attachment,
      devContainer: name,
      ...(owner !== undefined && { holder: owner }),
      ...(project !== undefined && { project }),
    },
  ]
}

/** A container is taken out by replace alone, and a node agent is there only while somebody wants it. */
function holdingsOfOthers({ isReplaced, agent }: WorkloadState): Holding[] {
  if (isReplaced) return [{ kind: 'another session', mode: 'replace' }]
  return agent === 'node' ? [{ kind: 'another session' }] : []
}

/** Throws CLUSTER_FORBIDDEN where the person may see no workload at all. */
export function assertListable({ workloads, refusals }: NamespaceFacts, namespace: string): void {
  if (workloads.length > 0 || refusals.length === 0) return
  throw new KdeTpError('CLUSTER_FORBIDDEN', t`You may not see the workloads of namespace "${namespace}".`, {
    detail: refusals.join('\n'),
    hint: t`Ask the administrator of the cluster for these rights, or name another namespace.`,
  })
}

/** What a person should know beside the listing. */
export function remarksOn(
  { refusals }: NamespaceFacts,
  workloads: readonly ListedWorkload[],
  namespace: string,
): readonly string[] {
  const none = t`Namespace "${namespace}" has no Deployment, StatefulSet or ReplicaSet.`
  const unknown = t`Of a workload marked "?" nobody tells whether another session holds it: Telepresence names no other session.`
  return [
    ...(workloads.length === 0 ? [none] : []),
    ...(workloads.some(({ isHeld }) => isHeld === 'unknown') ? [unknown] : []),
    ...refusals.map(refusal => t`Not everything may be seen: ${refusal}`),
  ]
}
