import { test } from 'vitest'
import { type KeeperWorld, RESTART_SETTLES } from '../../../session/keeper-world.ts'
import { nextLook, planKeeping } from '../../../session/plan-keeping.ts'
import { devContainer, holder, session } from '../../fakes/containers.ts'

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
