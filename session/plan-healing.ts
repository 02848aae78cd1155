import type { Role } from '../compose/labels.ts'
import { devContainerIsWanted, devContainers, inNamespace, type KeeperWorld, quitOf } from './keeper-world.ts'
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

/** Each needs those before it. */
const IN_ORDER: readonly Role[] = ['holder', 'relay', 'session', 'dev', 'publisher', 'inlet']

/** Brings back what the dev containers of a namespace need and does not run, and those that fell with the engine. */
export function planHealing(world: KeeperWorld, namespace: string): readonly HealingStep[] {
  const wanted = devContainers(world).filter(
    container => container.namespace === namespace && devContainerIsWanted(world, container),
  )
  // A session that has just quit may be on its way back.
  if (wanted[0] === undefined || quitOf(world, namespace) !== undefined) return []
  const starts = IN_ORDER.flatMap(role => startsOf(role, wanted, world, namespace))
  const hasSession = inNamespace(world, namespace, 'session') !== undefined
  // Docker lists the newest first, so that is how the session was last wanted.
  const steps = hasSession ? starts : [...starts, makeSession(namespace, wanted[0])]
  return steps.filter(step => (world.retryAt.get(targetOf(step)) ?? 0) <= world.now)
}

/** What is not tried again for a while where it fails. */
export const targetOf = (step: HealingStep): string =>
  step.kind === 'start' ? step.container : `the session of ${step.namespace}`

function startsOf(
  role: Role,
  wanted: readonly ObservedContainer[],
  world: KeeperWorld,
  namespace: string,
): readonly HealingStep[] {
  return world.containers
    .filter(container => container.namespace === namespace && container.role === role)
    .filter(({ id }) => world.ended.has(id))
    .filter(({ name }) => role !== 'dev' || wanted.some(each => each.name === name))
    .map(({ id, name }) => ({ kind: 'start', namespace, container: name, because: whyStart(world, id) }))
}

function whyStart({ ended, startedAt }: KeeperWorld, id: string): string {
  const ending = ended.get(id)
  if (ending !== undefined && ending.at < startedAt) return 'the engine had stopped it'
  return `it has ended with exit code ${ending?.exitCode ?? '?'}`
}

const makeSession = (namespace: string, { name }: ObservedContainer): HealingStep => ({
  kind: 'make-session',
  namespace,
  devContainer: name,
  because: 'somebody has removed it',
})
