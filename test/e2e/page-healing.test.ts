import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type InPage, withinPage } from './harness/browser.ts'
import { fillIn, openView, rowOf } from './harness/by-clicks.ts'
import { docker, namesOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { partOf, randomFrom } from './harness/random.ts'
import { startServing } from './harness/serving.ts'

const SERVED = { options: ['--detach'], command: ['python3', 'serve.py'] }

/** Whether all rows of an environment are shown as unhealthy at some time from now on, however short. */
async function watchRows(page: Page, environment: string): Promise<() => Promise<boolean>> {
  await page.evaluate(`{
    const rows = document.querySelector('[aria-label="Environment ${environment}"] tbody')
    window.wasUnhealthy = false
    const look = () => {
      window.wasUnhealthy ||= [...rows.children].every(row => row.innerText.includes('unhealthy: '))
    }
    new MutationObserver(look).observe(rows, { subtree: true, childList: true, characterData: true })
  }`)
  return () => page.evaluate<boolean>('window.wasUnhealthy')
}

const MISHAPS: Readonly<Record<string, (session: string) => readonly string[]>> = {
  'docker kill of the session': session => ['kill', session],
  "kill -9 of the session's daemon": session => [
    ...['exec', session, 'pkill', '-KILL', '--full', '[-]-embed-network'],
  ],
}

test.for(partOf(Object.entries(MISHAPS), 1))('%s shows as unhealthy, and then as healed', ([, mishap]) =>
  withinPage({}, async scenario => {
    const { page, names, workspace, person, answererOf, namespace } = scenario
    await startServing(scenario, SERVED)
    const row = rowOf(page, workspace.environment)
    const session = rowOf(page, workspace.environment, namespace)
    const areHealthy = async () => {
      for (const each of [session, row]) await each.getByText('healthy', { exact: true }).waitFor()
    }
    await areHealthy()
    const wasUnhealthy = await watchRows(page, workspace.environment)
    await docker(mishap(names.session))
    await eventually(async () => expect(await wasUnhealthy()).toBe(true))
    await areHealthy()
    await eventually(async () => expect(await answererOf()).toBe('the dev container'))
    await areHealthy()
    await person.run(['kde-tp', 'detach', namespace, 'api', '--workspace', workspace.path])
    await row.waitFor({ state: 'detached' })
  })(),
)

test(
  'two tabs and a terminal agree on what is attached',
  withinPage({}, async scenario => {
    const { page, workspace, person, intercept } = scenario
    const other = await page.context().newPage()
    await other.goto(page.url())
    const status = () => person.run(['kde-tp', 'status', '--format', 'json'])
    const [here, there] = [page, other].map(tab => rowOf(tab, workspace.environment))
    if (here === undefined || there === undefined) throw new Error('no tab')
    await person.run(intercept(SERVED))
    for (const row of [here, there]) await row.getByText('healthy', { exact: true }).waitFor()
    await here.getByRole('link', { name: 'api' }).click()
    await page.getByRole('button', { name: 'Detach' }).click()
    await there.waitFor({ state: 'detached' })
    await page.getByText('api is not attached any more.').waitFor()
    await eventually(async () => expect((await status()).stdout).not.toContain(workspace.environment))
    for (const tab of [page, other]) await openView(tab, 'Attachments')
    for (const row of [here, there]) expect(await row.count()).toBe(0)
  }),
)

/** Steps of an attach that are done before the page is loaded again. */
const stepsBefore = (): number => Math.floor(randomFrom(Number(process.env['KDE_TP_TEST_SEED'] ?? 0))() * 6)

test(
  'a page that is loaded again in the middle of an attach shows what is: an attachment, or nothing',
  withinPage({}, async scenario => {
    const { page, namespace, workspace, person } = scenario
    await fillIn(page, 'intercept', namespace)
    await page.getByRole('button', { name: 'Attach', exact: true }).click()
    const done = page.getByRole('list', { name: 'Progress' }).getByRole('img', { name: 'done' })
    await done.nth(stepsBefore()).waitFor()
    await page.reload()
    await openView(page, 'Attachments')
    await eventually(() => expectAgreement(scenario))
    await person.run(['kde-tp', 'clear', '--workspace', workspace.path])
    await eventually(() => expectAgreement(scenario))
    expect(await namesOf('container', workspace.path)).toEqual([])
  }),
)

/** All containers of an attachment are there and the page shows it as healthy, or none and it shows nothing. */
async function expectAgreement({ page, workspace, names }: InPage): Promise<void> {
  const row = rowOf(page, workspace.environment)
  const containers = await namesOf('container', workspace.path)
  const all = [names.holder, names.devContainer(), names.keeper, names.session].toSorted()
  const isShown = (await row.count()) === 1 && (await row.getByText('healthy', { exact: true }).count()) === 1
  const region = page.getByRole('region', { name: `Environment ${workspace.environment}` })
  const isNothing = (await region.count()) === 0
  expect([containers, isShown, isNothing]).toEqual(
    containers.length > 0 ? [all, true, false] : [[], false, true],
  )
}
