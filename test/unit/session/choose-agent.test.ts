import { test } from 'vitest'
import { chooseAgent } from '../../../session/choose-agent.ts'
import type { Agent, Mode } from '../../../session/mode.ts'

const manager = (hasNodeAgents: boolean) => ({ found: 'yes', version: '2.31.2', hasNodeAgents }) as const

const wish = (mode: Mode, asked?: Agent, hasMount = false) => ({ mode, asked, hasMount })

test.for([
  ['intercept', 'sidecar'],
  ['wiretap', 'sidecar'],
  ['ingest', 'node'],
  ['replace', 'sidecar'],
] as const)('where node agents are allowed, %s is done by a %s', ([mode, agent], { expect }) => {
  expect(chooseAgent(wish(mode), { manager: manager(true), hasSidecar: false })).toBe(agent)
})

test.for([
  ['it has a sidecar already', { manager: manager(true), hasSidecar: true }],
  ['the cluster allows no node agents', { manager: manager(false), hasSidecar: false }],
  ['nobody may read what the cluster allows', { manager: { found: 'forbidden' }, hasSidecar: false }],
] as const)('a workload gets a sidecar where %s', ([, facts], { expect }) => {
  expect(chooseAgent(wish('ingest'), facts)).toBe('sidecar')
})

test('volumes are served by a sidecar alone', ({ expect }) => {
  const allowed = { manager: manager(true), hasSidecar: false }
  expect(chooseAgent(wish('ingest', undefined, true), allowed)).toBe('sidecar')
})

test('what is asked for is done', ({ expect }) => {
  expect(chooseAgent(wish('ingest', 'sidecar'), { manager: manager(true), hasSidecar: false })).toBe(
    'sidecar',
  )
  expect(chooseAgent(wish('ingest', 'node'), { manager: { found: 'no' }, hasSidecar: true })).toBe('node')
})
