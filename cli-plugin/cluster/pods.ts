import type { Reason } from '../../session/listing.ts'
import type { AskApi } from './api.ts'

interface ContainerStatus {
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string }
    readonly terminated?: { readonly reason?: string; readonly message?: string; readonly exitCode: number }
  }
}

/** The part of a pod that tells whose it is, what agent it has, and how it is. */
export interface Pod {
  readonly metadata: {
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[]
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
    readonly deletionTimestamp?: string
  }
  readonly spec: { readonly containers: readonly { readonly name: string }[] }
  readonly status: {
    readonly conditions?: readonly {
      readonly type: string
      readonly status: string
      readonly reason?: string
      readonly message?: string
    }[]
    readonly initContainerStatuses?: readonly ContainerStatus[]
    readonly containerStatuses?: readonly ContainerStatus[]
  }
}

export const hasAgent = (pod: Pod): boolean => hasContainer(pod, 'traffic-agent')

export const hasContainer = ({ spec }: Pod, container: string | undefined): boolean =>
  spec.containers.some(({ name }) => name === container)

/** Those that are not ending; undefined where the person may not list them. */
export async function readPods(ask: AskApi, path: string): Promise<readonly Pod[] | undefined> {
  const { status, body } = await ask(path)
  if (status !== 200) return undefined
  return (body as { readonly items: readonly Pod[] }).items.filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined,
  )
}

/** Why the pods are not ready; each reason once. */
export function reasonsOf(pods: readonly Pod[]): readonly Reason[] {
  const reasons = pods.flatMap(({ status }) => reasonOf(status) ?? [])
  return reasons.filter(({ reason }, index) => reasons.findIndex(other => other.reason === reason) === index)
}

/** What a container says of itself says most, then why there is no node for the pod, then that it is not ready. */
function reasonOf(status: Pod['status']): Reason | undefined {
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
  const held = containers.map(held => held.state?.waiting ?? failed(held)).find(state => state !== undefined)
  const conditions = (status.conditions ?? []).filter(condition => condition.status === 'False')
  const condition = ['PodScheduled', 'Ready']
    .map(type => conditions.find(each => each.type === type))
    .find(each => each !== undefined)
  const { reason, message } = held ?? condition ?? {}
  if (reason === undefined) return undefined
  return { reason, ...(message !== undefined && message !== '' && { message }) }
}

const failed = ({ state }: ContainerStatus) =>
  state?.terminated?.exitCode === 0 ? undefined : state?.terminated
