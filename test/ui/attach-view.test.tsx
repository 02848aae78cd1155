import { screen, within } from '@testing-library/react'
import { test } from 'vitest'
import type { SessionEvent } from '../../session/events.ts'
import { fakeHome } from './fake-home.ts'
import { showPage } from './show-page.tsx'
import { attached, choices, listed, notYours, plan, workloads } from './told.ts'

const COMMAND =
  "docker kde-tp intercept --environment staging --project shop --port 8081:http --header 'x-developer=ada b' --detach myapp api"

test('a workload is attached by keyboard alone: command line and plan are shown before', async ({
  expect,
}) => {
  const { home, user } = showPage('#/attach')
  await user.click(await screen.findByRole('combobox', { name: 'Environment' }))
  await user.clear(screen.getByRole('combobox', { name: 'Environment' }))
  await user.keyboard('staging{Enter}{Tab}')
  expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Namespace' }))
  await user.keyboard('myapp{Tab}')
  await user.keyboard('shop{Tab}')
  const search = await screen.findByRole('combobox', { name: 'Search' })
  search.focus()
  await user.keyboard('api{Enter}')
  const port = await screen.findByRole('checkbox', { name: 'http (80) of service api' })
  port.focus()
  await user.keyboard(' {Tab}')
  await user.clear(screen.getByRole('textbox', { name: 'Local port for http' }))
  await user.keyboard('8081{Tab}')
  await user.type(
    screen.getByRole('textbox', { name: 'Headers, one NAME=VALUE a line' }),
    'x-developer=ada b',
  )
  expect(screen.getByRole('group', { name: 'Command line' }).textContent).toBe(COMMAND)

  const steps = await screen.findByRole('list', { name: 'Plan' })
  expect(
    within(steps)
      .getAllByRole('listitem')
      .map(step => step.textContent),
  ).toEqual([
    '1.Take a lease on namespace myappthe keeper takes away what nobody holds',
    '2.Take the requests of apithey are to arrive at 8080:http',
  ])
  expect(home.runs.some(run => run.startsWith('intercept') && !run.endsWith('--dry-run'))).toBe(false)
  screen.getByRole('button', { name: 'Attach' }).focus()
  await user.keyboard('{Enter}')
  await screen.findByRole('heading', { name: 'api in myapp' })
  expect(home.runs.at(-1)).not.toContain('--dry-run')
  expect(home.runs).toContain(COMMAND.replace('docker kde-tp ', '').replaceAll("'", ''))
})

test('all that the command line takes can be filled in, with as many headers and variables as there are lines', async ({
  expect,
}) => {
  const { user } = showPage('#/attach?namespace=myapp&workload=api&project=shop')
  await user.click(await screen.findByRole('checkbox', { name: 'http (80) of service api' }))
  const fill = (name: string, text: string) => user.type(screen.getByRole('textbox', { name }), text)
  await fill('Headers, one NAME=VALUE a line', 'x-developer=ada{Enter}{Enter}x-team=web')
  await fill("Ports of the pod's other containers", '5432, 5353/udp')
  await fill('Variables, one NAME=VALUE a line', 'DEBUG=1{Enter}-X=a b')
  await user.click(screen.getByRole('combobox', { name: 'Agent in the cluster' }))
  await user.click(screen.getByRole('option', { name: /^node agent/ }))
  expect(screen.getByRole('group', { name: 'Command line' }).textContent).toBe(
    "docker kde-tp intercept --environment demo --project shop --agent node --port 8080:http --header x-developer=ada --header x-team=web --to-pod 5432 --to-pod 5353/udp --env DEBUG=1 '--env=-X=a b' --detach myapp api",
  )
  await user.click(screen.getByRole('radio', { name: /^replace/i }))
  expect(screen.queryByRole('combobox', { name: 'Agent in the cluster' })).toBeNull()
})

test('a workload without a declared port cannot be replaced, and one without a service only ingested', async ({
  expect,
}) => {
  const service = [{ remote: 'http', shown: 'http (80) of service api', target: 8080 }]
  const of = (ports: object) => fakeHome([/^choices/, [{ ...choices, ports } as SessionEvent]])
  showPage('#/attach?namespace=myapp&workload=api&mode=replace', of({ service, container: [] }))
  await screen.findByText(/^No container of this workload declares a port/)
  showPage('#/attach?namespace=myapp&workload=api&mode=replace', of({ service: [], container: [] }))
  await screen.findByText(/^No service leads to this workload/)
  expect(screen.queryByRole('checkbox', { name: /of service api/ })).toBeNull()
})

