import type { Edges } from '../command.ts'
import { type AskApi, type FlatKubeconfig, openApi } from './api.ts'

interface Pod {
  readonly metadata: {
    readonly name: string
    readonly ownerReferences?: readonly { readonly name: string }[]
  }
  readonly spec: { readonly containers: readonly { readonly name: string }[] }
  readonly status: {
    readonly phase?: string
    readonly conditions?: readonly { readonly type: string; readonly status: string }[]
  }
}

const LOOK_EVERY = 200
const DEADLINE = 30_000

/**
 * Waits until requests for a workload can only arrive at its traffic-agents: a pod from before the injection answers a
 * few seconds more while it ends. False after half a minute.
 */
export async function arrivesHere(
  kubeconfig: FlatKubeconfig,
  namespace: string,
  workload: string,
  { now, sleep }: Edges,
): Promise<boolean> {
  const ask = openApi(kubeconfig)
  const end = now() + DEADLINE
  while (now() < end) {
    if (await hasOnlyAgents(ask, namespace, workload)) return true
    await sleep(LOOK_EVERY)
  }
  return false
}

/** Whether each pod of a workload has a traffic-agent, and one is ready. */
export async function hasOnlyAgents(ask: AskApi, namespace: string, workload: string): Promise<boolean> {
  const { status, body } = await ask(`/api/v1/namespaces/${namespace}/pods`)
  // Who may not list pods cannot wait for them.
  if (status !== 200) return true
  const pods = (body as { readonly items: readonly Pod[] }).items.filter(pod => belongsTo(pod, workload))
  return pods.every(hasAgent) && pods.some(isReady)
}

const hasAgent = ({ spec }: Pod): boolean => spec.containers.some(({ name }) => name === 'traffic-agent')

const isReady = ({ status }: Pod): boolean =>
  (status.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True')

/** A pod's owner is the workload itself, or the Deployment's ReplicaSet `<workload>-<hash>`. */
const belongsTo = ({ metadata }: Pod, workload: string): boolean =>
  (metadata.ownerReferences ?? []).some(
    ({ name }) => name === workload || name.replace(/-[^-]+$/, '') === workload,
  )
