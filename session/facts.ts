import * as z from 'zod/mini'
import { t } from '../language/t.ts'

/** One port of a service, as Kubernetes has it. */
const ServicePort = z.object({
  name: z.optional(z.string()),
  port: z.number(),
  targetPort: z.union([z.string(), z.number()]),
  protocol: z.string(),
})

/** Makes ports of a workload that no service selects known to Telepresence. */
export const PORTS_ANNOTATION = 'telepresence.io/inject-container-ports'

const ContainerPort = z.object({
  name: z.optional(z.string()),
  containerPort: z.number(),
  protocol: z.string(),
})

export const Workload = z.object({
  kind: z.enum(['Deployment', 'StatefulSet', 'ReplicaSet']),
  name: z.string(),
  desired: z.number(),
  ready: z.number(),
  /** Why it is not ready, in Kubernetes' words; empty where it is. */
  reason: z.string(),
  containers: z.array(
    z.object({
      name: z.string(),
      ports: z.array(ContainerPort),
      /** The names of the variables that its `env` and `envFrom` declare. */
      declared: z.array(z.string()),
      /** False where a ConfigMap or Secret of its `envFrom` was not read. */
      declaredIsWhole: z.boolean(),
    }),
  ),
  /** The ports of the services that select its pods. */
  services: z.array(z.object({ name: z.string(), ports: z.array(ServicePort) })),
  /** Ports, as `http` or `9090/UDP`, that its annotation gives to Telepresence where no service does. */
  annotatedPorts: z.array(z.string()),
})

const Right = z.object({
  /** As `create pods/portforward in namespace ambassador`. */
  right: z.string(),
  /** What it is for. */
  use: z.enum([
    'connect',
    'offer-namespaces',
    'find-workloads',
    'offer-ports',
    'tell-arrival',
    'reach-agents',
    'tell-declared',
  ]),
  isNeeded: z.boolean(),
  isAllowed: z.boolean(),
})
export type Right = z.infer<typeof Right>

/** What one look at the cluster tells: read in one call, inside the environment's network, and never changed. */
export const ClusterFacts = z.object({
  /** The address that the API server's name has there. */
  serverAddress: z.string(),
  /** Undefined where the person may not list them. */
  namespaces: z.optional(z.array(z.string())),
  /** Undefined where the person may not read it. */
  namespaceExists: z.optional(z.boolean()),
  workloads: z.array(Workload),
  /** The workload that was asked for has a sidecar in each of its pods already. */
  hasOnlyAgents: z.boolean(),
  /** One of its pods has one. */
  hasSidecar: z.boolean(),
  manager: z.discriminatedUnion('found', [
    z.object({
      found: z.literal('yes'),
      version: z.string(),
      /** Whether it lets clients use node agents. */
      hasNodeAgents: z.boolean(),
      /** How long it keeps what a silent client holds, as `1m0s`; undefined where it does not say. */
      connectionTimeToLive: z.optional(z.string()),
    }),
    z.object({ found: z.literal('no') }),
    z.object({ found: z.literal('forbidden') }),
  ]),
  /** Rights that an attachment needs and the person lacks, as "create pods/portforward in ambassador". */
  lackingRights: z.array(z.string()),
  /** Every right that we or Telepresence make use of; only where it was asked for. */
  rights: z.optional(z.array(Right)),
  /** CIDRs of pods and services, where they can be read. */
  subnets: z.array(z.string()),
})
export type ClusterFacts = z.infer<typeof ClusterFacts>
export type Workload = z.infer<typeof Workload>

const failures = [
  z.object({ kind: z.literal('unreachable'), server: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('unauthorized'), server: z.string(), reason: z.string() }),
] as const

/** What a look prints: facts, or why there are none. */
export const lookAnswerOf = <T extends z.ZodMiniType>(facts: T) =>
  z.discriminatedUnion('kind', [z.object({ kind: z.literal('facts'), facts }), ...failures])

export const LookAnswer = lookAnswerOf(ClusterFacts)
export type LookAnswer<T = ClusterFacts> =
  | { readonly kind: 'facts'; readonly facts: T }
  | z.infer<(typeof failures)[number]>

/** A port of a workload that can be taken. */
export interface RemotePort {
  /** Every way to name it in `--port LOCAL:REMOTE`, the best last. */
  readonly identifiers: readonly string[]
  readonly shown: string
  /** The number that the pod's own program listens on. */
  readonly target: number
  readonly isUdp: boolean
}

/** The ports of a workload's services or, where it has none, those that its annotation names. */
export function servicePorts(workload: Workload): readonly RemotePort[] {
  if (workload.services.length === 0) return annotatedPorts(workload)
  return workload.services.flatMap(service =>
    service.ports.map(({ name, port, targetPort, protocol }) => ({
      ...toRemotePort(port, name, protocol, t`service ${service.name}`),
      target: containerPort(workload, targetPort) ?? port,
    })),
  )
}

/** The ports of a container that services lead to, or its annotation names: Telepresence knows no others (2.31.2). */
export function containerPorts(workload: Workload, container?: string): readonly RemotePort[] {
  const known = servicePorts(workload)
  return declaredPorts(workload, container).filter(port =>
    known.some(({ target, isUdp }) => target === port.target && isUdp === port.isUdp),
  )
}

const declaredPorts = ({ containers }: Workload, container?: string): readonly RemotePort[] =>
  containers
    .filter(({ name }) => container === undefined || name === container)
    .flatMap(({ name: owner, ports }) =>
      ports.map(({ name, containerPort, protocol }) =>
        toRemotePort(containerPort, name, protocol, t`container ${owner}`),
      ),
    )

/** As `http`, `9090` or `9090/UDP`. */
function annotatedPorts(workload: Workload): readonly RemotePort[] {
  return workload.annotatedPorts.map(text => {
    const [port = '', protocol = 'TCP'] = text.split('/')
    const declared = declaredPorts(workload).find(({ identifiers }) => identifiers.includes(port))
    return declared ?? toRemotePort(Number(port), undefined, protocol, t`its annotation`)
  })
}

function toRemotePort(port: number, name: string | undefined, protocol: string, owner: string): RemotePort {
  const isUdp = protocol.toUpperCase() === 'UDP'
  const names = [String(port), ...(name === undefined ? [] : [name])]
  const number = isUdp ? `${port}/udp` : `${port}`
  return {
    identifiers: names.flatMap(each => [`${each}/${isUdp ? 'udp' : 'tcp'}`, each]),
    shown: t`${name === undefined ? number : `${name} (${number})`} of ${owner}`,
    target: port,
    isUdp,
  }
}

/** The number behind a service's targetPort, which may be a container port's name. */
function containerPort({ containers }: Workload, targetPort: string | number): number | undefined {
  if (typeof targetPort === 'number') return targetPort
  return containers.flatMap(({ ports }) => ports).find(({ name }) => name === targetPort)?.containerPort
}