test('of 1,000 workloads only those that can be seen are drawn, and a search finds one', async ({
  expect,
}) => {
  const many = { ...workloads, workloads: Array.from({ length: 1000 }, (_, index) => listed(`app-${index}`)) }
  const { user } = showPage('#/attach?namespace=myapp', fakeHome([/^list/, [many as typeof workloads]]))
  await screen.findByText('Workloads: 1000')
  const drawn = () => within(screen.getByRole('listbox')).getAllByRole('option')
  expect(drawn().length).toBeLessThan(40)
  await user.type(screen.getByRole('combobox', { name: 'Search' }), 'app-777')
  expect(drawn().map(option => option.textContent)).toEqual(['app-777Deploymentready'])
})

test('what somebody else has is taken only after another click', async ({ expect }) => {
  const home = fakeHome(
    [/^ingest .*myapp api$/, [notYours]],
    [/--dry-run/, [plan]],
    [/^ingest --yes|--yes/, []],
  )
  const { user } = showPage('#/attach?mode=ingest&namespace=myapp&workload=api&project=shop', home)
  const attach = await screen.findByRole('button', { name: 'Attach' })
  await expect.poll(() => attach.hasAttribute('disabled')).toBe(false)
  await user.click(attach)
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('bob@desk has attached "worker"')
  await user.click(within(alert).getByRole('button', { name: 'Do it all the same' }))
  expect(home.runs.at(-1)).toBe('ingest --yes --environment demo --project shop --detach myapp api')
})

test('an attach goes on while another view is looked at, and is found again', async ({ expect }) => {
  const home = fakeHome([/--dry-run/, [plan]], [/^ingest/, 'forever'])
  const { user } = showPage('#/attach?mode=ingest&namespace=myapp&workload=api&project=shop', home)
  const attach = await screen.findByRole('button', { name: 'Attach' })
  await expect.poll(() => attach.hasAttribute('disabled')).toBe(false)
  await user.click(attach)
  await screen.findByRole('heading', { name: 'Attaching api' })
  await user.click(screen.getByRole('link', { name: 'Attachments' }))
  await screen.findByRole('row', { name: /^api / })
  for (const event of attached) home.tell(/^ingest(?!.*--dry-run)/, event)
  await user.click(
    within(screen.getByRole('navigation')).getByRole('link', { name: /New attachment|Attaching/ }),
  )
  await screen.findByRole('heading', { name: 'api in myapp' })
})

test('a cluster without a traffic-manager gets one after another click', async ({ expect }) => {
  const message = 'The cluster has no traffic-manager.'
  const missing = { type: 'error', code: 'TRAFFIC_MANAGER_MISSING', exitCode: 4, message } as const
  const home = fakeHome(
    [/--dry-run/, [plan]],
    [/--install-traffic-manager/, attached],
    [/^ingest .*myapp api$/, [missing]],
  )
  const { user } = showPage('#/attach?mode=ingest&namespace=myapp&workload=api&project=shop', home)
  const attach = await screen.findByRole('button', { name: 'Attach' })
  await expect.poll(() => attach.hasAttribute('disabled')).toBe(false)
  await user.click(attach)
  await user.click(await screen.findByRole('button', { name: 'Install it in the cluster, and attach' }))
  await screen.findByRole('heading', { name: 'api in myapp' })
  expect(home.runs).toContain(
    'ingest --install-traffic-manager --environment demo --project shop --detach myapp api',
  )
})

test('a namespace without workloads says so, and what may not be seen', async ({ expect }) => {
  const message = 'Namespace "myapp" has no Deployment, StatefulSet or ReplicaSet.'
  const none = { ...workloads, workloads: [] } as typeof workloads
  showPage('#/attach?namespace=myapp', fakeHome([/^list/, [{ type: 'remark', message }, none]]))
  expect(await screen.findByText(message)).toBeTruthy()
})
