import type { Role } from '../compose/labels.ts'
import type { Demand, Lease } from './lease.ts'
import type { ObservedContainer } from './observed.ts'

/** How long what a lost lease held is still wanted: its command may be taking a new one. */
export const LOST_LEASE_GRACE = 15_000
/** In a grace the other commands in a dev container have so long to take their leases again, once one has left it. */
export const FAREWELL_GRACE = 5_000
/** After the keeper's own start beside older containers: their commands need time to take their leases again. */
export const RESTART_GRACE = 30_000

/** `docker restart` has a session started again in less. */
export const RESTART_SETTLES = 3_000
/** Exit codes of a session that was asked to end: with its attachments, or without being able to tell the cluster. */
export const QUIT_UNTOLD = 3
const QUIT: ReadonlySet<number> = new Set([0, QUIT_UNTOLD])

/** An attachment that the keeper ends when its dev container is gone. */
export interface KnownAttachment {
  readonly namespace: string
  readonly devContainer: string
  readonly sessionContainer: string
  readonly workload: string
  /** Its volumes are mounted here, live. */
  readonly isMounted?: boolean | undefined
}

export interface KeeperWorld {
  /** All containers of the environment but the keeper itself. */
  readonly containers: readonly ObservedContainer[]
  readonly leases: readonly Lease[]
  /** Attachments of dev containers seen so far. */
  readonly known: readonly KnownAttachment[]
  readonly now: number
  /** Until then nothing without a lease is called abandoned. */
  readonly graceUntil: number
  /** When the keeper's container was made, and when this process of it was started. */
  readonly keptSince: number
  readonly startedAt: number
  /** How those containers ended that do not run, by their ids. */
  readonly ended: ReadonlyMap<string, Ending>
  /** What could not be brought back, by its name: not to be tried again before that time. */
  readonly retryAt: ReadonlyMap<string, number>
}

/** How a container ended, and when: milliseconds since 1970. */
export interface Ending {
  readonly exitCode: number
  readonly at: number
}

/** By which a lease speaks or not. */
export type Moment = Pick<KeeperWorld, 'now' | 'graceUntil'>

/** A lease still speaks for what it is on. */
export const isAlive = (lease: Lease, moment: Moment): boolean => moment.now < speaksUntil(lease, moment)

/** Milliseconds since 1970; no time that passes ends one that is held, and none brings back a demand that was said. */
export function speaksUntil({ demand, state, endedAt }: Lease, { graceUntil }: Moment): number {
  if (state === 'held') return Number.POSITIVE_INFINITY
  if (demand !== undefined) return 0
  if (state === 'lost') return endedAt + LOST_LEASE_GRACE
  return Math.min(graceUntil, endedAt + FAREWELL_GRACE)
}

/** Taken up however their commands ended: a demand was said whole. */
export const demandsOf = (world: KeeperWorld): readonly Demand[] =>
  world.leases.filter(lease => !isAlive(lease, world)).flatMap(({ demand }) => demand ?? [])

export const isDemanded = (world: KeeperWorld, devContainer: string): boolean =>
  demandsOf(world).some(demand => demand.type === 'end' && demand.devContainer === devContainer)

export const devContainers = ({
  containers,
}: Pick<KeeperWorld, 'containers'>): readonly ObservedContainer[] =>
  containers.filter(({ role }) => role === 'dev')

/** A living command is making the namespace's session anew. */
export const sessionIsBeingReplaced = (world: KeeperWorld, namespace: string): boolean =>
  world.leases.some(lease => lease.replacesSession && lease.namespace === namespace && isAlive(lease, world))

/** A living command uses the dev container, or is about to make it. */
export const isSpokenFor = (world: Moment & Pick<KeeperWorld, 'leases'>, devContainer: string): boolean =>
  world.leases.some(lease => isAlive(lease, world) && lease.dev?.devContainer === devContainer)

/** In a grace a command that nothing is heard of may be using it, but for one that somebody has just left. */
const mayBeUsed = (world: KeeperWorld, devContainer: string): boolean =>
  isSpokenFor(world, devContainer) ||
  (world.now < world.graceUntil &&
    !world.leases.some(({ state, dev }) => state === 'farewell' && dev?.devContainer === devContainer))

export function devContainerIsWanted(world: KeeperWorld, container: ObservedContainer): boolean {
  if (endOf(world, container) !== undefined) return false
  // Compose has made it and is about to start it.
  if (container.state === 'created') return mayBeUsed(world, container.name)
  if (container.life === 'detached') return isUp(container) || fellWithEngine(world, container)
  return isUp(container) && mayBeUsed(world, container.name)
}

/** Why a dev container is over, whoever uses it; undefined of one that may go on. */
export function endOf(
  world: KeeperWorld,
  container: ObservedContainer,
): 'demanded' | 'session-stopped' | 'network-gone' | undefined {
  if (isDemanded(world, container.name)) return 'demanded'
  if (sessionWasStopped(world, container.namespace)) return 'session-stopped'
  return lostItsNetwork(world, container) ? 'network-gone' : undefined
}

/** Its holder ended or was removed under it. A container that has joined a network cannot be led to another. */
function lostItsNetwork(world: KeeperWorld, container: ObservedContainer): boolean {
  const holder = inNamespace(world, container.namespace, 'holder')
  return isUp(container) && (holder === undefined || world.ended.has(holder.id))
}

/** One that is paused has its processes, and goes on. */
export const isUp = ({ state }: ObservedContainer): boolean => state === 'running' || state === 'paused'

export function namespaceIsWanted(world: KeeperWorld, namespace: string): boolean {
  if (world.now < world.graceUntil) return true
  if (world.leases.some(lease => lease.namespace === namespace && isAlive(lease, world))) return true
  return devContainers(world).some(
    container => container.namespace === namespace && devContainerIsWanted(world, container),
  )
}

/** The one of a role in a namespace. */
export const inNamespace = (
  { containers }: KeeperWorld,
  namespace: string | undefined,
  role: Role,
): ObservedContainer | undefined =>
  containers.find(container => container.namespace === namespace && container.role === role)

/**
 * A session that quit when it was asked to, while the keeper was there, and was not started again: somebody has stopped
 * it, and that is not fought. An engine that ends ends the keeper too.
 */
function sessionWasStopped(world: KeeperWorld, namespace: string | undefined): boolean {
  const ending = quitOf(world, namespace)
  return ending !== undefined && world.now >= ending.at + RESTART_SETTLES
}

/** How a session ended that quit when it was asked to; undefined of any other. */
export function quitOf(world: KeeperWorld, namespace: string | undefined): Ending | undefined {
  const session = inNamespace(world, namespace, 'session')
  const ending = session === undefined ? undefined : world.ended.get(session.id)
  return ending !== undefined && ending.at > world.startedAt && QUIT.has(ending.exitCode) ? ending : undefined
}

/** It ended together with the network that it is in, after the keeper was made and before it was started again. */
function fellWithEngine(world: KeeperWorld, container: ObservedContainer): boolean {
  const holder = inNamespace(world, container.namespace, 'holder')
  return [container, holder].every(each => {
    const ending = each === undefined ? undefined : world.ended.get(each.id)
    return ending !== undefined && ending.at > world.keptSince && ending.at < world.startedAt
  })
}
