import { overlapOf } from '../compose/subnet.ts'
import { t } from '../language/t.ts'
import type { ClusterFacts, Right } from './facts.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

/** Longer than that, and the traffic of a computer that dies is missed. */
const SHORT_ENOUGH = 120

/** The traffic-manager and what it allows. Its age is judged where it is used. */
export function judgeManager({ manager }: ClusterFacts, namespace: string): readonly Finding[] {
  if (manager.found === 'no') {
    const hint = t`Let an administrator install it, or run a mode with --install-traffic-manager.`
    return [failed(t`Traffic-manager`, t`There is none in namespace "${namespace}".`, hint)]
  }
  if (manager.found === 'forbidden') {
    const message = t`You may not read it in namespace "${namespace}", so its version and settings are not known.`
    return [
      warning(
        t`Traffic-manager`,
        message,
        t`Ask for the right to get deployments there, if you want to know.`,
      ),
    ]
  }
  return [
    ok(t`Traffic-manager`, t`${manager.version} in namespace "${namespace}".`),
    judgeTimeToLive(manager.connectionTimeToLive),
    ok(
      t`Agents`,
      manager.hasNodeAgents ? t`Node agents are enabled: no pod is started anew.` : ONLY_SIDECARS,
    ),
  ]
}

const ONLY_SIDECARS = t`Node agents are not enabled: the first attachment of a workload starts its pods anew.`

function judgeTimeToLive(timeToLive: string | undefined): Finding {
  const seconds = timeToLive === undefined ? undefined : secondsOf(timeToLive)
  const told = timeToLive ?? t`24h, its default`
  if (seconds !== undefined && seconds <= SHORT_ENOUGH)
    return ok(
      t`Traffic-manager`,
      t`It gives a workload back when its client has been silent for ${told}, or Telepresence's own client idle.`,
    )
  return warning(
    t`Traffic-manager`,
    t`It waits ${told} for a client that is silent: a computer that loses its power keeps its workloads so long.`,
    t`Ask the administrator for: telepresence helm upgrade --reuse-values --set grpc.connectionTTL=60s`,
  )
}

/** Of Go's way to write a duration, as `1m0s`; undefined for anything else. */
function secondsOf(duration: string): number | undefined {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration)
  if (match === null || duration === '') return undefined
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(part => Number(part ?? 0))
  return hours * 3600 + minutes * 60 + seconds
}

const USES: Readonly<Record<Right['use'], string>> = {
  connect: t`to connect`,
  'offer-namespaces': t`to offer namespaces`,
  'find-workloads': t`to find workloads`,
  'offer-ports': t`to offer and check ports`,
  'tell-arrival': t`to say when requests arrive`,
  'reach-agents': t`to talk to agents directly`,
  'tell-declared': t`to tell which variables are declared`,
}

/** A line for each right, so that the table can be shown to an administrator. */
export const judgeRights = (rights: readonly Right[]): readonly Finding[] =>
  rights.map(({ right, use, isNeeded, isAllowed }) => {
    if (isAllowed) return ok(t`Right`, `${right}: ${USES[use]}.`)
    const message = t`You may not ${right}: ${USES[use]}.`
    const hint = t`Ask the administrator of the cluster for it.`
    return isNeeded ? failed(t`Right`, message, hint) : warning(t`Right`, message, hint)
  })

/** Networks of this computer that have addresses of the cluster's too. */
export function judgeSubnets(
  { subnets }: ClusterFacts,
  own: readonly { readonly name: string; readonly subnet: string }[],
): readonly Finding[] {
  const overlapping = own.filter(({ subnet }) => overlapOf(subnet, subnets) !== undefined)
  if (overlapping.length === 0)
    return [ok(t`Addresses`, t`No network of this engine overlaps the cluster’s.`)]
  return overlapping.map(({ name, subnet }) =>
    warning(
      t`Addresses`,
      t`Docker's network "${name}" (${subnet}) overlaps ${overlapOf(subnet, subnets)} of the cluster.`,
      t`In a session the cluster wins; move that network where its containers are to be reached too.`,
    ),
  )
}
