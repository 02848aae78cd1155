import { screen, within } from '@testing-library/react'
import { test } from 'vitest'
import { SessionEvent } from '../../session/events.ts'
import { foldEngine, foldRun, NOTHING_READ, RUN_BEGINS } from '../../session/view.ts'
import { fakeHome } from './fake-home.ts'
import killed from './recorded/events-of-a-killed-session.ndjson?raw'
import intercept from './recorded/intercept.ndjson?raw'
import status from './recorded/status.ndjson?raw'
import { showPage } from './show-page.tsx'

const linesOf = (recorded: string): readonly string[] => recorded.trim().split('\n')
const eventsOf = (recorded: string): readonly SessionEvent[] =>
  linesOf(recorded).map(line => SessionEvent.parse(JSON.parse(line)))

test('a recorded attach ends with each of its steps done', ({ expect }) => {
  const { steps, remarks, error, exitCode } = eventsOf(intercept).reduce(foldRun, RUN_BEGINS)
  expect(steps.map(({ state }) => state)).toEqual(steps.map(() => 'done'))
  expect(steps[0]?.name).toBe('Start the keeper kde-tp-demo-keeper')
  expect(remarks).toEqual(['Requests for api arrive here, on port 8080.'])
  expect([error, exitCode]).toEqual([undefined, 0])
})

test('a session that was killed shows with its first recorded event, and healed with its last', ({
  expect,
}) => {
  const before = eventsOf(status).reduce(foldEngine, NOTHING_READ)
  const states = eventsOf(killed).map((_, index, all) => {
    const { environments } = all.slice(0, index + 1).reduce(foldEngine, before)
    return environments?.[0]?.sessions[0]?.state
  })
  expect([states[0], states.at(-1)]).toEqual(['exited', 'connected'])
})

test('a recorded status is shown', async ({ expect }) => {
  showPage('', fakeHome([/^status/, linesOf(status)]))
  const row = await screen.findByRole('row', { name: /^api / })
  expect(within(row).getByText('8080:http, 127.0.0.1:8080:8080')).toBeTruthy()
  expect(within(row).getByText('healthy')).toBeTruthy()
  expect(screen.getByText(/it has ended with exit code 137/)).toBeTruthy()
})
