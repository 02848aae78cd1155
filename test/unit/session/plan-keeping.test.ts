import fc from 'fast-check'
import { test } from 'vitest'
import type { Demand, Lease } from '../../../session/lease.ts'
import type { ObservedContainer } from '../../../session/observed.ts'
import {
  isAlive,
  isSameHold,
  type KeeperStep,
  type KeeperWorld,
  type KnownAttachment,
  LOST_LEASE_GRACE,
  nextLook,
  planKeeping,
} from '../../../session/plan-keeping.ts'
import { devContainer, holder, inlet, mounter, publisher, session } from '../../fakes/containers.ts'

const NOW = 1_000_000
const attachment: KnownAttachment = {
  namespace: 'myapp',
  devContainer: devContainer.name,
  sessionContainer: session.name,
  workload: 'api',
}
const lease: Lease = {
  id: 'x',
  namespace: 'myapp',
  dev: attachment,
  isAttached: true,
  demand: undefined,
  state: 'held',
  endedAt: 0,
}
const world: KeeperWorld = {
  containers: [holder, session, devContainer],
  leases: [lease],
  known: [attachment],
  now: NOW,
  graceUntil: 0,
}
const lostAt = (endedAt: number): Lease => ({ ...lease, state: 'lost', endedAt })
const kinds = (changed: Partial<KeeperWorld>) => planKeeping({ ...world, ...changed }).map(({ kind }) => kind)
const everything = ['remove-dev-container', 'remove-namespace', 'leave']

test('what a living lease is on stays', ({ expect }) => {
  expect(kinds({})).toEqual([])
})

test('the last farewell takes all away at once: attachment, dev container, session, keeper', ({ expect }) => {
  expect(kinds({ leases: [{ ...lease, state: 'farewell', endedAt: NOW }] })).toEqual(everything)
})

test('a lost lease speaks for 15 seconds more', ({ expect }) => {
  expect(kinds({ leases: [lostAt(NOW - LOST_LEASE_GRACE + 1)] })).toEqual([])
  expect(kinds({ leases: [lostAt(NOW - LOST_LEASE_GRACE)] })).toEqual(everything)
})

test('after a restart of the keeper nothing is abandoned before commands could take their leases again', ({
  expect,
}) => {
  expect(kinds({ leases: [], graceUntil: NOW + 1 })).toEqual([])
  expect(kinds({ leases: [], graceUntil: NOW })).toEqual(everything)
})

test('a detached dev container keeps its session with no lease at all, until it ends', ({ expect }) => {
  const detached: ObservedContainer = { ...devContainer, life: 'detached' }
  expect(kinds({ containers: [holder, session, detached], leases: [] })).toEqual([])
  const ended: ObservedContainer = { ...detached, state: 'exited' }
  expect(kinds({ containers: [holder, session, ended], leases: [] })).toEqual(everything)
})

test('what publishes its ports or mounts its volumes goes with a dev container, and with one that somebody has removed', ({
  expect,
}) => {
  const containers = [holder, session, publisher, inlet, mounter]
  const publishers = [publisher.name, inlet.name, mounter.name]
  const left: readonly Lease[] = [{ ...lease, state: 'farewell', endedAt: NOW }]
  expect(planKeeping({ ...world, containers: [...containers, devContainer], leases: left })[0]).toMatchObject(
    {
      kind: 'remove-dev-container',
      publishers,
    },
  )
  const others: readonly Lease[] = [{ ...lease, dev: undefined }]
  expect(planKeeping({ ...world, containers, leases: others, known: [] })).toEqual([
    expect.objectContaining({ kind: 'remove-publishers', publishers }),
  ])
  expect(planKeeping({ ...world, containers, known: [] })).toEqual([])
})

