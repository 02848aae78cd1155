import { KdeTpError } from './errors.ts'
import { type ClusterFacts, type LookAnswer, remotePorts, type Workload } from './facts.ts'

const OLDEST_MANAGER = [2, 21, 0]

export interface Asked {
  readonly namespace: string
  readonly managerNamespace: string
}

/** The facts of a look. Throws CLUSTER_UNREACHABLE or CLUSTER_FORBIDDEN. */
export function toFacts(answer: LookAnswer, kubeconfigPath: string): ClusterFacts {
  switch (answer.kind) {
    case 'facts':
      return answer.facts
    case 'unreachable':
      throw new KdeTpError('CLUSTER_UNREACHABLE', `The API server ${answer.server} does not answer.`, {
        detail: answer.reason,
        hint: `Look whether the cluster runs, and at the server named in ${kubeconfigPath}.`,
      })
    case 'unauthorized':
      throw new KdeTpError('CLUSTER_FORBIDDEN', `The API server ${answer.server} does not know you.`, {
        detail: answer.reason,
        hint: `Renew the credentials in ${kubeconfigPath}.`,
      })
  }
}

/** Throws NAMESPACE_UNKNOWN. A namespace that may not be read is taken to be there. */
export function assertNamespace({ namespaceExists, namespaces }: ClusterFacts, namespace: string): void {
  if (namespaceExists !== false) return
  throw new KdeTpError('NAMESPACE_UNKNOWN', `There is no namespace "${namespace}" in this cluster.`, {
    hint: namespaces === undefined ? 'Name one that there is.' : `Name one of: ${namespaces.join(', ')}.`,
  })
}

/** Throws CLUSTER_FORBIDDEN. */
export function assertRights({ lackingRights }: ClusterFacts): void {
  if (lackingRights.length === 0) return
  throw new KdeTpError('CLUSTER_FORBIDDEN', `You may not: ${lackingRights.join('; ')}.`, {
    hint: 'Ask the administrator of the cluster for these rights.',
  })
}

/** Whether the traffic-manager has to be installed. Throws TRAFFIC_MANAGER_TOO_OLD. A forbidden look finds nothing missing. */
export function lacksTrafficManager({ manager }: ClusterFacts, { managerNamespace }: Asked): boolean {
  if (manager.found !== 'yes') return manager.found === 'no'
  if (isOlder(manager.version, OLDEST_MANAGER)) {
    throw new KdeTpError(
      'TRAFFIC_MANAGER_TOO_OLD',
      `The traffic-manager in namespace "${managerNamespace}" is ${manager.version}; ${OLDEST_MANAGER.join('.')} is the oldest that works.`,
      {
        hint: 'Ask the administrator of the cluster to upgrade it.',
      },
    )
  }
  return false
}

export const trafficManagerMissing = ({ managerNamespace }: Asked): KdeTpError =>
  new KdeTpError(
    'TRAFFIC_MANAGER_MISSING',
    `There is no traffic-manager in namespace "${managerNamespace}" of this cluster.`,
    {
      hint: 'Run again with --install-traffic-manager to install it (that takes an administrator), or set TELEPRESENCE_MANAGER_NAMESPACE in the environment’s .env if it is elsewhere.',
    },
  )

/** Throws WORKLOAD_UNKNOWN or WORKLOAD_NOT_READY. */
export function findWorkload({ workloads }: ClusterFacts, namespace: string, name: string): Workload {
  const workload = workloads.find(candidate => candidate.name === name)
  if (workload === undefined) {
    const names = workloads.map(candidate => candidate.name)
    throw new KdeTpError('WORKLOAD_UNKNOWN', `There is no workload "${name}" in namespace "${namespace}".`, {
      hint:
        names.length === 0
          ? 'The namespace has no Deployment, StatefulSet or ReplicaSet.'
          : `Name one of: ${names.join(', ')}.`,
    })
  }
  if (workload.ready > 0) return workload
  throw new KdeTpError(
    'WORKLOAD_NOT_READY',
    `${workload.kind} "${name}" has no ready pod (${workload.ready} of ${workload.desired}).`,
    {
      ...(workload.reason !== '' && { detail: workload.reason }),
      hint: `Look with: kubectl get pods --namespace ${namespace}`,
    },
  )
}

/** Throws PORT_UNKNOWN for a remote port that no service of the workload has. */
export function assertRemotePort(workload: Workload, remote: string): void {
  const ports = remotePorts(workload)
  if (ports.some(({ identifiers }) => identifiers.includes(remote))) return
  throw new KdeTpError('PORT_UNKNOWN', `No service of "${workload.name}" has a port "${remote}".`, {
    hint:
      ports.length === 0
        ? `No service selects the pods of "${workload.name}".`
        : `Name one of: ${ports.map(({ shown }) => shown).join(', ')}.`,
  })
}

function isOlder(version: string, oldest: readonly number[]): boolean {
  const numbers = /(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number)
  if (numbers === undefined) return false
  const index = oldest.findIndex((part, position) => part !== numbers[position])
  return index !== -1 && (numbers[index] ?? 0) < (oldest[index] ?? 0)
}
