import {
  demandsOf,
  devContainerIsWanted,
  devContainers,
  endOf,
  isAlive,
  isDemanded,
  isSpokenFor,
  isUp,
  type KeeperWorld,
  type KnownAttachment,
  namespaceIsWanted,
  quitOf,
  RESTART_SETTLES,
  speaksUntil,
} from './keeper-world.ts'
import { attachmentsOf, holdOf, isOfOurs, isSameHold, promised, uniqueHolds } from './known-attachments.ts'
import { ALL_OF_IT } from './lease.ts'
import type { ObservedContainer } from './observed.ts'
import { type HealingStep, planHealing } from './plan-healing.ts'

export type KeeperStep =
  | HealingStep
  | { readonly kind: 'detach'; readonly attachment: KnownAttachment; readonly because: string }
  | {
      readonly kind: 'remove-dev-container'
      readonly namespace: string
      readonly container: string
      /** Of the container, to be ended first. */
      readonly attachments: readonly KnownAttachment[]
      /** Containers that publish its ports and mount its volumes. */
      readonly publishers: readonly string[]
      /** It is of no use any more, or somebody has asked for it: whoever uses it. */
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

/** Decides what nobody wants any longer, and what is wanted and does not run. Ends first, then removes, then heals. */
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
  const isWanted = (namespace: string): boolean => !unwanted.includes(namespace)
  return [
    ...devSteps,
    ...namespaceSteps,
    ...namespaces.filter(isWanted).flatMap(namespace => planHealing(world, namespace)),
    ...(isOver ? [{ kind: 'leave', because: 'nothing is left to keep' } as const] : []),
  ]
}

/** When the plan may change though nothing happens: milliseconds since 1970. */
export function nextLook(world: KeeperWorld): number | undefined {
  const { leases, containers, retryAt, graceUntil, now } = world
  const ends = [
    ...leases.map(lease => speaksUntil(lease, world)),
    ...containers
      .flatMap(({ namespace }) => quitOf(world, namespace)?.at ?? [])
      .map(at => at + RESTART_SETTLES),
    ...retryAt.values(),
    graceUntil,
  ]
  const coming = ends.filter(end => end > now && Number.isFinite(end))
  return coming.length === 0 ? undefined : Math.min(...coming)
}

function endedDevContainers(world: KeeperWorld): readonly KeeperStep[] {
  return (
    devContainers(world)
      .filter(container => !devContainerIsWanted(world, container))
      // Of one that has stopped its commands leave by themselves, or are about to make it anew.
      .filter(container => endOf(world, container) !== undefined || !isSpokenFor(world, container.name))
      .map(container => ({
        kind: 'remove-dev-container',
        namespace: container.namespace ?? ALL_OF_IT,
        container: container.name,
        attachments: uniqueHolds(
          [...world.known, ...promised(world)]
            .filter(({ devContainer }) => devContainer === container.name)
            .filter(attachment => isOfOurs(world, attachment) && !isTakenOver(world, attachment)),
        ),
        publishers: publishersOf(world, container.name),
        isDemanded: endOf(world, container) !== undefined,
        because: whyEnded(world, container),
      }))
  )
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
  const end = endOf(world, container)
  if (end !== undefined) return ENDS[end]
  return isUp(container) ? 'its last command has ended' : 'it has stopped'
}

const ENDS = {
  demanded: 'somebody has asked for it',
  'session-stopped': 'somebody has stopped its session',
  'network-gone': 'the network that it was in is gone',
}

/** Attachments whose dev container is gone, or was never made, with no command left to make it. */
function attachmentsWithoutContainer(world: KeeperWorld): readonly KeeperStep[] {
  const present = new Set(devContainers(world).map(({ name }) => name))
  const orphans = [...world.known, ...promised(world)]
    .filter(({ devContainer }) => !present.has(devContainer) && !isSpokenFor(world, devContainer))
    .filter(attachment => isOfOurs(world, attachment) && !isTakenOver(world, attachment))
    .filter(attachment => (world.retryAt.get(holdOf(attachment)) ?? 0) <= world.now)
  return uniqueHolds(orphans).map(attachment => ({
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
