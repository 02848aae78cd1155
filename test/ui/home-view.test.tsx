import { act, screen, within } from '@testing-library/react'
import { test } from 'vitest'
import { type FakeHome, fakeHome } from './fake-home.ts'
import { showPage } from './show-page.tsx'
import { demo, gone, status } from './told.ts'

test('all attachments are seen at a glance, with mode, ports, project, owner and health', async ({
  expect,
}) => {
  showPage('')
  const table = await screen.findByRole('table', { name: 'Attachments in demo' })
  const cells = within(table)
    .getAllByRole('row')
    .map(row => [...row.children].map(cell => cell.textContent).slice(0, 6))
  expect(cells).toEqual([
    ['Workload', 'Mode', 'Ports', 'Project', 'Owner', 'Health'],
    ['myapp · also reaches 10.20.0.0/16', '', 'ada@laptop', 'healthy', expect.any(String)],
    ['worker', 'ingest', '–', 'jobs', 'bob@desk', 'healthy'],
    ['api', 'intercept', '8080:http, 9090:metrics, 127.0.0.1:18080:8080', 'shop', 'ada@laptop', 'healthy'],
  ])
})

const readings = ({ runs }: FakeHome) => runs.filter(run => run === 'status').length

test('what happens shows at once, before the status is read again', async ({ expect }) => {
  const { home } = showPage('')
  const row = await screen.findByRole('row', { name: /^api / })
  home.answer(/^status/, 'forever')
  home.tell(/^events/, {
    type: 'happening',
    at: '2026-11-27T09:20:00.000Z',
    workspace: '/w',
    environment: 'demo',
    namespace: 'myapp',
    source: 'session',
    kind: 'reconnecting',
    what: 'the session',
    because: 'the daemon has ended',
  })
  await within(row).findByText('unhealthy: not connected (the daemon has ended)')
  await expect.poll(() => readings(home)).toBe(2)
})

test('what was read a moment ago is shown until the status is read', async () => {
  const told = fakeHome([/^status$/, 'forever'])
  const before = JSON.stringify(status({ ...demo, devContainers: [] }))
  showPage('', { ...told, lastStatus: async () => before })
  await screen.findByText('myapp · also reaches 10.20.0.0/16')
  told.tell(/^status$/, status(demo))
  await screen.findByRole('row', { name: /^api / })
})

test('what was read a moment ago and comes late is not shown', async ({ expect }) => {
  const { promise, resolve } = Promise.withResolvers<string>()
  showPage('', { ...fakeHome(), lastStatus: () => promise })
  await screen.findByRole('row', { name: /^api / })
  await act(async () => resolve(JSON.stringify(status())))
  expect(screen.queryByRole('row', { name: /^api / })).not.toBeNull()
})

test('happenings that come while the status is read make one more reading', async ({ expect }) => {
  const home = fakeHome()
  showPage('', home)
  await screen.findByRole('row', { name: /^api / })
  home.answer(/^status/, [status({ ...demo, devContainers: [] })])
  for (let ms = 100; ms < 110; ms++) home.tell(/^events/, { ...gone, at: `2026-11-27T09:20:00.${ms}Z` })
  await screen.findByText('myapp · also reaches 10.20.0.0/16')
  await expect.poll(() => screen.queryByRole('row', { name: /^api / })).toBeNull()
  expect(readings(home)).toBe(2)
})

test('a tab that is not seen follows nothing, and looks again when it is', async ({ expect }) => {
  const { home } = showPage('')
  await screen.findByRole('row', { name: /^api / })
  turnTo('hidden')
  home.answer(/^status/, [status({ ...demo, devContainers: [] })])
  home.tell(/^events/, gone)
  expect(readings(home)).toBe(1)
  turnTo('visible')
  await expect.poll(() => screen.queryByRole('row', { name: /^api / })).toBeNull()
  expect(home.runs.filter(run => run === 'events')).toHaveLength(2)
})

function turnTo(state: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
  act(() => void document.dispatchEvent(new Event('visibilitychange')))
}

const connections = (perSecond: number) =>
  ({ type: 'connections', workspace: '/w', environment: 'demo', namespace: 'myapp', perSecond }) as const

test('new connections of a session are counted and drawn, a second after the other', async ({ expect }) => {
  const { home } = showPage('')
  await screen.findByRole('row', { name: /^api / })
  await expect.poll(() => home.runs).toContain('status --connections')
  home.tell(/--connections/, connections(7))
  await screen.findByText('7 new/s')
  home.tell(/--connections/, connections(2))
  await screen.findByText('2 new/s')
  const drawn = screen.getByRole('img', { name: /^New connections a second with myapp in the last minute/ })
  expect(drawn.getAttribute('aria-label')).toMatch(/: now 2, at most 7$/)
  const points = drawn.querySelector('polyline')?.getAttribute('points')?.split(' ') ?? []
  expect(points.at(0)).toMatch(/,1$/)
  expect(points.at(-1)).toBe('59,11')
})

test('connections are counted only where a session is connected, and only while the page is seen', async ({
  expect,
}) => {
  const counting = ({ runs }: FakeHome) => runs.filter(run => run === 'status --connections').length
  const { home } = showPage('')
  await expect.poll(() => counting(home)).toBe(1)
  home.tell(/--connections/, connections(3))
  await screen.findByText('3 new/s')
  turnTo('hidden')
  expect(home.isRunning(/--connections/)).toBe(false)
  turnTo('visible')
  await expect.poll(() => counting(home)).toBe(2)
  const sessions = demo.sessions.map(session => ({ ...session, state: 'exited' }))
  home.answer(/^status$/, [status({ ...demo, sessions })])
  home.tell(/^events/, gone)
  await expect.poll(() => home.isRunning(/--connections/)).toBe(false)
  await expect.poll(() => screen.queryByText(/new\/s/)).toBeNull()
})

test('where nothing is attached, the one thing to do is to attach', async ({ expect }) => {
  showPage('', fakeHome([/^status/, [status()]]))
  const link = await screen.findByRole('link', { name: 'Attach a workload' })
  expect(link.getAttribute('href')).toBe('#/attach')
})

test('an engine that does not answer is told with cause and cure', async ({ expect }) => {
  const home = fakeHome([
    /^status/,
    [
      {
        type: 'error',
        code: 'ENGINE_UNREACHABLE',
        message: 'The engine does not answer.',
        exitCode: 5,
        hint: 'Start Docker.',
      },
    ],
  ])
  const { user } = showPage('', home)
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('The engine does not answer. (ENGINE_UNREACHABLE)')
  expect(alert.textContent).toContain('Start Docker.')
  expect(alert.textContent).toContain('It is read again by itself.')
  await user.click(within(alert).getByRole('link', { name: 'ENGINE_UNREACHABLE in the guide' }))
  expect(home.opened).toEqual([
    'https://github.com/kde-tp/kde-tp/blob/main/docs/errors.md#engine_unreachable',
  ])
})

test('a bug of ours is to be reported, with what is known of it', async ({ expect }) => {
  const message = 'This is a bug in kde-tp 1.0.0.'
  const bug = { type: 'error', code: 'BUG', message, detail: 'at status.ts:7', exitCode: 70 } as const
  const { home, user } = showPage('', fakeHome([/^status/, [bug]]))
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('at status.ts:7')
  await user.click(within(alert).getByRole('link', { name: 'Report it, with what stands here' }))
  expect(home.opened).toEqual(['https://github.com/kde-tp/kde-tp/issues'])
})
