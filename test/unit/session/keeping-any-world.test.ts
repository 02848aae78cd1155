import fc from 'fast-check'
import { test } from 'vitest'
import { isAlive, isUp, type KeeperWorld } from '../../../session/keeper-world.ts'
import { isSameHold } from '../../../session/known-attachments.ts'
import type { ObservedContainer } from '../../../session/observed.ts'
import { type KeeperStep, planKeeping } from '../../../session/plan-keeping.ts'
import { afterSteps, type Engine, endedBy, inThought, observed } from '../../worlds/model.ts'
import { anyRecipe, type Recipe } from '../../worlds/recipe.ts'

const isIn =
  (namespace: string | undefined) =>
  (other: { readonly namespace?: string | undefined }): boolean =>
    other.namespace === namespace

/** What somebody still wants, said without the plan's own words. */
function wishOf(world: KeeperWorld) {
  const { containers, leases, ended, startedAt, keptSince, now } = world
  const living = leases.filter(lease => isAlive(lease, world))
  const demands = leases.filter(lease => !isAlive(lease, world)).flatMap(({ demand }) => demand ?? [])
  const isOver = demands.some(({ type }) => type === 'end-all')
  const isDemanded = (name: string) => demands.some(each => each.type === 'end' && each.devContainer === name)
  const fell = ({ id }: ObservedContainer) => {
    const at = ended.get(id)?.at
    return at !== undefined && at > keptSince && at < startedAt
  }
  const quits = containers.filter(({ id, role }) => {
    const { exitCode = 137, at = 0 } = ended.get(id) ?? {}
    return role === 'session' && [0, 3].includes(exitCode) && at > startedAt
  })
  const isStopped = (namespace: string | undefined) =>
    quits.some(quit => quit.namespace === namespace && now - (ended.get(quit.id)?.at ?? 0) >= 3_000)
  const holderOf = (namespace: string | undefined) =>
    containers.find(each => each.role === 'holder' && each.namespace === namespace)
  const isWanted = (container: ObservedContainer) => {
    const { name, namespace, life, state } = container
    const holder = holderOf(namespace)
    const isLeft = leases.some(({ state, dev }) => state === 'farewell' && dev?.devContainer === name)
    const isUsed = (world.graceUntil > now && !isLeft) || living.some(({ dev }) => dev?.devContainer === name)
    if (state === 'created') return isUsed
    if (isUp(container)) return holder !== undefined && isUp(holder) && (isUsed || life === 'detached')
    return life === 'detached' && fell(container) && holder !== undefined && fell(holder)
  }
  const isEnded = ({ name, namespace }: ObservedContainer) =>
    isOver || isDemanded(name) || isStopped(namespace)
  const devContainers = containers.filter(each => each.role === 'dev' && !isEnded(each)).filter(isWanted)
  const namespaces = containers
    .map(({ namespace }) => namespace)
    .filter(each => !isOver && (world.graceUntil > now || [...living, ...devContainers].some(isIn(each))))
  const replacing = living.filter(({ replacesSession }) => replacesSession)
  const mayComeBack = (namespace: string | undefined) => [...quits, ...replacing].some(isIn(namespace))
  return { devContainers, namespaces: new Set(namespaces), living, mayComeBack, isOver, isDemanded }
}

const isNamed =
  (name: string) =>
  (other: ObservedContainer): boolean =>
    other.name === name

const namesOf = (containers: readonly ObservedContainer[]) => containers.map(({ name }) => name).toSorted()

/** The engine before and after, with what was done. */
function play(recipe: Recipe) {
  const engine = inThought(recipe)
  const before = observed(engine)
  const steps = planKeeping(before)
  const left = afterSteps(steps, engine)
  return { engine, before, steps, left, after: observed(left), wish: wishOf(before) }
}

const forAny = (check: (played: ReturnType<typeof play>) => void): void =>
  fc.assert(fc.property(anyRecipe, recipe => check(play(recipe))))

test('carrying the plan out leaves just the dev containers that somebody wants, and they run', ({ expect }) =>
  forAny(({ after, wish }) => {
    const spokenFor = new Set(wish.living.flatMap(({ dev }) => dev?.devContainer ?? []))
    const left = after.containers
      .filter(({ role }) => role === 'dev')
      .filter(each => isUp(each) || wish.devContainers.some(isNamed(each.name)) || !spokenFor.has(each.name))
    expect(namesOf(left)).toEqual(namesOf(wish.devContainers))
    const fallen = left.filter(({ state, namespace }) => state === 'exited' && !wish.mayComeBack(namespace))
    expect(namesOf(fallen)).toEqual([])
  }))

test('it leaves nothing of a namespace that nobody wants, and does not touch the connection of one that somebody does', ({
  expect,
}) =>
  forAny(({ before, after, wish }) => {
    const isLeft = ({ namespace = '' }: ObservedContainer) => wish.namespaces.has(namespace)
    expect(namesOf(after.containers.filter(each => !isLeft(each)))).toEqual([])
    const connections = before.containers.filter(({ role }) => role === 'holder' || role === 'session')
    expect(namesOf(after.containers)).toEqual(expect.arrayContaining(namesOf(connections.filter(isLeft))))
  }))

