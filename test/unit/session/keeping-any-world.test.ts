import fc from 'fast-check'
import { test } from 'vitest'
import {
  isAlive,
  type KeeperWorld,
  type KnownAttachment,
  LOST_LEASE_GRACE,
} from '../../../session/keeper-world.ts'
import type { Lease } from '../../../session/lease.ts'
import type { ObservedContainer } from '../../../session/observed.ts'
import { isSameHold, type KeeperStep, planKeeping } from '../../../session/plan-keeping.ts'
import { devContainer, holder, interceptOfApi, mounter, session } from '../../fakes/containers.ts'

const NOW = 1_000_000
const anyName = fc.constantFrom('d1', 'd2', 'd3')
const anyNamespace = fc.constantFrom('a', 'b')
const anyAttachment = fc.record({
  namespace: anyNamespace,
  devContainer: anyName,
  sessionContainer: fc.constant('s'),
  workload: anyName,
})
const anyContainer: fc.Arbitrary<ObservedContainer> = fc.record({
  ...Object.fromEntries(Object.entries(devContainer).map(([key, value]) => [key, fc.constant(value)])),
  name: anyName,
  namespace: anyNamespace,
  role: fc.constantFrom('dev', 'publisher', 'inlet', 'mounter'),
  state: fc.constantFrom('running', 'created', 'exited', 'paused'),
  life: fc.constantFrom('leased', 'detached'),
  devContainer: fc.option(anyName, { nil: undefined }),
  attachment: fc.constantFrom(interceptOfApi, { ...interceptOfApi, mount: 'live' as const }),
}) as fc.Arbitrary<ObservedContainer>
const anyLease: fc.Arbitrary<Lease> = fc.record({
  id: fc.uuid(),
  namespace: anyNamespace,
  dev: fc.option(anyAttachment, { nil: undefined }),
  isAttached: fc.boolean(),
  demand: fc.option(fc.record({ type: fc.constant('end' as const), devContainer: anyName }), {
    nil: undefined,
  }),
  state: fc.constantFrom('held', 'farewell', 'lost'),
  endedAt: fc.integer({ min: NOW - 2 * LOST_LEASE_GRACE, max: NOW }),
})
const mounterOf = ({ namespace, devContainer }: { namespace: string; devContainer: string }) => ({
  ...mounter,
  id: `kde-tp-demo-mount-${namespace}-api`,
  name: `kde-tp-demo-mount-${namespace}-api`,
  ...{ namespace, devContainer },
})

/** Each namespace has at most one of each. */
const anySupport = fc.subarray(
  ['a', 'b'].flatMap(namespace => [
    { ...holder, name: `holder-${namespace}`, namespace },
    { ...session, name: `session-${namespace}`, namespace },
    mounterOf({ namespace, devContainer: 'd1' }),
  ]),
)
const anyState = fc.constantFrom('running', 'exited', 'paused')
const anyContainers = fc
  .tuple(
    anySupport,
    fc.array(anyState, { minLength: 6, maxLength: 6 }),
    fc.uniqueArray(anyContainer, { selector: ({ name }) => name }),
  )
  .map(([support, states, others]) =>
    [...support.map((container, at) => ({ ...container, state: states[at] ?? 'running' })), ...others].map(
      container => ({ ...container, id: container.name }),
    ),
  )
const anyEnding = fc.record({
  exitCode: fc.constantFrom(0, 1, 3, 137),
  at: fc.integer({ min: NOW - 10_000, max: NOW }),
})
const anyWorld: fc.Arbitrary<KeeperWorld> = fc
  .record({
    containers: anyContainers,
    leases: fc.array(anyLease, { maxLength: 4 }),
    known: fc.array(anyAttachment, { maxLength: 4 }),
    now: fc.constant(NOW),
    graceUntil: fc.integer({ min: NOW - 1, max: NOW + 1 }),
    keptSince: fc.integer({ min: NOW - 10_000, max: NOW - 8_000 }),
    startedAt: fc.integer({ min: NOW - 8_000, max: NOW }),
    endings: fc.array(anyEnding, { minLength: 8, maxLength: 8 }),
  })
  .map(({ endings, ...any }) => ({
    ...any,
    retryAt: new Map(),
    ended: new Map(
      any.containers.flatMap(({ id, state }, at) => {
        const ending = endings[at % endings.length]
        return state === 'exited' && ending !== undefined ? [[id, ending]] : []
      }),
    ),
  }))

function detachedBy(step: KeeperStep): readonly KnownAttachment[] {
  if (step.kind === 'detach') return [step.attachment]
  return step.kind === 'remove-dev-container' ? step.attachments : []
}

/** The world as the steps leave it, if the containers were all that there was. */
function after(steps: readonly KeeperStep[], before: KeeperWorld): KeeperWorld {
  const started = new Set(steps.flatMap(step => (step.kind === 'start' ? [step.container] : [])))
  const made = steps.flatMap(({ kind, ...step }) =>
    kind === 'make-session' && 'namespace' in step
      ? [{ ...session, namespace: step.namespace, name: `session-${step.namespace}` }]
      : [],
  )
  const mounted = steps.flatMap(step =>
    step.kind === 'mount-volumes' ? [{ ...mounterOf(step), id: 'anew' }] : [],
  )
  const gone = new Set(
    steps.flatMap(step => [
      ...(step.kind === 'remove-dev-container' ? [step.container] : []),
      ...('publishers' in step ? step.publishers : []),
      ...(step.kind === 'remove-namespace' ? [step.namespace] : []),
      ...mounted.map(({ name }) => name),
    ]),
  )
  const ended = steps.flatMap(detachedBy)
  return {
    ...before,
    containers: [
      ...mounted,
      ...[...made, ...before.containers].filter(
        ({ name, namespace }) => !gone.has(name) && !gone.has(namespace ?? ''),
      ),
    ].map(container => (started.has(container.name) ? { ...container, state: 'running' } : container)),
    ended: new Map([...before.ended].filter(([id]) => !started.has(id))),
    known: before.known.filter(known => !ended.some(other => isSameHold(other, known))),
    leases: before.leases.filter(known => isAlive(known, before)),
  }
}

