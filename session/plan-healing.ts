import type { Role } from '../compose/labels.ts'
import { mounterName } from '../compose/names.ts'
import {
  devContainerIsWanted,
  devContainers,
  inNamespace,
  type KeeperWorld,
  quitOf,
  sessionIsBeingReplaced,
} from './keeper-world.ts'
import type { ObservedContainer } from './observed.ts'

export type HealingStep =
  | {
      readonly kind: 'start'
      readonly namespace: string
      readonly container: string
      readonly because: string
    }
  | {
      readonly kind: 'make-session'
      readonly namespace: string
      /** Its label says what the session is made of. */
      readonly devContainer: string
      readonly because: string
    }
  | {
      readonly kind: 'mount-volumes'
      readonly namespace: string
      readonly workload: string
      readonly devContainer: string
      readonly because: string
    }

/** Each needs those before it. */
const IN_ORDER: readonly Role[] = ['holder', 'relay', 'session', 'dev', 'publisher', 'inlet']

/** Brings back what the dev containers of a namespace need and does not run, and those that fell with the engine. */
export function planHealing(world: KeeperWorld, namespace: string): readonly HealingStep[] {
  const wanted = devContainers(world).filter(
    container => container.namespace === namespace && devContainerIsWanted(world, container),
  )
  if (wanted[0] === undefined || isOnItsWayBack(world, namespace)) return []
  const starts = IN_ORDER.flatMap(role => startsOf(role, wanted, world, namespace))
  // Docker lists the newest first, so that is how the session was last wanted.
  const session = canMakeSession(world, namespace) ? [makeSession(namespace, wanted[0])] : []
  const mounts = wanted.flatMap(container => mountOf(container, wanted, world))
  const steps = [...starts, ...session, ...mounts]
  return steps.filter(step => (world.retryAt.get(targetOf(step)) ?? 0) <= world.now)
}

/** Without us: a session that has just quit may be, as by `docker restart`. */
const isOnItsWayBack = (world: KeeperWorld, namespace: string): boolean =>
  quitOf(world, namespace) !== undefined || sessionIsBeingReplaced(world, namespace)

/** What is not tried again for a while where it fails. */
export function targetOf(step: HealingStep): string {
  if (step.kind === 'start') return step.container
  return step.kind === 'make-session'
    ? `the session of ${step.namespace}`
    : `the volumes of ${step.workload} in ${step.namespace}`
}

function startsOf(
  role: Role,
  wanted: readonly ObservedContainer[],
  world: KeeperWorld,
  namespace: string,
): readonly HealingStep[] {
  // Without the network that it was in a container can't be started. Whoever makes the next one removes it.
  const hasHolder = inNamespace(world, namespace, 'holder') !== undefined
  return world.containers
    .filter(container => container.namespace === namespace && container.role === role)
    .filter(({ id }) => world.ended.has(id) && (role === 'holder' || hasHolder))
    .filter(({ name }) => role !== 'dev' || wanted.some(each => each.name === name))
    .map(({ id, name }) => ({ kind: 'start', namespace, container: name, because: whyStart(world, id) }))
}

function whyStart({ ended, keptSince, startedAt }: KeeperWorld, id: string): string {
  const ending = ended.get(id)
  if (ending !== undefined && ending.at < keptSince) return 'it has ended while no keeper was there'
  if (ending !== undefined && ending.at < startedAt) return 'the engine had stopped it'
  return `it has ended with exit code ${ending?.exitCode ?? '?'}`
}

/** Compose starts with it what it needs, and nothing can start what somebody has paused. */
const canMakeSession = (world: KeeperWorld, namespace: string): boolean =>
  inNamespace(world, namespace, 'session') === undefined &&
  NEEDED.every(role => inNamespace(world, namespace, role)?.state !== 'paused')

const NEEDED = ['holder', 'relay'] as const

const makeSession = (namespace: string, { name }: ObservedContainer): HealingStep => ({
  kind: 'make-session',
  namespace,
  devContainer: name,
  because: 'somebody has removed it',
})

/**
 * A mounter is never started again: it knows one pod, and may have ended because another one serves the volumes. One
 * dev container that is being made has got its mounter before.
 */
function mountOf(
  { name: devContainer, namespace = '', state, composeProject = '', attachment }: ObservedContainer,
  wanted: readonly ObservedContainer[],
  { containers, ended }: KeeperWorld,
): readonly HealingStep[] {
  if (attachment?.mount !== 'live' || state === 'created') return []
  const { workload } = attachment
  const mounter = containers
    .filter(each => wanted.some(({ name }) => name === each.devContainer))
    .find(({ name }) => name === mounterName(composeProject, namespace, workload))
  if (mounter !== undefined && !ended.has(mounter.id)) return []
  const because = mounter === undefined ? 'nothing mounts them' : 'its mounter has ended'
  return [{ kind: 'mount-volumes', namespace, workload, devContainer, because }]
}