test("the first project's leaving takes its dev container and attachment alone", ({ expect }) => {
  const other: Lease = {
    ...lease,
    id: 'y',
    dev: { ...attachment, devContainer: 'other', workload: 'worker' },
  }
  const containers = [...world.containers, { ...devContainer, name: 'other' }]
  const leases: readonly Lease[] = [{ ...lease, state: 'farewell', endedAt: NOW }, other]
  expect(planKeeping({ ...world, containers, leases })).toEqual([
    {
      kind: 'remove-dev-container',
      namespace: 'myapp',
      container: devContainer.name,
      attachments: [attachment],
      publishers: [],
      isDemanded: false,
      because: 'its last command has ended',
    },
  ])
})

test('one of two shells in a dev container leaves, and it stays', ({ expect }) => {
  expect(kinds({ leases: [{ ...lease, id: 'y', state: 'farewell', endedAt: NOW }, lease] })).toEqual([])
})

test('a dev container that was removed by hand is detached, and its session stays for the others', ({
  expect,
}) => {
  const other: Lease = { ...lease, id: 'y', dev: undefined }
  expect(kinds({ containers: [holder, session], leases: [other] })).toEqual(['detach'])
})

test('an attachment that a dead command had only announced is ended too', ({ expect }) => {
  const other: Lease = { ...lease, id: 'y', dev: undefined }
  const leases: readonly Lease[] = [lostAt(NOW - LOST_LEASE_GRACE), other]
  expect(planKeeping({ ...world, containers: [holder, session], known: [], leases })).toEqual([
    { kind: 'detach', attachment, because: 'its dev container is gone' },
  ])
})

test('a workload that another dev container has by now is not taken from it', ({ expect }) => {
  const before = { ...attachment, devContainer: 'before' }
  expect(kinds({ known: [before, attachment] })).toEqual([])
  const ended = { ...devContainer, name: 'before', state: 'exited' }
  expect(kinds({ containers: [...world.containers, ended], known: [before, attachment] })).toEqual([
    'remove-dev-container',
  ])
})

test('a command that only waits for a workload keeps nobody else’s attachment of it', ({ expect }) => {
  const waiting: Lease = {
    ...lease,
    id: 'y',
    dev: { ...attachment, devContainer: 'other' },
    isAttached: false,
  }
  const leases: readonly Lease[] = [{ ...lease, state: 'farewell', endedAt: NOW }, waiting]
  expect(planKeeping({ ...world, leases })).toEqual([
    expect.objectContaining({ kind: 'remove-dev-container', attachments: [attachment] }),
  ])
})

test('a command that has attached keeps its attachment though its dev container is not there yet', ({
  expect,
}) => {
  const dead: Lease = { ...lease, id: 'y', dev: { ...attachment, devContainer: 'other' }, state: 'farewell' }
  expect(kinds({ containers: [holder, session], known: [], leases: [lease, dead] })).toEqual([])
  expect(
    kinds({ containers: [holder, session], known: [], leases: [{ ...lease, isAttached: false }, dead] }),
  ).toEqual(['detach'])
})

const demanding = (demand: Demand): Lease => ({
  ...{ ...lease, id: 'z', dev: undefined, isAttached: false },
  ...{ demand, state: 'farewell', endedAt: NOW },
})

test('what somebody asks for is ended though a living command uses it, whose lease keeps the session', ({
  expect,
}) => {
  const leases = [lease, demanding({ type: 'end', devContainer: devContainer.name })]
  expect(planKeeping({ ...world, leases })).toEqual([
    {
      kind: 'remove-dev-container',
      namespace: 'myapp',
      container: devContainer.name,
      attachments: [attachment],
      publishers: [],
      isDemanded: true,
      because: 'somebody has asked for it',
    },
  ])
})

test('what somebody asks for is ended though it was left running, and its neighbour goes on', ({
  expect,
}) => {
  const detached: ObservedContainer = { ...devContainer, life: 'detached' }
  const containers = [holder, session, detached, { ...detached, name: 'other' }]
  const leases = [demanding({ type: 'end', devContainer: detached.name })]
  expect(kinds({ containers, leases, graceUntil: NOW + 1 })).toEqual(['remove-dev-container'])
})

