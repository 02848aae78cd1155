import type { KeeperWorld, KnownAttachment } from '../../session/keeper-world.ts'
import { isAlive, isUp } from '../../session/keeper-world.ts'
import { holdOf, leftOf, remember } from '../../session/known-attachments.ts'
import { containersOf, type ObservedContainer } from '../../session/observed.ts'
import { targetOf } from '../../session/plan-healing.ts'
import type { KeeperStep } from '../../session/plan-keeping.ts'
import { holder, ours, session } from '../fakes/containers.ts'
import { type Made, type Recipe, sessionOf, WHENS } from './recipe.ts'

const KEY = { workspacePath: ours.workspacePath ?? '', environment: ours.environment ?? '' }
/** The keeper was made at 1, its process started at 2; what ended did so half a unit before or after. */
const MOMENT = 1_000
const atOf = (when: (typeof WHENS)[number]): number => MOMENT * (WHENS.indexOf(when) + 0.5)
const LAST = MOMENT * WHENS.length

/** An engine with containers of ours and of others, and what the keeper knows besides. */
export interface Engine {
  readonly containers: readonly ObservedContainer[]
  readonly world: Omit<KeeperWorld, 'containers'>
}

export function inThought({ containers, leases, known, isGrace, passed }: Recipe): Engine {
  const now = LAST + passed
  const ended = containers.flatMap(({ name, fate }) =>
    typeof fate === 'string' ? [] : [[name, { exitCode: fate.exitCode, at: atOf(fate.when) }] as const],
  )
  return {
    containers: containers.map(toContainer),
    world: {
      leases: leases.map(lease => ({ ...lease, endedAt: lease.state === 'held' ? 0 : LAST })),
      known,
      now,
      graceUntil: isGrace ? now + 1 : 0,
      keptSince: MOMENT,
      startedAt: 2 * MOMENT,
      ended: new Map(ended),
      retryAt: new Map(),
    },
  }
}

function toContainer({ name, namespace, role, fate, life, owner, ...made }: Made): ObservedContainer {
  return {
    ...ours,
    id: name,
    name,
    namespace,
    role: owner === 'us' || owner === 'another workspace' ? role : undefined,
    workspacePath: {
      us: ours.workspacePath,
      edited: ours.workspacePath,
      'another workspace': '/other',
      nobody: undefined,
    }[owner],
    state: typeof fate === 'string' ? fate : 'exited',
    life,
    ...made,
  }
}

/** What the keeper sees of an engine. */
export function observed({ containers, world }: Engine): KeeperWorld {
  const seen = containersOf({ containers }, KEY)
  return { ...world, containers: seen, known: remember(world.known, seen) }
}

/** The engine as the steps leave it, and the attachments that have ended by them. */
export function afterSteps(
  steps: readonly KeeperStep[],
  engine: Engine,
): Engine & { readonly ended: readonly KnownAttachment[] } {
  const before = observed(engine)
  const asked = Object.groupBy(steps.flatMap(endedBy), each =>
    canBeAsked(before, each) ? 'answered' : 'silent',
  )
  const ended = asked.answered ?? []
  const unanswered = (asked.silent ?? []).reduce((left, each) => failed(left, holdOf(each)), engine)
  const last = steps.reduce(afterStep, unanswered)
  return {
    ended,
    containers: last.containers,
    world: {
      ...last.world,
      known: leftOf(before, ended),
      leases: before.leases.filter(lease => isAlive(lease, before)),
    },
  }
}

const canBeAsked = ({ containers }: KeeperWorld, { sessionContainer }: KnownAttachment): boolean =>
  containers.some(({ name, state }) => name === sessionContainer && state === 'running')

/** What a step asks to end. */
export function endedBy(step: KeeperStep): readonly KnownAttachment[] {
  if (step.kind === 'detach') return [step.attachment]
  return step.kind === 'remove-dev-container' ? step.attachments : []
}

function afterStep(engine: Engine, step: KeeperStep): Engine {
  switch (step.kind) {
    case 'detach':
      return engine
    case 'remove-dev-container':
      return without(engine, ({ name }) => [step.container, ...step.publishers].includes(name))
    case 'remove-publishers':
      return without(engine, ({ name }) => step.publishers.includes(name))
    case 'remove-namespace':
      return without(engine, each => isOurs(each) && each.namespace === step.namespace)
    case 'start':
      return started(engine, step.container, targetOf(step))
    case 'make-session':
      return withSession(engine, step.namespace)
    // No session of these worlds is connected to a cluster that could say where they are.
    case 'mount-volumes':
      return failed(engine, targetOf(step))
    case 'end-all':
    case 'leave':
      return without(engine, isOurs)
  }
}

const isOurs = (container: ObservedContainer): boolean =>
  containersOf({ containers: [container] }, KEY).length > 0

const without = (engine: Engine, isGone: (container: ObservedContainer) => boolean): Engine => ({
  ...engine,
  containers: engine.containers.filter(container => !isGone(container)),
})

/** One that joins a network can be started only where that runs; what can't is tried again later. */
function started(engine: Engine, name: string, target: string): Engine {
  const container = engine.containers.find(each => each.name === name)
  const holders = engine.containers.filter(
    ({ role, namespace }) => role === 'holder' && namespace === container?.namespace,
  )
  if (container?.role !== 'holder' && !holders.some(isUp)) return failed(engine, target)
  const ended = new Map(engine.world.ended)
  if (container !== undefined) ended.delete(container.id)
  return {
    containers: engine.containers.map(each => (each.name === name ? { ...each, state: 'running' } : each)),
    world: { ...engine.world, ended },
  }
}

const failed = (engine: Engine, target: string): Engine => ({
  ...engine,
  world: {
    ...engine.world,
    retryAt: new Map([...engine.world.retryAt, [target, engine.world.now + 5_000]]),
  },
})

function withSession(engine: Engine, namespace: string): Engine {
  const name = sessionOf(namespace)
  const hasHolder = engine.containers.some(
    each => isOurs(each) && each.role === 'holder' && each.namespace === namespace,
  )
  const made = [
    { ...session, id: name, name, namespace },
    ...(hasHolder ? [] : [{ ...holder, id: `holder-${namespace}`, name: `holder-${namespace}`, namespace }]),
  ]
  return { ...engine, containers: [...made, ...engine.containers] }
}
