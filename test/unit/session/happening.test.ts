import fc from 'fast-check'
import { test } from 'vitest'
import {
  type Deed,
  deedLine,
  type Happening,
  happeningText,
  isRepairLine,
  lastRepairs,
  toHappening,
} from '../../../session/happening.ts'
import { deedOf, plannedSteps } from '../../../session/keeper-step.ts'
import { keeper, session } from '../../fakes/containers.ts'

const AT = '2026-11-26T12:00:00.000Z'
const anyWord = fc.stringMatching(/^[a-z0-9][a-z0-9 .,-]{0,20}[a-z0-9]$/)
const anyDeed: fc.Arbitrary<Deed> = fc.record({
  namespace: fc.option(fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/), { nil: undefined }),
  kind: fc.constantFrom(
    'repair',
    'repair-failed',
    'lost',
    'silent',
    'back',
    'detached',
    'removed',
    'postponed',
    'slept',
    'left',
  ),
  what: anyWord,
  because: fc.oneof(anyWord, fc.constant('no such image: kde-tp:1'), fc.constant('two\nlines')),
})

test('each deed that is logged is read again as it was', ({ expect }) => {
  fc.assert(
    fc.property(anyDeed, deed => {
      const line = deedLine(deed)
      expect(line).not.toContain('\n')
      expect(toHappening({ text: `${AT} ${line}` }, keeper)).toEqual({
        ...{ at: AT, workspace: '/w', environment: 'demo', source: 'keeper' },
        ...(deed.namespace !== undefined && { namespace: deed.namespace }),
        ...{ kind: deed.kind, what: deed.what, because: deed.because.replaceAll(/\s+/g, ' ') },
      })
    }),
  )
})

const told = (line: string) => {
  const { kind, what, because } = toHappening({ text: `${AT} ${line}` }, session) ?? {}
  return kind === undefined ? undefined : [kind, what, because]
}

test('what a session says of its connection is a happening, without the number of a process', ({
  expect,
}) => {
  expect(told('connected 34')).toEqual(['connected', 'the session', undefined])
  expect(told('reconnecting the daemon has ended')).toEqual([
    ...['reconnecting', 'the session', 'the daemon has ended'],
  ])
  expect(told('failed no route: to host')).toEqual(['failed', 'the session', 'no route: to host'])
  expect(told('ending')).toEqual(['ending', 'the session', undefined])
  expect(toHappening({ text: `${AT} ending` }, session)?.namespace).toBe('myapp')
})

test('other lines are none', ({ expect }) => {
  for (const line of ['connectedness', 'repair without a colon', '', 'info started: x: y'])
    expect(told(line)).toBeUndefined()
  expect(toHappening({ text: 'ending' }, session)).toBeUndefined()
})

const happening = (at: string, namespace: string, kind: Happening['kind']): Happening => ({
  ...{ at, workspace: '/w', environment: 'demo', namespace, source: 'keeper' },
  ...{ kind, what: 'it', because: 'so' },
})

test('the last repairs are those of each namespace, the newest first', ({ expect }) => {
  const happenings = [
    happening('2026-01-01T00:00:01Z', 'a', 'repair'),
    happening('2026-01-01T00:00:03Z', 'a', 'lost'),
    happening('2026-01-01T00:00:02Z', 'a', 'repair-failed'),
    happening('2026-01-01T00:00:04Z', 'a', 'connected'),
    happening('2026-01-01T00:00:00Z', 'b', 'repair'),
  ]
  const shown = lastRepairs(happenings, 2).map(({ namespace, kind }) => `${namespace} ${kind}`)
  expect(shown).toEqual(['a lost', 'a repair-failed', 'b repair'])
  expect(lastRepairs(happenings, 1)[0]).toEqual({
    ...{ at: '2026-01-01T00:00:03Z', namespace: 'a', kind: 'lost', what: 'it', because: 'so' },
  })
})

test('a person reads when, where, what and why', ({ expect }) => {
  const repair = happening(AT, 'myapp', 'repair')
  expect(happeningText(repair)).toBe(`${AT} demo/myapp repair: it: so`)
  const { namespace: _, because: __, ...bare } = repair
  expect(happeningText(bare)).toBe(`${AT} demo repair: it`)
})

test('a line of a repair is known from all others', ({ expect }) => {
  expect(isRepairLine(`${AT} [myapp] repair: started x: y`)).toBe(true)
  expect(isRepairLine(`${AT} lost: api: taken`)).toBe(true)
  expect(isRepairLine(`${AT} [myapp] removed: x: y`)).toBe(false)
  expect(isRepairLine('repair: started x: y')).toBe(false)
})

test('a step of the keeper’s is told in its plan, and when it is done', ({ expect }) => {
  const attachment = {
    namespace: 'myapp',
    devContainer: 'd',
    sessionContainer: session.name,
    workload: 'api',
  }
  expect(deedOf({ kind: 'start', namespace: 'myapp', container: 'x', because: 'so' })).toEqual({
    ...{ namespace: 'myapp', kind: 'repair', what: 'started x', because: 'so' },
  })
  const world = {
    ...{ containers: [session], leases: [], known: [attachment], now: 1, graceUntil: 0 },
    ...{ keptSince: 0, startedAt: 0, ended: new Map(), retryAt: new Map() },
  }
  expect(plannedSteps(world)).toEqual([
    { kind: 'detach', namespace: 'myapp', name: 'detach api', because: 'its dev container is gone' },
    {
      ...{ kind: 'remove-namespace', namespace: 'myapp', name: 'remove the session of myapp' },
      because: 'nobody uses it',
    },
    { kind: 'leave', name: 'remove the keeper', because: 'nothing is left to keep' },
  ])
})