test('an end of everything is asked for, whoever uses it, as soon as its lease has ended', ({ expect }) => {
  const all = demanding({ type: 'end-all' })
  expect(kinds({ leases: [lease, all] })).toEqual(['end-all'])
  expect(kinds({ leases: [lease, { ...all, state: 'lost' }], graceUntil: NOW + 1 })).toEqual(['end-all'])
  expect(kinds({ leases: [lease, { ...all, state: 'held' }] })).toEqual([])
})

test('one namespace goes, and another that is wanted stays with the keeper', ({ expect }) => {
  const elsewhere = [holder, session].map(container => ({ ...container, namespace: 'other' }))
  expect(planKeeping({ ...world, containers: [...world.containers, ...elsewhere] })).toEqual([
    { kind: 'remove-namespace', namespace: 'other', because: 'nobody uses it' },
  ])
})

test('the keeper looks again when the next lost lease or its own grace ends', ({ expect }) => {
  expect(nextLook(world)).toBeUndefined()
  const ended = NOW - LOST_LEASE_GRACE
  expect(nextLook({ ...world, leases: [lostAt(ended + 5), lostAt(ended + 3), lostAt(ended)] })).toBe(NOW + 3)
  expect(nextLook({ ...world, leases: [lostAt(ended + 5)], graceUntil: NOW + 2 })).toBe(NOW + 2)
})

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
  role: fc.constantFrom('dev', 'holder', 'session', 'publisher', 'inlet', 'mounter'),
  state: fc.constantFrom('running', 'created', 'exited', 'paused'),
  life: fc.constantFrom('leased', 'detached'),
  devContainer: fc.option(anyName, { nil: undefined }),
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
const anyWorld: fc.Arbitrary<KeeperWorld> = fc.record({
  containers: fc.uniqueArray(anyContainer, { selector: ({ name }) => name }),
  leases: fc.array(anyLease, { maxLength: 4 }),
  known: fc.array(anyAttachment, { maxLength: 4 }),
  now: fc.constant(NOW),
  graceUntil: fc.integer({ min: NOW - 1, max: NOW + 1 }),
})

function detachedBy(step: KeeperStep): readonly KnownAttachment[] {
  if (step.kind === 'detach') return [step.attachment]
  return step.kind === 'remove-dev-container' ? step.attachments : []
}

/** The world as the steps leave it, if the containers were all that there was. */
function after(steps: readonly KeeperStep[], before: KeeperWorld): KeeperWorld {
  const gone = new Set(
    steps.flatMap(step => [
      ...('container' in step ? [step.container] : []),
      ...('publishers' in step ? step.publishers : []),
      ...(step.kind === 'remove-namespace' ? [step.namespace] : []),
    ]),
  )
  const ended = steps.flatMap(detachedBy)
  return {
    ...before,
    containers: before.containers.filter(
      ({ name, namespace }) => !gone.has(name) && !gone.has(namespace ?? ''),
    ),
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
  const running = any.containers.filter(({ role, state }) => role === 'dev' && state === 'running')
  const detached = running.filter(({ life, name }) => life === 'detached' && isWanted(name))
  const promised = living.flatMap(({ dev }) => dev?.devContainer ?? [])
  const containers = [...detached.map(({ name }) => name), ...promised].filter(isWanted)
  const made = living.flatMap(({ dev, isAttached, namespace }) =>
    dev && isAttached && isWanted(dev.devContainer) ? [{ ...dev, namespace }] : [],
  )
  const used = running.filter(({ name }) => containers.includes(name))
  const holds = [...made, ...any.known.filter(known => used.some(({ name }) => name === known.devContainer))]
  return { containers, holds, namespaces: [...living, ...detached].map(({ namespace }) => namespace) }
}

function harms(step: KeeperStep, any: KeeperWorld): boolean {
  const { containers, holds, namespaces } = wantedOf(any)
  if (detachedBy(step).some(ended => holds.some(held => isSameHold(held, ended)))) return true
  const isRunning = ({ name, state }: ObservedContainer) =>
    state === 'running' && 'container' in step && name === step.container
  switch (step.kind) {
    case 'detach':
      return false
    case 'remove-dev-container':
      return any.containers.some(isRunning) && containers.includes(step.container)
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
