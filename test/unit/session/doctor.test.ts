import { describe, test } from 'vitest'
import { KdeTpError } from '../../../session/errors.ts'
import { toFinding } from '../../../session/finding.ts'
import { judgeManager, judgeRights, judgeSubnets } from '../../../session/judge-cluster.ts'
import { judgeEngine } from '../../../session/judge-engine.ts'
import { judgeLeftovers } from '../../../session/judge-leftovers.ts'
import { devContainer, foreign, keeper, session } from '../../fakes/containers.ts'
import { facts } from '../../fakes/intercept-in-fake-world.ts'

const engine = {
  version: '28.0.0',
  operatingSystem: 'Debian',
  osType: 'linux',
  securityOptions: [],
  composeVersion: '2.40.3',
}

describe('an engine', () => {
  test('of the usual kind is just told', ({ expect }) => {
    expect(judgeEngine(engine).map(({ state }) => state)).toEqual(['ok'])
  })

  test.for([
    ['name=rootless', 'ok'],
    ['name=selinux', 'warning'],
  ] as const)('with %s is told of: %s', ([option, state], { expect }) => {
    const findings = judgeEngine({ ...engine, securityOptions: ['name=seccomp,profile=default', option] })
    expect(findings.map(finding => finding.state)).toEqual(['ok', state])
  })

  test('that is Docker Desktop has not been tried, and that is said', ({ expect }) => {
    expect(judgeEngine({ ...engine, operatingSystem: 'Docker Desktop' }).at(-1)?.message).toContain(
      'not been tried',
    )
  })
})

describe('a traffic-manager', () => {
  const manager = { found: 'yes', version: '2.31.2', hasNodeAgents: true } as const
  const stateOf = (connectionTimeToLive?: string) =>
    judgeManager(
      {
        ...facts,
        manager: { ...manager, ...(connectionTimeToLive !== undefined && { connectionTimeToLive }) },
      },
      'ambassador',
    )[1]?.state

  test.for([
    ['60s', 'ok'],
    ['1m0s', 'ok'],
    ['24h0m0s', 'warning'],
    ['soon', 'warning'],
    [undefined, 'warning'],
  ] as const)('that forgets a silent client after %s: %s', ([timeToLive, state], { expect }) => {
    expect(stateOf(timeToLive)).toBe(state)
  })

  test('that is missing has failed, and one that may not be read is only not known', ({ expect }) => {
    const states = (['no', 'forbidden'] as const).map(
      found => judgeManager({ ...facts, manager: { found } }, 'ambassador')[0]?.state,
    )
    expect(states).toEqual(['failed', 'warning'])
  })
})

test('a right that is needed fails, and one that is only of use warns', ({ expect }) => {
  const right = { right: 'list pods', use: 'connect' as const, isNeeded: true, isAllowed: true }
  const rights = [right, { ...right, isAllowed: false }, { ...right, isNeeded: false, isAllowed: false }]
  expect(judgeRights(rights).map(({ state }) => state)).toEqual(['ok', 'failed', 'warning'])
})

test('a network of the engine that has addresses of the cluster is named', ({ expect }) => {
  const own = [
    { name: 'bridge', subnet: '172.17.0.0/16' },
    { name: 'office', subnet: '10.244.0.128/25' },
  ]
  expect(judgeSubnets(facts, own)).toMatchObject([
    { state: 'warning', message: expect.stringContaining('"office"') },
  ])
  expect(judgeSubnets(facts, own.slice(0, 1))).toMatchObject([{ state: 'ok' }])
})

test('what has ended, and what nobody keeps, lies about', ({ expect }) => {
  expect(judgeLeftovers({ containers: [foreign, keeper, session, devContainer] })).toMatchObject([
    { state: 'ok' },
  ])
  const ended = { ...session, state: 'exited' }
  expect(judgeLeftovers({ containers: [keeper, ended] })).toMatchObject([
    { state: 'warning', hint: `Remove it: docker rm -f ${session.name}` },
  ])
  expect(judgeLeftovers({ containers: [session, devContainer] })).toMatchObject([
    { state: 'warning', message: expect.stringContaining('no keeper') },
  ])
})

test('a failure of ours is a finding, and a bug is not', ({ expect }) => {
  const error = new KdeTpError('CLUSTER_UNREACHABLE', 'It is silent.', {
    detail: 'no route\nmore',
    hint: 'Look.',
  })
  expect(toFinding('Cluster', error)).toEqual({
    subject: 'Cluster',
    state: 'failed',
    message: 'It is silent. (CLUSTER_UNREACHABLE) no route',
    hint: 'Look.',
  })
  expect(() => toFinding('Cluster', new TypeError('oops'))).toThrow('oops')
})