test('it brings back the connection that a dev container needs, where its network is still there and runs', ({
  expect,
}) =>
  forAny(({ before, after, wish }) => {
    const hasHolder = (namespace: string | undefined) =>
      before.containers
        .filter(isIn(namespace))
        .some(({ role, state }) => role === 'holder' && state !== 'paused')
    const namespaces = wish.devContainers
      .map(({ namespace }) => namespace)
      .filter(each => hasHolder(each) && !wish.mayComeBack(each))
    const connections = after.containers.filter(({ role }) => role === 'holder' || role === 'session')
    for (const namespace of namespaces) {
      const states = connections.filter(isIn(namespace)).map(({ state }) => state)
      expect(states.filter(state => state !== 'exited')).toHaveLength(2)
    }
  }))

test('it leaves what publishes and mounts for a dev container only where that is there, or about to be', ({
  expect,
}) =>
  forAny(({ before, after, wish }) => {
    if (before.now < before.graceUntil) return
    const needed = new Set([
      ...wish.devContainers.map(({ name }) => name),
      ...wish.living.flatMap(({ dev }) => dev?.devContainer ?? []),
    ])
    const left = after.containers.filter(
      ({ role }) => role === 'publisher' || role === 'inlet' || role === 'mounter',
    )
    expect(left.filter(({ devContainer = '' }) => !needed.has(devContainer))).toEqual([])
  }))

test('it ends no attachment that a dev container has, or a living command', ({ expect }) =>
  forAny(({ before, steps, wish }) => {
    const has = new Set(wish.devContainers.map(({ name }) => name))
    const held = [
      ...before.known.filter(({ devContainer }) => has.has(devContainer)),
      ...wish.living.flatMap(({ dev, isAttached, namespace }) =>
        dev && isAttached && !wish.isDemanded(dev.devContainer) ? [{ ...dev, namespace }] : [],
      ),
    ]
    const ended = steps.flatMap(endedBy)
    expect(ended.filter(each => held.some(other => isSameHold(other, each)))).toEqual([])
  }))

test('it ends each attachment that nobody has any more, as far as its session can be asked', ({ expect }) =>
  forAny(({ before, after, wish }) => {
    const has = new Set([
      ...wish.devContainers.map(({ name }) => name),
      ...wish.living.flatMap(({ dev }) => dev?.devContainer ?? []),
    ])
    const couldAnswer = before.containers.filter(
      ({ role, state }) => role === 'session' && state === 'running',
    )
    const living = wish.living.flatMap(({ dev, namespace }) => (dev ? [{ ...dev, namespace }] : []))
    const owned = [...after.known, ...living].filter(({ devContainer }) => has.has(devContainer))
    const left = after.known
      .filter(({ devContainer }) => !has.has(devContainer))
      .filter(each =>
        couldAnswer.some(
          ({ name, namespace }) => name === each.sessionContainer && namespace === each.namespace,
        ),
      )
      .filter(each => !owned.some(other => isSameHold(other, each)))
    expect(left).toEqual([])
  }))

test('a second plan is empty, but for what comes of a session that was made anew', ({ expect }) =>
  forAny(({ steps, after }) => {
    const made = steps.flatMap(step => (step.kind === 'make-session' ? [step.namespace] : []))
    const namespaceOf = (step: KeeperStep) =>
      step.kind === 'detach' ? step.attachment.namespace : 'namespace' in step ? step.namespace : ''
    const again = planKeeping(after).filter(step => !made.includes(namespaceOf(step)))
    expect(again.filter(({ kind }) => kind !== 'leave')).toEqual([])
  }))

test('where nothing is wanted all is removed, the keeper last', ({ expect }) =>
  fc.assert(
    fc.property(anyRecipe, recipe => {
      const { steps, after, wish } = play({
        ...recipe,
        isGrace: false,
        leases: recipe.leases.map(lease => ({ ...lease, state: 'farewell' })),
        containers: recipe.containers.map(each => ({ ...each, life: 'leased' })),
      })
      expect(steps.at(-1)?.kind).toBe(wish.isOver ? 'end-all' : 'leave')
      expect(after.containers).toEqual([])
    }),
  ))

test('nothing without our labels is ever touched, whatever is asked for', ({ expect }) =>
  forAny(({ engine, before, steps, left }) => {
    const ours = new Set(namesOf(before.containers))
    expect(steps.flatMap(touchedBy).filter(name => !ours.has(name))).toEqual([])
    expect(foreignOf(left, ours)).toEqual(foreignOf(engine, ours))
  }))

/** The containers that a step names. */
function touchedBy(step: KeeperStep): readonly string[] {
  const sessions = endedBy(step).map(({ sessionContainer }) => sessionContainer)
  switch (step.kind) {
    case 'remove-dev-container':
      return [...sessions, step.container, ...step.publishers]
    case 'remove-publishers':
      return step.publishers
    case 'start':
      return [step.container]
    case 'make-session':
      return [step.devContainer]
    default:
      return sessions
  }
}

const foreignOf = ({ containers }: Engine, ours: ReadonlySet<string>) =>
  containers.filter(
    ({ name, role, workspacePath }) => !ours.has(name) && (role === undefined || workspacePath === '/other'),
  )
