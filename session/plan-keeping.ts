import { ALL_OF_IT, type Demand, type Lease } from './lease.ts'
import { isRunning, type ObservedContainer } from './observed.ts'

/** How long what a lost lease held is still wanted: its command may be taking a new one. */
export const LOST_LEASE_GRACE = 15_000
/** After the keeper's own start beside older containers: their commands need time to take their leases again. */
export const RESTART_GRACE = 30_000

/** An attachment that the keeper ends when its dev container is gone. */
export interface KnownAttachment {
  readonly namespace: string
  readonly devContainer: string
  readonly sessionContainer: string
  readonly workload: string
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
}

export type KeeperStep =
  | { readonly kind: 'detach'; readonly attachment: KnownAttachment; readonly because: string }
  | {
      readonly kind: 'remove-dev-container'
      readonly namespace: string
      readonly container: string
      /** Of the container, to be ended first. */
      readonly attachments: readonly KnownAttachment[]
      /** Containers that publish its ports and mount its volumes. */
      readonly publishers: readonly string[]
      /** Somebody has asked for it, whoever uses it. */
      readonly isDemanded: boolean
      readonly because: string
    }
  | {
      readonly kind: 'remove-publishers'
      readonly namespace: string
      readonly devContainer: string
      readonly publishers: readonly string[]
      readonly because: string
    }
  | { readonly kind: 'remove-namespace'; readonly namespace: string; readonly because: string }
  | { readonly kind: 'end-all'; readonly because: string }
  | { readonly kind: 'leave'; readonly because: string }

/** Decides what nobody wants any longer. Ends first, then removes, the keeper itself last. */
export function planKeeping(world: KeeperWorld): readonly KeeperStep[] {
  if (demandsOf(world).some(({ type }) => type === 'end-all'))
    return [{ kind: 'end-all', because: 'somebody has asked for it' }]
  const devSteps = [
    ...endedDevContainers(world),
    ...attachmentsWithoutContainer(world),
    ...publishersWithoutContainer(world),
  ]
  const namespaces = [
    ...new Set(world.containers.map(({ namespace }) => namespace).filter(name => name !== undefined)),
  ]
  const unwanted = namespaces.filter(namespace => !namespaceIsWanted(world, namespace))
  const namespaceSteps = unwanted.map(
    namespace => ({ kind: 'remove-namespace', namespace, because: 'nobody uses it' }) as const,
  )
  const isOver =
    unwanted.length === namespaces.length &&
    world.leases.every(lease => !isAlive(lease, world)) &&
    world.now >= world.graceUntil
  return [
    ...devSteps,
    ...namespaceSteps,
    ...(isOver ? [{ kind: 'leave', because: 'nothing is left to keep' } as const] : []),
  ]
}

/** When the plan may change though nothing happens: milliseconds since 1970. */
export function nextLook({ leases, graceUntil, now }: KeeperWorld): number | undefined {
  const ends = [
    ...leases.filter(({ state }) => state === 'lost').map(({ endedAt }) => endedAt + LOST_LEASE_GRACE),
    graceUntil,
  ]
  const coming = ends.filter(end => end > now)
  return coming.length === 0 ? undefined : Math.min(...coming)
}

/** A lease still speaks for what it is on. */
export function isAlive(lease: Lease, { now }: Pick<KeeperWorld, 'now'>): boolean {
  if (lease.demand !== undefined) return lease.state === 'held'
  return lease.state === 'held' || (lease.state === 'lost' && now < lease.endedAt + LOST_LEASE_GRACE)
}

/** Taken up however their commands ended: a demand was said whole. */
const demandsOf = (world: KeeperWorld): readonly Demand[] =>
  world.leases.filter(lease => !isAlive(lease, world)).flatMap(({ demand }) => demand ?? [])

const isDemanded = (world: KeeperWorld, devContainer: string): boolean =>
  demandsOf(world).some(demand => demand.type === 'end' && demand.devContainer === devContainer)

const devContainers = ({ containers }: KeeperWorld): readonly ObservedContainer[] =>
  containers.filter(({ role }) => role === 'dev')

function endedDevContainers(world: KeeperWorld): readonly KeeperStep[] {
  return devContainers(world)
    .filter(container => !devContainerIsWanted(world, container))
    .map(container => ({
      kind: 'remove-dev-container',
      namespace: container.namespace ?? ALL_OF_IT,
      container: container.name,
      attachments: world.known
        .filter(({ devContainer }) => devContainer === container.name)
        .filter(attachment => !isTakenOver(world, attachment)),
      publishers: publishersOf(world, container.name),
      isDemanded: isDemanded(world, container.name),
      because: whyEnded(world, container),
    }))
}

