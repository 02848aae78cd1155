import { test } from 'vitest'
import type { ObservedContainer } from '../../../session/observed.ts'
import { planAttach } from '../../../session/plan-attach.ts'
import type { AttachWish } from '../../../session/wish.ts'
import {
  devContainer,
  foreign,
  holder,
  interceptOfApi,
  keeper,
  mounter,
  session,
} from '../../fakes/containers.ts'

const wish: AttachWish = {
  workspacePath: '/w',
  environment: 'demo',
  namespace: 'myapp',
  devProject: 'shop',
  attachment: interceptOfApi,
  headers: [],
  alsoProxy: [],
  managerNamespace: 'ambassador',
  replaceSession: false,
  isDetached: false,
  hasCommand: false,
  publications: [],
}
const wishForWorker: AttachWish = {
  ...wish,
  devProject: 'jobs',
  attachment: { ...interceptOfApi, workload: 'worker', ports: [{ local: 8081, remote: 'http' }] },
}

const situation = { lacksTrafficManager: false, hasOnlyAgents: false, holdsLease: false }
const plan = (containers: readonly ObservedContainer[], asked = wish, holdsLease = false) =>
  planAttach(asked, { ...situation, observed: { containers }, holdsLease })
const kinds = (containers: readonly ObservedContainer[], asked = wish, holdsLease = false) =>
  plan(containers, asked, holdsLease).steps.map(({ kind }) => kind)

const attaching = ['attach', 'write-environment', 'start-dev-container'] as const

test('on an empty engine all is made, and the lease is taken before anything but the keeper', ({
  expect,
}) => {
  const all = ['start-keeper', 'take-lease', 'start-session', 'wait-for-session', ...attaching, 'run']
  expect(kinds([])).toEqual(all)
  expect(kinds([foreign])).toEqual(all)
  expect(kinds([keeper], wish, true)).toEqual(all.slice(2))
})

test('the traffic-manager is installed before all else where there is none', ({ expect }) => {
  const lacking = { ...situation, observed: { containers: [] }, lacksTrafficManager: true }
  expect(planAttach(wish, lacking).steps[0]?.kind).toBe('install-traffic-manager')
})

test('a second project takes the running session as it is', ({ expect }) => {
  const steps = kinds([keeper, holder, session, devContainer], wishForWorker)
  expect(steps).toEqual(['take-lease', ...attaching, 'run'])
})

test('the very same call joins the running dev container', ({ expect }) => {
  expect(kinds([keeper, holder, session, devContainer])).toEqual(['take-lease', 'run'])
})

test('who only leaves it running attaches again what may be away, and touches nothing else', ({ expect }) => {
  const detached = { ...wish, isDetached: true }
  const again = ['take-lease', 'attach-again', 'leave-running']
  expect(kinds([keeper, holder, session, devContainer], detached)).toEqual(again)
  const attachment = { ...interceptOfApi, headers: ['x-user'] }
  const asked = { ...detached, attachment, headers: [{ name: 'x-user', value: 'ada' }] }
  expect(kinds([keeper, holder, session, { ...devContainer, attachment }], asked)).toEqual(again)
  expect(kinds([keeper, holder, devContainer], detached)).toEqual([
    ...['take-lease', 'start-session', 'wait-for-session', 'attach-again', 'leave-running'],
  ])
})

test('who joins with headers has their values compared, which no label has', ({ expect }) => {
  const attachment = { ...interceptOfApi, headers: ['x-user'] }
  const asked = { ...wish, attachment, headers: [{ name: 'x-user', value: 'ada' }] }
  expect(kinds([keeper, holder, session, { ...devContainer, attachment }], asked)).toEqual([
    'take-lease',
    'compare-headers',
    'run',
  ])
})

test('live volumes are mounted before the dev container starts, and again for one that lost them', ({
  expect,
}) => {
  const attachment = { ...interceptOfApi, mount: 'live' as const }
  const asked = { ...wish, attachment }
  const [attach, write, start] = attaching
  expect(kinds([keeper, holder, session], asked)).toEqual([
    ...['take-lease', attach, write, 'mount-volumes', start, 'run'],
  ])
  const running = [keeper, holder, session, { ...devContainer, attachment }]
  expect(kinds([...running, mounter], asked)).toEqual(['take-lease', 'run'])
  for (const left of [running, [...running, { ...mounter, state: 'exited' }]])
    expect(kinds(left, asked)).toContain('mount-volumes')
})

