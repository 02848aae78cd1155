import { test } from 'vitest'
import type { EnvironmentStatus } from '../../../session/engine-status.ts'
import type { SessionEvent } from '../../../session/events.ts'
import {
  attachmentHealth,
  foldEngine,
  foldRun,
  NOTHING_READ,
  RUN_BEGINS,
  sessionHealth,
} from '../../../session/view.ts'

test('a step that is begun again is shown once more, and its end is that of the last', ({ expect }) => {
  const step = (name: string, state: 'started' | 'done' | 'failed'): SessionEvent => ({
    type: 'step',
    name,
    state,
  })
  const told = [step('a', 'started'), step('a', 'failed'), step('a', 'started'), step('a', 'done')]
  expect(told.reduce(foldRun, RUN_BEGINS).steps.map(({ state }) => state)).toEqual(['failed', 'done'])
})

test('a run is over with its result or its error', ({ expect }) => {
  expect(foldRun(RUN_BEGINS, { type: 'result', exitCode: 0 }).exitCode).toBe(0)
  const error: SessionEvent = { type: 'error', code: 'USAGE', message: 'no', exitCode: 2 }
  expect(foldRun(RUN_BEGINS, error)).toMatchObject({ error: { code: 'USAGE' }, exitCode: 2 })
})

const environment: EnvironmentStatus = {
  workspace: '/w',
  environment: 'demo',
  keeper: 'running',
  sessions: [{ container: 'session', namespace: 'myapp', state: 'connected', alsoProxy: [] }],
  repairs: [],
  devContainers: [
    {
      container: 'dev',
      namespace: 'myapp',
      state: 'running',
      createdAt: '2026-11-27T09:00:00Z',
      published: [],
      attachment: { mode: 'ingest', workload: 'api', ports: [], agent: 'node' },
    },
  ],
}
const [dev] = environment.devContainers

test('an attachment is healthy while its container runs, its session is connected and nobody has taken it', ({
  expect,
}) => {
  if (dev === undefined) throw new Error('none')
  expect(attachmentHealth(dev, environment).state).toBe('healthy')
  expect(attachmentHealth({ ...dev, state: 'exited' }, environment)).toEqual({
    state: 'unhealthy',
    because: 'exited',
  })
  expect(attachmentHealth(dev, { ...environment, sessions: [] }).state).toBe('unhealthy')
  const lostIn = (workload: string) => ({
    ...environment,
    sessions: environment.sessions.map(each => ({
      ...each,
      lost: [{ workload, because: 'bob has taken it' }],
    })),
  })
  expect(attachmentHealth(dev, lostIn('api'))).toEqual({ state: 'unhealthy', because: 'bob has taken it' })
  expect(attachmentHealth(dev, lostIn('web')).state).toBe('healthy')
})

test('a session that starts is waited for, and any other that is not connected is unhealthy', ({
  expect,
}) => {
  expect(['connected', 'starting', 'no answer'].map(state => sessionHealth(state).state)).toEqual([
    'healthy',
    'waiting',
    'unhealthy',
  ])
})

test('a happening changes what it is about, and nothing of another workspace', ({ expect }) => {
  const view = foldEngine(NOTHING_READ, { type: 'status', environments: [environment] })
  const paused = {
    at: '2026-11-27T09:30:00Z',
    environment: 'demo',
    source: 'engine',
    kind: 'paused',
    what: 'dev',
  } as const
  const here = foldEngine(view, { type: 'happening', workspace: '/w', ...paused })
  expect(here.environments?.[0]?.devContainers[0]?.state).toBe('paused')
  const elsewhere = foldEngine(view, { type: 'happening', workspace: '/other', ...paused })
  expect(elsewhere.environments).toEqual([environment])
})
