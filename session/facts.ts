import * as z from 'zod/mini'

/** One port of a service, as Kubernetes has it. */
const ServicePort = z.object({
  name: z.optional(z.string()),
  port: z.number(),
  targetPort: z.union([z.string(), z.number()]),
  protocol: z.string(),
})

const Workload = z.object({
  kind: z.enum(['Deployment', 'StatefulSet', 'ReplicaSet']),
  name: z.string(),
  desired: z.number(),
  ready: z.number(),
  /** Why it is not ready, in Kubernetes' words; empty where it is. */
  reason: z.string(),
  containers: z.array(
    z.object({
      name: z.string(),
      ports: z.array(z.object({ name: z.optional(z.string()), containerPort: z.number() })),
      /** The names of the variables that its `env` and `envFrom` declare. */
      declared: z.array(z.string()),
      /** False where a ConfigMap or Secret of its `envFrom` was not read. */
      declaredIsWhole: z.boolean(),
    }),
  ),
  /** The ports of the services that select its pods. */
  services: z.array(z.object({ name: z.string(), ports: z.array(ServicePort) })),
})

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
  manager: z.discriminatedUnion('found', [
    z.object({ found: z.literal('yes'), version: z.string() }),
    z.object({ found: z.literal('no') }),
    z.object({ found: z.literal('forbidden') }),
  ]),
  /** Rights that an attachment needs and the person lacks, as "create pods/portforward in ambassador". */
  lackingRights: z.array(z.string()),
  /** CIDRs of pods and services, where they can be read. */
  subnets: z.array(z.string()),
})
export type ClusterFacts = z.infer<typeof ClusterFacts>
export type Workload = z.infer<typeof Workload>

/** What the look prints: facts, or why there are none. */
export const LookAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('facts'), facts: ClusterFacts }),
  z.object({ kind: z.literal('unreachable'), server: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('unauthorized'), server: z.string(), reason: z.string() }),
])
export type LookAnswer = z.infer<typeof LookAnswer>

/** Every way to name a port of a workload's services in `--port LOCAL:REMOTE`. */
export function remotePorts(
  workload: Workload,
): readonly { readonly identifiers: readonly string[]; readonly shown: string; readonly target: string }[] {
  return workload.services.flatMap(service =>
    service.ports.map(({ name, port, targetPort }) => ({
      identifiers: [String(port), ...(name === undefined ? [] : [name])],
      shown: `${name === undefined ? port : `${name} (${port})`} of service ${service.name}`,
      target: String(containerPort(workload, targetPort) ?? port),
    })),
  )
}

/** The number behind a service's targetPort, which may be a container port's name. */
function containerPort({ containers }: Workload, targetPort: string | number): number | undefined {
  if (typeof targetPort === 'number') return targetPort
  return containers.flatMap(({ ports }) => ports).find(({ name }) => name === targetPort)?.containerPort
}