/** What somebody still wants, said without the plan's own words. */
function wantedOf(any: KeeperWorld) {
  const living = any.leases.filter(known => isAlive(known, any))
  const demanded = any.leases.flatMap(({ demand, state }) =>
    demand?.type === 'end' && state !== 'held' ? [demand.devContainer] : [],
  )
  const isWanted = (name: string) => !demanded.includes(name)
  const networks = any.containers.filter(({ role, state }) => role === 'holder' && state !== 'exited')
  const stopped = any.containers.filter(({ id, role }) => {
    const { exitCode = 137, at = 0 } = any.ended.get(id) ?? {}
    return role === 'session' && [0, 3].includes(exitCode) && at > any.startedAt
  })
  const isIn = (namespace: string | undefined) => (other: ObservedContainer) => other.namespace === namespace
  const running = any.containers.filter(
    ({ role, state, namespace }) =>
      role === 'dev' &&
      (state === 'running' || state === 'paused') &&
      networks.some(isIn(namespace)) &&
      !stopped.some(isIn(namespace)),
  )
  const detached = running.filter(({ life, name }) => life === 'detached' && isWanted(name))
  const promised = living.flatMap(({ dev }) => dev?.devContainer ?? [])
  const containers = [...detached.map(({ name }) => name), ...promised].filter(isWanted)
  const made = living.flatMap(({ dev, isAttached, namespace }) =>
    dev && isAttached && isWanted(dev.devContainer) ? [{ ...dev, namespace }] : [],
  )
  const used = running.filter(({ name }) => containers.includes(name))
  const holds = [...made, ...any.known.filter(known => used.some(({ name }) => name === known.devContainer))]
  const namespaces = [...living, ...detached].map(({ namespace }) => namespace)
  return { containers, holds, namespaces, running }
}

function harms(step: KeeperStep, any: KeeperWorld): boolean {
  const { containers, holds, namespaces, running } = wantedOf(any)
  if (detachedBy(step).some(ended => holds.some(held => isSameHold(held, ended)))) return true
  switch (step.kind) {
    case 'detach':
    case 'start':
    case 'make-session':
    case 'mount-volumes':
      return false
    case 'remove-dev-container':
      return running.some(({ name }) => name === step.container) && containers.includes(step.container)
    case 'remove-namespace':
      return namespaces.includes(step.namespace)
    case 'remove-publishers':
      return containers.includes(step.devContainer)
    case 'leave':
    case 'end-all':
      return namespaces.length > 0
  }
}

test('nothing that a living lease or a detached dev container wants is ever taken away', ({ expect }) => {
  fc.assert(
    fc.property(anyWorld, any => {
      expect(planKeeping(any).filter(step => harms(step, any))).toEqual([])
    }),
  )
})

test('where nothing is wanted all is removed, the keeper last', ({ expect }) => {
  fc.assert(
    fc.property(anyWorld, any => {
      const deserted: KeeperWorld = {
        ...any,
        graceUntil: NOW,
        leases: any.leases.filter(known => !isAlive(known, any)),
        containers: any.containers.map(container => ({ ...container, life: 'leased' })),
      }
      const steps = planKeeping(deserted)
      expect(steps.at(-1)?.kind).toBe('leave')
      expect(after(steps, deserted).containers).toEqual([])
    }),
  )
})

test('what was decided once is not decided again', ({ expect }) => {
  fc.assert(
    fc.property(anyWorld, any => {
      const again = planKeeping(after(planKeeping(any), any))
      expect(again.filter(({ kind }) => kind !== 'leave')).toEqual([])
    }),
  )
})

test('what has live volumes and is used has a mounter that runs, once all is done', ({ expect }) => {
  fc.assert(
    fc.property(anyWorld, any => {
      const { running, containers, namespaces } = wantedOf(any)
      const done = after(planKeeping(any), any)
      const lacking = running
        .filter(({ name, attachment }) => containers.includes(name) && attachment?.mount === 'live')
        .filter(({ namespace }) => namespaces.includes(namespace ?? '') && !hasJustQuit(any, namespace))
        .filter(({ namespace = '' }) => !isMounted(done, namespace))
      expect(lacking).toEqual([])
    }),
  )
})

const isMounted = ({ containers, ended }: KeeperWorld, namespace: string): boolean =>
  containers.some(({ id, name }) => name === `kde-tp-demo-mount-${namespace}-api` && !ended.has(id))

/** It may be on its way back. */
const hasJustQuit = ({ containers, ended, startedAt }: KeeperWorld, namespace: string | undefined): boolean =>
  containers.some(({ id, role, namespace: of }) => {
    const { exitCode = 137, at = 0 } = ended.get(id) ?? {}
    return role === 'session' && of === namespace && [0, 3].includes(exitCode) && at > startedAt
  })
