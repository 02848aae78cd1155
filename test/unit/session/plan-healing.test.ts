import { test } from 'vitest'
import { type KeeperWorld, LOST_LEASE_GRACE, RESTART_SETTLES } from '../../../session/keeper-world.ts'
import type { Lease } from '../../../session/lease.ts'
import { nextLook, planKeeping } from '../../../session/plan-keeping.ts'
import { devContainer, holder, interceptOfApi, mounter, session } from '../../fakes/containers.ts'

const NOW = 1_000_000
const STARTED = NOW - 60_000
const detached = { ...devContainer, life: 'detached' } as const
const world: KeeperWorld = {
  containers: [holder, session, detached],
  leases: [],
  known: [],
  now: NOW,
  graceUntil: 0,
  keptSince: NOW - 3_600_000,
  startedAt: STARTED,
  ended: new Map(),
  retryAt: new Map(),
}
const steps = (changed: Partial<KeeperWorld>) =>
  planKeeping({ ...world, ...changed }).map(step =>
    'container' in step ? [step.kind, step.container] : [step.kind],
  )
const exited = <T extends object>(container: T): T => ({ ...container, state: 'exited' })
const sessionEnded = (exitCode: number, at = NOW - RESTART_SETTLES): Partial<KeeperWorld> => ({
  containers: [holder, exited(session), detached],
  ended: new Map([[session.id, { exitCode, at }]]),
})
const everything = [['remove-dev-container', detached.name], ['remove-namespace'], ['leave']]

test('a session that was killed is started again', ({ expect }) => {
  expect(steps(sessionEnded(137))).toEqual([['start', session.name]])
})

test('a session that quit as it was asked to was stopped by a person: all of its namespace ends', ({
  expect,
}) => {
  expect(steps(sessionEnded(0))).toEqual(everything)
  expect(steps(sessionEnded(3))).toEqual(everything)
})

test('a session that has just quit is given time to be started by docker restart', ({ expect }) => {
  const justEnded = sessionEnded(0, NOW - 1)
  expect(steps(justEnded)).toEqual([])
  expect(nextLook({ ...world, ...justEnded })).toBe(NOW - 1 + RESTART_SETTLES)
})

test('a session that is gone is made again, as its newest dev container says', ({ expect }) => {
  const made = planKeeping({ ...world, containers: [holder, { ...detached, name: 'newest' }, detached] })
  expect(made).toMatchObject([{ kind: 'make-session', devContainer: 'newest' }])
})

test('after the engine all is started in the order in which each needs the other', ({ expect }) => {
  const fallen = { exitCode: 0, at: STARTED - 5000 }
  const containers = [detached, session, holder]
  expect(
    steps({
      containers: containers.map(exited),
      ended: new Map(containers.map(({ id }) => [id, fallen])),
    }),
  ).toEqual([
    ['start', holder.name],
    ['start', session.name],
    ['start', detached.name],
  ])
})

test('what a person had stopped before this keeper was made is not brought back', ({ expect }) => {
  const before = { exitCode: 0, at: world.keptSince - 5000 }
  const containers = [holder, session, detached]
  expect(
    steps({
      containers: containers.map(exited),
      ended: new Map(containers.map(({ id }) => [id, before])),
    }),
  ).toEqual(everything)
})

test('a dev container whose network is gone is of no use any more', ({ expect }) => {
  expect(steps({ containers: [session, detached] })).toEqual(everything)
})

test('what cannot be brought back is not tried at every look', ({ expect }) => {
  const killed = { ...world, ...sessionEnded(137), retryAt: new Map([[session.name, NOW + 5]]) }
  expect(planKeeping(killed)).toEqual([])
  expect(nextLook(killed)).toBe(NOW + 5)
})

test('one that is paused is left as it is', ({ expect }) => {
  expect(steps({ containers: [holder, session, { ...detached, state: 'paused' }] })).toEqual([])
})

test('no session is made in a network that somebody has paused', ({ expect }) => {
  expect(steps({ containers: [holder, detached] })).toEqual([['make-session']])
  expect(steps({ containers: [{ ...holder, state: 'paused' }, detached] })).toEqual([])
})

test('a session that a living command is replacing is not made by the keeper too, and one that it never made is', ({
  expect,
}) => {
  const replacing: Lease = {
    ...{ id: 'x', namespace: 'myapp', dev: undefined, isAttached: false, replacesSession: true },
    ...{ demand: undefined, state: 'held', endedAt: 0 },
  }
  const containers = [holder, detached]
  expect(steps({ containers, leases: [replacing] })).toEqual([])
  expect(steps({ containers, leases: [{ ...replacing, namespace: 'other' }] })).toEqual([['make-session']])
  const lost: Lease = { ...replacing, state: 'lost', endedAt: NOW - LOST_LEASE_GRACE }
  expect(steps({ containers, leases: [lost] })).toEqual([['make-session']])
})

const live = { ...detached, attachment: { ...interceptOfApi, mount: 'live' as const } }
const mount = [['mount-volumes', 'api']]
const mounts = (changed: Partial<KeeperWorld>) =>
  planKeeping({ ...world, ...changed }).map(step => [step.kind, 'workload' in step ? step.workload : ''])

test('live volumes are mounted again when their mounter has ended, or was removed', ({ expect }) => {
  expect(mounts({ containers: [holder, session, live, mounter] })).toEqual([])
  expect(mounts({ containers: [holder, session, live] })).toEqual(mount)
  const ended = new Map([[mounter.id, { exitCode: 1, at: NOW - 1 }]])
  expect(mounts({ containers: [holder, session, live, exited(mounter)], ended })).toEqual(mount)
})

test('copied volumes have no mounter, and one that is being made has its own', ({ expect }) => {
  const copied = { ...detached, attachment: { ...interceptOfApi, mount: 'copy' as const } }
  expect(mounts({ containers: [holder, session, copied] })).toEqual([])
  expect(
    mounts({ containers: [holder, session, { ...live, state: 'created' }], graceUntil: NOW + 1 }),
  ).toEqual([])
})

test('after the engine the volumes are mounted last, and what fails is not tried at every look', ({
  expect,
}) => {
  const fallen = { exitCode: 0, at: STARTED - 5000 }
  const containers = [live, mounter, session, holder]
  const down = {
    containers: containers.map(exited),
    ended: new Map(containers.map(({ id }) => [id, fallen])),
  }
  expect(mounts(down).map(([kind]) => kind)).toEqual(['start', 'start', 'start', 'mount-volumes'])
  const retryAt = new Map([['the volumes of api in myapp', NOW + 5]])
  expect(mounts({ ...down, retryAt }).map(([kind]) => kind)).toEqual(['start', 'start', 'start'])
})

test('with a session that somebody has stopped no volumes are mounted', ({ expect }) => {
  const { ended } = sessionEnded(0)
  const containers = [holder, exited(session), live]
  expect(mounts({ containers, ...(ended && { ended }) }).map(([kind]) => kind)).not.toContain('mount-volumes')
})
