import fc from 'fast-check'
import { test } from 'vitest'
import { followed, type Lease, leaseId, parseLease } from '../../../session/lease.ts'

const onNamespace = '{"type":"namespace","namespace":"myapp"}\n'
const onDev = '{"type":"dev","devContainer":"d","sessionContainer":"s","workload":"api"}\n'
const attached = '{"type":"attached"}\n'
const farewell = '{"type":"bye"}\n'
const whole = onNamespace + onDev + attached + farewell

const held: Lease = {
  id: 'x',
  namespace: 'myapp',
  dev: undefined,
  isAttached: false,
  replacesSession: false,
  demand: undefined,
  state: 'held',
  endedAt: 0,
}
const dev = { type: 'dev', devContainer: 'd', sessionContainer: 's', workload: 'api' }

test.for([
  { content: onNamespace, endedAt: undefined, lease: held },
  { content: onNamespace, endedAt: 7, lease: { ...held, state: 'lost', endedAt: 7 } },
  { content: onNamespace + onDev, endedAt: undefined, lease: { ...held, dev } },
  { content: onNamespace + onDev + attached, endedAt: undefined, lease: { ...held, dev, isAttached: true } },
  { content: whole, endedAt: 7, lease: { ...held, dev, isAttached: true, state: 'farewell', endedAt: 7 } },
  { content: whole, endedAt: undefined, lease: { ...held, dev, isAttached: true } },
  {
    content: `${onNamespace}{"type":"replaces-session"}\n`,
    endedAt: undefined,
    lease: { ...held, replacesSession: true },
  },
  {
    content: `${onNamespace}nonsense\n{"type":"newer"}\n${onDev}`,
    endedAt: undefined,
    lease: { ...held, dev },
  },
  {
    content: `${onNamespace}{"type":"end","devContainer":"d"}\n${farewell}`,
    endedAt: 7,
    lease: { ...held, demand: { type: 'end', devContainer: 'd' }, state: 'farewell', endedAt: 7 },
  },
  {
    content: `${onNamespace}{"type":"end-all"}\n`,
    endedAt: undefined,
    lease: { ...held, demand: { type: 'end-all' } },
  },
  { content: '', endedAt: undefined, lease: undefined },
  { content: onNamespace.trim(), endedAt: 7, lease: undefined },
])('$content with end $endedAt is read', ({ content, endedAt, lease }, { expect }) => {
  expect(parseLease('x', content, endedAt)).toEqual(lease)
})

test('a lost lease is over once its command has taken another, and speaks on where that one is lost too', ({
  expect,
}) => {
  const lost: Lease = { ...held, id: leaseId('one', 1), state: 'lost', endedAt: 7 }
  const next: Lease = { ...held, id: leaseId('one', 2) }
  const ofAnother: Lease = { ...held, id: leaseId('another', 1) }
  const states = (...leases: readonly Lease[]) => followed(leases).map(({ state }) => state)
  expect(states(lost, next)).toEqual(['farewell', 'held'])
  expect(states({ ...next, state: 'farewell' }, lost)).toEqual(['farewell', 'farewell'])
  expect(states(lost, { ...next, state: 'lost' })).toEqual(['lost', 'lost'])
  expect(states(lost, ofAnother)).toEqual(['lost', 'held'])
})

test('the last dev container that a lease names is the one it is on', ({ expect }) => {
  const second = onDev.replace('"d"', '"other"')
  expect(parseLease('x', onNamespace + onDev + second, undefined)?.dev?.devContainer).toBe('other')
})

test('a file that is still being written never says more than its whole lines do', ({ expect }) => {
  fc.assert(
    fc.property(fc.nat({ max: whole.length }), length => {
      const lines = whole.slice(0, length).split('\n').length - 1
      const lease = parseLease('x', whole.slice(0, length), undefined)
      expect(lease?.namespace).toBe(lines >= 1 ? 'myapp' : undefined)
      expect(lease?.dev !== undefined).toBe(lines >= 2)
      expect(lease?.isAttached ?? false).toBe(lines >= 3)
      expect(lease?.state).toBe(lines >= 1 ? 'held' : undefined)
    }),
  )
})
