import { test } from 'vitest'
import {
  FAREWELL_GRACE,
  type KeeperWorld,
  type KnownAttachment,
  LOST_LEASE_GRACE,
} from '../../../session/keeper-world.ts'
import type { Demand, Lease } from '../../../session/lease.ts'
import type { ObservedContainer } from '../../../session/observed.ts'
import { nextLook, planKeeping } from '../../../session/plan-keeping.ts'
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
  replacesSession: false,
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
  keptSince: NOW - 3_600_000,
  startedAt: NOW - 3_600_000,
  ended: new Map(),
  retryAt: new Map(),
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

test('then a farewell takes its dev container after five seconds, unless another command has spoken for it meanwhile', ({
  expect,
}) => {
  const left = (ago: number): Lease => ({ ...lease, id: 'y', state: 'farewell', endedAt: NOW - ago })
  const graceUntil = NOW + 20_000
  expect(kinds({ leases: [left(FAREWELL_GRACE - 1)], graceUntil })).toEqual([])
  expect(nextLook({ ...world, leases: [left(1)], graceUntil })).toBe(NOW - 1 + FAREWELL_GRACE)
  expect(nextLook({ ...world, leases: [left(1)] })).toBeUndefined()
  expect(kinds({ leases: [left(FAREWELL_GRACE)], graceUntil })).toEqual(['remove-dev-container'])
  expect(kinds({ leases: [left(FAREWELL_GRACE), lease], graceUntil })).toEqual([])
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

test('that its volumes are mounted is known, whoever else speaks of the attachment', ({ expect }) => {
  const mounted = { ...attachment, isMounted: true }
  const mute: readonly Lease[] = [{ ...lease, state: 'farewell', endedAt: NOW }]
  const telling: readonly Lease[] = mute.map(each => ({ ...each, dev: mounted }))
  const gone = { ...world, containers: [holder, session] }
  for (const known of [
    { known: [mounted], leases: mute },
    { known: [], leases: [...telling, ...mute] },
  ])
    expect(planKeeping({ ...gone, ...known })[0]).toMatchObject({ kind: 'detach', attachment: mounted })
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