test.for([
  ['other ports', { attachment: { ...interceptOfApi, ports: [{ local: 9090, remote: 'http' }] } }],
  ['another mode', { attachment: { ...interceptOfApi, mode: 'wiretap' } }],
  ['another agent', { attachment: { ...interceptOfApi, agent: 'node' } }],
  ['another project', { devProject: 'other' }],
  ['--detach and a command', { isDetached: true, hasCommand: true }],
] as const)('the same workload with %s is refused, and the holder is named', ([, change], { expect }) => {
  const asked: AttachWish = { ...wish, ...(change as Partial<AttachWish>) }
  expect(() => plan([keeper, holder, session, devContainer], asked)).toThrow(
    expect.objectContaining({
      code: 'ALREADY_ATTACHED',
      message: expect.stringContaining(devContainer.name),
    }),
  )
})

test('a local port of another project of the session is refused, and that project is named', ({ expect }) => {
  const asked = { ...wishForWorker, attachment: { ...wishForWorker.attachment, ports: interceptOfApi.ports } }
  expect(() => plan([keeper, holder, session, devContainer], asked)).toThrow(
    expect.objectContaining({ code: 'PORT_TAKEN', message: expect.stringContaining('"shop"') }),
  )
  const elsewhere = { ...asked, namespace: 'other' }
  expect(plan([keeper, holder, session, devContainer], elsewhere).steps.at(-1)?.kind).toBe('run')
})

test('a project holds one workload at a time', ({ expect }) => {
  expect(() =>
    plan([keeper, holder, session, devContainer], { ...wishForWorker, devProject: 'shop' }),
  ).toThrow(expect.objectContaining({ code: 'PROJECT_IN_USE' }))
})

test('a session of other networks is replaced only where that was said', ({ expect }) => {
  const asked = { ...wishForWorker, alsoProxy: ['10.0.0.0/8'] }
  const containers = [keeper, holder, session, devContainer]
  expect(() => plan(containers, asked)).toThrow(expect.objectContaining({ code: 'SESSION_DIFFERS' }))
  expect(kinds(containers, { ...asked, replaceSession: true })).toEqual([
    'take-lease',
    'replace-session',
    'wait-for-session',
    ...attaching,
    'run',
  ])
  expect(kinds([keeper, holder, { ...session, alsoProxy: ['10.0.0.0/8'] }], asked)).toEqual([
    'take-lease',
    ...attaching,
    'run',
  ])
})

test('what joined the network of a holder that is gone is removed before a new one is made', ({ expect }) => {
  const { steps } = plan([keeper, { ...holder, state: 'exited' }, session])
  expect(steps.filter(({ kind }) => kind === 'remove-container').map(({ container }) => container)).toEqual([
    'id-holder',
    'id-session',
  ])
  expect(steps.map(({ kind }) => kind).indexOf('start-session')).toBe(3)
})

test('a session that has ended is made anew in the network of the living holder', ({ expect }) => {
  const { steps } = plan([keeper, holder, { ...session, state: 'exited' }])
  expect(steps.map(({ kind, container }) => container ?? kind)).toEqual([
    'take-lease',
    'id-session',
    'start-session',
    'wait-for-session',
    ...attaching,
    'run',
  ])
})

test('containers of another workspace, environment or namespace change nothing but names', ({ expect }) => {
  const others = [keeper, holder, session, devContainer].map(container => ({
    ...container,
    workspacePath: '/home/bob/w',
  }))
  const { names, steps } = plan(others)
  expect(steps.map(({ kind }) => kind)).toEqual(kinds([]))
  expect(names.project).toMatch(/^kde-tp-demo-[0-9a-f]{4}$/)
  expect(names.session).toMatch(/^kde-telepresence-session-demo-myapp-[0-9a-f]{4}$/)
  for (const name of [names.keeper, names.holder, names.devContainer])
    expect(name).toContain(`${names.project}-`)
})

test("a container that is none of ours and has the session's name is left alone", ({ expect }) => {
  const { names, steps } = plan([{ ...foreign, name: session.name }])
  expect(names.session).not.toBe(session.name)
  expect(steps.map(({ kind }) => kind)).not.toContain('remove-container')
})

test('what an older version has made is replaced where nobody works in it, and taken as it is otherwise', ({
  expect,
}) => {
  const older = [keeper, holder, session, devContainer].map(each => ({ ...each, schema: 0 }))
  const removals = (containers: readonly ObservedContainer[]) =>
    plan(containers).steps.flatMap(({ kind, container }) => (kind === 'remove-container' ? [container] : []))
  expect(removals(older.slice(0, 3))).toEqual([keeper.id, holder.id, session.id])
  expect(kinds(older.slice(0, 3)).filter(kind => kind !== 'remove-container')).toEqual(kinds([]))
  expect(removals(older)).toEqual([keeper.id])
  expect(kinds(older)).toEqual(['remove-container', 'start-keeper', 'take-lease', 'run'])
})
