import type { Edges } from '../command.ts'
import { type AskApi, type FlatKubeconfig, openApi } from './api.ts'
import { hasAgent, hasContainer, type Pod } from './pods.ts'

const LOOK_EVERY = 200
const DEADLINE = 30_000

export interface Awaited {
  readonly namespace: string
  readonly workload: string
  /** The container whose place is taken, in the mode `replace`. */
  readonly replaced: string | undefined
}

/**
 * Waits until requests for a workload can only arrive at its traffic-agents: a pod from before the injection answers a
 * few seconds more while it ends. False after half a minute.
 */
export async function arrivesHere(
  kubeconfig: FlatKubeconfig,
  { namespace, workload, replaced }: Awaited,
  { now, sleep }: Edges,
): Promise<boolean> {
  const ask = openApi(kubeconfig)
  const end = now() + DEADLINE
  while (now() < end) {
    if ((await readSidecars(ask, namespace, workload, replaced)).hasOnlyAgents) return true
    await sleep(LOOK_EVERY)
  }
  return false
}

export interface Sidecars {
  /** Each pod has a traffic-agent, and one is ready. */
  readonly hasOnlyAgents: boolean
  readonly hasSidecar: boolean
}

/** The sidecars of a workload's pods; one that has a replaced container still is none yet. */
export async function readSidecars(
  ask: AskApi,
  namespace: string,
  workload: string,
  replaced?: string,
): Promise<Sidecars> {
  const { status, body } = await ask(`/api/v1/namespaces/${namespace}/pods`)
  // Who may not list pods cannot wait for them.
  if (status !== 200) return { hasOnlyAgents: true, hasSidecar: false }
  const pods = (body as { readonly items: readonly Pod[] }).items.filter(pod => belongsTo(pod, workload))
  const isDone = (pod: Pod): boolean => hasAgent(pod) && !hasContainer(pod, replaced)
  return { hasOnlyAgents: pods.every(isDone) && pods.some(isReady), hasSidecar: pods.some(hasAgent) }
}

const isReady = ({ status }: Pod): boolean =>
  (status.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True')

/** A pod's owner is the workload itself, or the Deployment's ReplicaSet `<workload>-<hash>`. */
const belongsTo = ({ metadata }: Pod, workload: string): boolean =>
  (metadata.ownerReferences ?? []).some(
    ({ name }) => name === workload || name.replace(/-[^-]+$/, '') === workload,
  )
