import { screen, within } from '@testing-library/react'
import { test } from 'vitest'
import { fakeHome } from './fake-home.ts'
import { API, showPage, WORKER } from './show-page.tsx'
import { demo, gone, notYours, status } from './told.ts'

test('values of variables are not in the page until one is revealed, and then that one alone', async ({
  expect,
}) => {
  const { home, user } = showPage(API)
  await user.click(await screen.findByRole('tab', { name: 'Variables' }))
  await screen.findByRole('row', { name: /^DATABASE_PASSWORD/ })
  expect(home.runs.some(run => run.includes('--reveal'))).toBe(false)
  await user.click(screen.getByRole('button', { name: 'Reveal DATABASE_PASSWORD' }))
  await screen.findByText('correct horse')
  expect(screen.queryByText('hello')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Hide DATABASE_PASSWORD' }))
  expect(screen.queryByText('correct horse')).toBeNull()
})

test('variables are copied as the command line writes them', async ({ expect }) => {
  const { user } = showPage(API)
  await user.click(await screen.findByRole('tab', { name: 'Variables' }))
  await user.click(screen.getByRole('button', { name: 'Copy as dotenv' }))
  await screen.findByRole('button', { name: 'Copied' })
  expect(await navigator.clipboard.readText()).toBe('GREETING=hello\n')
})

test('a published port opens in the browser, and another is published', async ({ expect }) => {
  const { home, user } = showPage(API)
  await user.click(await screen.findByRole('button', { name: 'Open http://127.0.0.1:18080 in the browser' }))
  expect(home.opened).toEqual(['http://127.0.0.1:18080'])
  await user.click(screen.getByRole('button', { name: 'Publish port 9090' }))
  expect(home.runs.at(-1)).toBe('publish --workspace /w --environment demo myapp api 9090')
})

test('mounts are told: which volumes, where they are seen and lie, live or copied, and who may write', async ({
  expect,
}) => {
  const { home } = showPage(API)
  const table = await screen.findByRole('table', { name: 'Mounts' })
  expect(home.runs).toContain('mounts --workspace /w --environment demo myapp api')
  const cells = within(table)
    .getAllByRole('row')
    .map(row => [...row.children].map(cell => cell.textContent))
  expect(cells).toEqual([
    ['In the dev container', 'In the pod', "On the engine's computer", 'How'],
    [
      ...['/w/mounts/remote/myapp/api/etc/settings', '/etc/settings'],
      ...['/w/mounts/remote/myapp/api/etc/settings', 'copied once, to be written'],
    ],
    ['/.kube', '–', '/w/run/kubeconfig', 'live, to be read'],
    ['/w/shop', '–', '/w/shop', 'live, to be written'],
    ['/cache', '–', "Docker's volume shop-cache", 'live, to be written'],
  ])
})

test('logs are followed, searched, and kept still while they are paused', async ({ expect }) => {
  const { home, user } = showPage(API)
  await user.click(await screen.findByRole('tab', { name: 'Logs' }))
  const log = (text: string) =>
    home.tell(/^logs/, { type: 'log', source: 'session', time: '2026-11-27T09:00:00Z', text })
  await expect.poll(() => home.runs).toContain('logs --follow --workspace /w --environment demo myapp api')
  for (let line = 0; line < 5000; line++) log(`line ${line}`)
  await screen.findByText('Lines: 5000')
  expect(screen.getByRole('group', { name: 'Lines of the logs' }).textContent?.length).toBeLessThan(4000)
  await user.type(screen.getByRole('textbox', { name: 'Search' }), 'line 4321')
  await screen.findByText('Lines: 1 of 5000')
  await user.clear(screen.getByRole('textbox', { name: 'Search' }))
  await user.click(screen.getByRole('button', { name: 'Pause' }))
  log('one more')
  await screen.findByText('Lines: 5000')
  await user.click(screen.getByRole('button', { name: 'Follow' }))
  await screen.findByText('Lines: 5001')
})

test('what a colleague has is detached only after another click', async ({ expect }) => {
  const home = fakeHome([/^detach (?!.*--yes)/, [notYours]])
  const { user } = showPage(WORKER, home)
  await user.click(await screen.findByRole('button', { name: 'Detach' }))
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('bob@desk')
  await user.click(within(alert).getByRole('button', { name: 'End it all the same' }))
  expect(home.runs.at(-1)).toBe('detach --workspace /w --environment demo --yes myapp worker')
})

test('without a shell in the page there is the command for one, of the right workspace', async ({
  expect,
}) => {
  const { user } = showPage(API, fakeHome([/^status/, [status({ ...demo, workspace: '/other' })]]))
  await user.click(await screen.findByRole('tab', { name: 'Shell' }))
  expect(screen.getByRole('group', { name: 'Command line' }).textContent).toBe(
    'docker kde-tp exec --workspace /other --environment demo myapp api',
  )
})

test('what is broken can be attached again, as it was', async ({ expect }) => {
  const sessions = demo.sessions.map(session => ({ ...session, state: 'not connected (no route)' }))
  const { home, user } = showPage(API, fakeHome([/^status/, [status({ ...demo, sessions })]]))
  await user.click(await screen.findByRole('button', { name: 'Reconnect' }))
  expect(home.runs.at(-1)).toBe(
    'intercept --workspace /w --environment demo --project=shop --agent sidecar --port 8080:http --port 9090:metrics --publish 127.0.0.1:18080:8080 --detach myapp api',
  )
})

test('without KDE-cli it is attached again with the image that it was made of', async ({ expect }) => {
  const devContainers = demo.devContainers.map(each => ({
    ...each,
    project: '/home/ada/shop',
    image: 'node:24',
  }))
  const sessions = demo.sessions.map(session => ({ ...session, state: 'not connected (no route)' }))
  const { home, user } = showPage(API, fakeHome([/^status/, [status({ ...demo, sessions, devContainers })]]))
  await user.click(await screen.findByRole('button', { name: 'Reconnect' }))
  expect(home.runs.at(-1)).toContain('intercept --workspace /w --environment demo --image=node:24 --agent')
})

test('where headers choose the requests, their values are asked for before it is attached again', async ({
  expect,
}) => {
  const devContainers = demo.devContainers.map(each => ({
    ...each,
    ...(each.attachment && { attachment: { ...each.attachment, headers: ['x-user', 'x-team'] } }),
  }))
  const sessions = demo.sessions.map(session => ({
    ...session,
    lost: [{ workload: 'api', because: 'bob@desk has taken it' }],
  }))
  const home = fakeHome([/^status/, [status({ ...demo, sessions, devContainers })]])
  const { user } = showPage(API, home)
  await screen.findByText('unhealthy: bob@desk has taken it')
  const button = await screen.findByRole('button', { name: 'Reconnect' })
  expect(button.hasAttribute('disabled')).toBe(true)
  await user.type(screen.getByLabelText('Value of the header x-user'), 'ada b')
  expect(button.hasAttribute('disabled')).toBe(true)
  await user.type(screen.getByLabelText('Value of the header x-team'), '=1{Enter}')
  expect(home.runs.at(-1)).toContain(' --header=x-user=ada b --header=x-team==1 ')
  home.answer(/^status/, [status({ ...demo, devContainers })])
  home.tell(/^events/, gone)
  await screen.findByText('healthy')
  expect(screen.getByRole('list', { name: 'Progress' })).toBeTruthy()
})

test('what is not attached any more can be attached again', async ({ expect }) => {
  showPage(API, fakeHome([/^status/, [status()]]))
  const link = await screen.findByRole('link', { name: 'Attach it again' })
  expect(link.getAttribute('href')).toBe('#/attach?namespace=myapp&workload=api')
})
