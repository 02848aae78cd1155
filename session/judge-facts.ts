import { t } from '../language/t.ts'
import type { Attachment } from './attachment.ts'
import { KdeTpError, nameOneOf } from './errors.ts'
import {
  type ClusterFacts,
  containerPorts,
  type LookAnswer,
  PORTS_ANNOTATION,
  type RemotePort,
  servicePorts,
  type Workload,
} from './facts.ts'
import { type Mode, traitsOf } from './mode.ts'

const OLDEST_MANAGER = [2, 21, 0]

export interface Asked {
  readonly namespace: string
  readonly managerNamespace: string
}

/** The facts of a look. Throws CLUSTER_UNREACHABLE or CLUSTER_FORBIDDEN. */
export function toFacts<T>(answer: LookAnswer<T>, kubeconfigPath: string): T {
  switch (answer.kind) {
    case 'facts':
      return answer.facts
    case 'unreachable':
      throw new KdeTpError('CLUSTER_UNREACHABLE', t`The API server ${answer.server} does not answer.`, {
        detail: answer.reason,
        hint: t`Look whether the cluster runs, and at the server named in ${kubeconfigPath}.`,
      })
    case 'unauthorized':
      throw new KdeTpError('CLUSTER_FORBIDDEN', t`The API server ${answer.server} does not know you.`, {
        detail: answer.reason,
        hint: t`Renew the credentials in ${kubeconfigPath}.`,
      })
  }
}

/** Throws NAMESPACE_UNKNOWN. A namespace that may not be read is taken to be there. */
export function assertNamespace(
  { namespaceExists, namespaces }: Pick<ClusterFacts, 'namespaceExists' | 'namespaces'>,
  namespace: string,
): void {
  if (namespaceExists !== false) return
  throw new KdeTpError('NAMESPACE_UNKNOWN', t`There is no namespace "${namespace}" in this cluster.`, {
    hint: namespaces === undefined ? t`Name one that there is.` : nameOneOf(namespaces),
  })
}

/** Throws CLUSTER_FORBIDDEN. */
export function assertRights({ lackingRights }: ClusterFacts): void {
  if (lackingRights.length === 0) return
  throw new KdeTpError('CLUSTER_FORBIDDEN', t`You may not: ${lackingRights.join('; ')}.`, {
    hint: t`Ask the administrator of the cluster for these rights.`,
  })
}

/** Whether the traffic-manager has to be installed. Throws TRAFFIC_MANAGER_TOO_OLD. A forbidden look finds nothing missing. */
export function lacksTrafficManager({ manager }: ClusterFacts, { managerNamespace }: Asked): boolean {
  if (manager.found !== 'yes') return manager.found === 'no'
  if (isOlder(manager.version, OLDEST_MANAGER)) {
    throw new KdeTpError(
      'TRAFFIC_MANAGER_TOO_OLD',
      t`The traffic-manager in namespace "${managerNamespace}" is ${manager.version}; ${OLDEST_MANAGER.join('.')} is the oldest that works.`,
      {
        hint: t`Ask the administrator of the cluster to upgrade it.`,
      },
    )
  }
  return false
}

export const trafficManagerMissing = ({ managerNamespace }: Asked): KdeTpError =>
  new KdeTpError(
    'TRAFFIC_MANAGER_MISSING',
    t`There is no traffic-manager in namespace "${managerNamespace}" of this cluster.`,
    {
      hint: t`Run again with --install-traffic-manager to install it (that takes an administrator), or set TELEPRESENCE_MANAGER_NAMESPACE in the environment’s .env if it is elsewhere.`,
    },
  )

