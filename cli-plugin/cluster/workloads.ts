import { PORTS_ANNOTATION, type Workload } from '../../session/facts.ts'
import type { AskApi } from './api.ts'
import { type Declaring, readDeclared } from './declared.ts'

type Labels = Readonly<Record<string, string>>

interface Condition {
  readonly type: string
  readonly status: string
  readonly message?: string
}

interface ContainerObject extends Declaring {
  readonly name: string
  readonly ports?: readonly {
    readonly name?: string
    readonly containerPort: number
    readonly protocol?: string
  }[]
}

interface WorkloadObject {
  readonly metadata: { readonly name: string; readonly ownerReferences?: readonly unknown[] }
  readonly spec: {
    readonly replicas?: number
    readonly template: {
      readonly metadata: { readonly labels?: Labels; readonly annotations?: Labels }
      readonly spec: {
        readonly containers: readonly ContainerObject[]
      }
    }
  }
  readonly status?: { readonly readyReplicas?: number; readonly conditions?: readonly Condition[] }
}

interface ServiceObject {
  readonly metadata: { readonly name: string }
  readonly spec: {
    readonly selector?: Labels
    readonly ports?: readonly {
      readonly name?: string
      readonly port: number
      readonly targetPort?: string | number
      readonly protocol?: string
    }[]
  }
}

const KINDS = { Deployment: 'deployments', StatefulSet: 'statefulsets', ReplicaSet: 'replicasets' } as const

/** The workloads of a namespace that Telepresence can take, with the services that lead to them; one of them whole. */
export async function readWorkloads(
  ask: AskApi,
  namespace: string,
  whole: string | undefined,
): Promise<readonly Workload[]> {
  const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[]
  const [services, ...lists] = await Promise.all([
    readItems<ServiceObject>(ask, `/api/v1/namespaces/${namespace}/services`),
    ...kinds.map(kind =>
      readItems<WorkloadObject>(ask, `/apis/apps/v1/namespaces/${namespace}/${KINDS[kind]}`),
    ),
  ])
  const reads = kinds.flatMap((kind, index) =>
    (lists[index] ?? []).filter(isOwnMaster).map(async object => {
      const declared = object.metadata.name === whole ? ask : undefined
      const containers = await Promise.all(
        object.spec.template.spec.containers.map(container => toContainer(container, namespace, declared)),
      )
      return toWorkload(kind, object, services, containers)
    }),
  )
  return (await Promise.all(reads)).toSorted((a, b) => a.name.localeCompare(b.name))
}

/** A Deployment's ReplicaSets are not workloads of their own. */
const isOwnMaster = ({ metadata }: WorkloadObject): boolean => metadata.ownerReferences === undefined

async function readItems<T>(ask: AskApi, path: string): Promise<readonly T[]> {
  const { status, body } = await ask(path)
  return status === 200 ? (body as { readonly items: readonly T[] }).items : []
}

async function toContainer(
  container: ContainerObject,
  namespace: string,
  ask: AskApi | undefined,
): Promise<Workload['containers'][number]> {
  const { names, isWhole } = await readDeclared(container, namespace, ask)
  return {
    name: container.name,
    ports: (container.ports ?? []).map(port => ({ ...port, protocol: port.protocol ?? 'TCP' })),
    declared: [...names],
    declaredIsWhole: isWhole,
  }
}

function toWorkload(
  kind: Workload['kind'],
  { metadata, spec, status }: WorkloadObject,
  services: readonly ServiceObject[],
  containers: Workload['containers'],
): Workload {
  const labels = spec.template.metadata.labels ?? {}
  const ready = status?.readyReplicas ?? 0
  const conditions = status?.conditions ?? []
  // That its pods can't be made says more than that there are too few.
  const failing =
    conditions.find(({ type }) => type === 'ReplicaFailure') ??
    conditions.find(condition => condition.status === 'False')
  return {
    kind,
    name: metadata.name,
    ready,
    desired: spec.replicas ?? 1,
    reason: ready > 0 ? '' : (failing?.message ?? ''),
    containers,
    services: services.filter(service => selects(service, labels)).map(toService),
    annotatedPorts: (spec.template.metadata.annotations?.[PORTS_ANNOTATION] ?? '')
      .split(/[\s,]+/)
      .filter(port => port !== ''),
  }
}

function selects({ spec }: ServiceObject, labels: Labels): boolean {
  const wanted = Object.entries(spec.selector ?? {})
  return wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value)
}

const toService = ({ metadata, spec }: ServiceObject): Workload['services'][number] => ({
  name: metadata.name,
  ports: (spec.ports ?? []).map(({ name, port, targetPort, protocol }) => ({
    ...(name !== undefined && { name }),
    port,
    targetPort: targetPort ?? port,
    protocol: protocol ?? 'TCP',
  })),
})