const publishers = ({ containers }: KeeperWorld): readonly ObservedContainer[] =>
  containers.filter(({ role }) => role === 'publisher' || role === 'inlet' || role === 'mounter')

const publishersOf = (world: KeeperWorld, devContainer: string): readonly string[] =>
  publishers(world)
    .filter(container => container.devContainer === devContainer)
    .map(({ name }) => name)

/** Their dev container was removed by others. */
function publishersWithoutContainer(world: KeeperWorld): readonly KeeperStep[] {
  if (world.now < world.graceUntil) return []
  const present = new Set(devContainers(world).map(({ name }) => name))
  const groups = Map.groupBy(publishers(world), ({ devContainer = '' }) => devContainer)
  return [...groups]
    .filter(([devContainer]) => !present.has(devContainer) && !isSpokenFor(world, devContainer))
    .map(([devContainer, group]) => ({
      kind: 'remove-publishers',
      namespace: group[0]?.namespace ?? ALL_OF_IT,
      devContainer,
      publishers: group.map(({ name }) => name),
      because: 'the dev container that they serve is gone',
    }))
}

function whyEnded(world: KeeperWorld, container: ObservedContainer): string {
  if (isDemanded(world, container.name)) return 'somebody has asked for it'
  return isRunning(container) ? 'its last command has ended' : 'it has stopped'
}

/** Attachments whose dev container is gone, or was never made, with no command left to make it. */
function attachmentsWithoutContainer(world: KeeperWorld): readonly KeeperStep[] {
  const present = new Set(devContainers(world).map(({ name }) => name))
  const promised = world.leases.filter(lease => !isAlive(lease, world)).flatMap(attachmentsOf)
  const orphans = [...world.known, ...promised]
    .filter(({ devContainer }) => !present.has(devContainer) && !isSpokenFor(world, devContainer))
    .filter(attachment => !isTakenOver(world, attachment))
  const unique = new Map(
    orphans.map(attachment => [`${attachment.sessionContainer}/${attachment.workload}`, attachment]),
  )
  return [...unique.values()].map(attachment => ({
    kind: 'detach',
    attachment,
    because: 'its dev container is gone',
  }))
}

/** One session holds a workload once, so to end what one dev container had would end what another has by now. */
function isTakenOver(world: KeeperWorld, attachment: KnownAttachment): boolean {
  const wanted = devContainers(world).filter(container => devContainerIsWanted(world, container))
  const living = world.leases
    .filter(lease => lease.isAttached && isAlive(lease, world))
    .filter(({ dev }) => dev !== undefined && !isDemanded(world, dev.devContainer))
  return [
    ...world.known.filter(({ devContainer }) => wanted.some(({ name }) => name === devContainer)),
    ...living.flatMap(attachmentsOf),
  ].some(held => isSameHold(held, attachment))
}

const attachmentsOf = ({ namespace, dev }: Lease): readonly KnownAttachment[] =>
  dev === undefined ? [] : [{ ...dev, namespace }]

/** Both are of one session and workload, in which there is one attachment. */
export const isSameHold = (one: KnownAttachment, other: KnownAttachment): boolean =>
  one.sessionContainer === other.sessionContainer && one.workload === other.workload

/** A living command uses the dev container, or is about to make it. */
export const isSpokenFor = (world: Pick<KeeperWorld, 'leases' | 'now'>, devContainer: string): boolean =>
  world.leases.some(lease => isAlive(lease, world) && lease.dev?.devContainer === devContainer)

function devContainerIsWanted(world: KeeperWorld, container: ObservedContainer): boolean {
  if (isDemanded(world, container.name)) return false
  const isUsed = isSpokenFor(world, container.name)
  // Compose has made it and is about to start it.
  if (container.state === 'created') return isUsed || world.now < world.graceUntil
  return isRunning(container) && (container.life === 'detached' || isUsed || world.now < world.graceUntil)
}

function namespaceIsWanted(world: KeeperWorld, namespace: string): boolean {
  if (world.now < world.graceUntil) return true
  if (world.leases.some(lease => lease.namespace === namespace && isAlive(lease, world))) return true
  return devContainers(world).some(
    container => container.namespace === namespace && devContainerIsWanted(world, container),
  )
}