/** Throws WORKLOAD_UNKNOWN or WORKLOAD_NOT_READY. */
export function findWorkload({ workloads }: ClusterFacts, namespace: string, name: string): Workload {
  const workload = workloads.find(candidate => candidate.name === name)
  if (workload === undefined) {
    const names = workloads.map(candidate => candidate.name)
    throw new KdeTpError('WORKLOAD_UNKNOWN', t`There is no workload "${name}" in namespace "${namespace}".`, {
      hint:
        names.length === 0
          ? t`The namespace has no Deployment, StatefulSet or ReplicaSet.`
          : nameOneOf(names),
    })
  }
  if (workload.ready > 0) return workload
  throw new KdeTpError(
    'WORKLOAD_NOT_READY',
    t`${workload.kind} "${name}" has no ready pod (${workload.ready} of ${workload.desired}).`,
    {
      ...(workload.reason !== '' && { detail: workload.reason }),
      hint: t`Look with: kubectl get pods --namespace ${namespace}`,
    },
  )
}

/** The ports that a mode can take. Throws SERVICE_MISSING where nothing tells Telepresence of any. */
export function portsFor(mode: Mode, workload: Workload, container?: string): readonly RemotePort[] {
  const known = servicePorts(workload)
  if (known.length === 0) throw serviceMissing(workload)
  return traitsOf[mode].ports === 'container' ? containerPorts(workload, container) : known
}

const serviceMissing = ({ kind, name }: Workload): KdeTpError =>
  new KdeTpError(
    'SERVICE_MISSING',
    t`No service selects the pods of ${kind} "${name}", and no annotation names their ports.`,
    {
      hint: t`Let a service select them, or annotate their template with ${PORTS_ANNOTATION}, as "8080". Without either only "ingest" is possible.`,
    },
  )

/** The port that is named. Throws PORT_UNKNOWN where there is no such. */
export function findRemotePort({ name }: Workload, ports: readonly RemotePort[], remote: string): RemotePort {
  const found = ports.find(({ identifiers }) => identifiers.includes(remote))
  if (found !== undefined) return found
  throw new KdeTpError('PORT_UNKNOWN', t`"${name}" has no port "${remote}" that can be taken.`, {
    hint:
      ports.length === 0
        ? t`The container declares none, so it can't be replaced: "intercept" takes the ports of its service.`
        : nameOneOf(ports.map(({ shown }) => shown)),
  })
}

/**
 * An agent of Telepresence 2.31.2 lets no UDP through that it does not intercept, and a sidecar stays: docs/decisions/0014.
 * Throws UDP_UNSUPPORTED where a workload's UDP would be lost.
 */
export function assertUdpGoesOn(workload: Workload, { mode, agent, ports }: Attachment): void {
  const [answersUdp, another] = servicePorts(workload).filter(({ isUdp }) => isUdp)
  if (answersUdp === undefined) return
  const isTaken = ports.some(({ remote }) => answersUdp.identifiers.includes(remote))
  // Of several ports only the first can be one of UDP.
  if (mode === 'intercept' && agent === 'node' && isTaken && another === undefined) return
  throw new KdeTpError(
    'UDP_UNSUPPORTED',
    t`"${workload.name}" answers UDP, on ${answersUdp.shown}, and would not any longer: agents lose what they do not intercept.`,
    {
      hint: t`Only "intercept" with --agent node can take it, with its one UDP port among the others, as --port ${answersUdp.target}:${answersUdp.identifiers.at(-1)}.`,
    },
  )
}

/** Throws CONTAINER_UNKNOWN. */
export function assertContainer({ name, containers }: Workload, container: string): void {
  if (containers.some(each => each.name === container)) return
  throw new KdeTpError('CONTAINER_UNKNOWN', t`The pods of "${name}" have no container "${container}".`, {
    hint: nameOneOf(containers.map(each => each.name)),
  })
}

function isOlder(version: string, oldest: readonly number[]): boolean {
  const numbers = /(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number)
  if (numbers === undefined) return false
  const index = oldest.findIndex((part, position) => part !== numbers[position])
  return index !== -1 && (numbers[index] ?? 0) < (oldest[index] ?? 0)
}
