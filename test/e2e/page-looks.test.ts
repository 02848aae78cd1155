import axe from 'axe-core'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { LANGUAGES } from '../../language/choose-language.ts'
import type { SessionEvent } from '../../session/events.ts'
import * as told from '../ui/told.ts'
import { openWindow, startUi, withBrowser } from './harness/browser.ts'
import { differenceOf } from './harness/picture.ts'
import { partOf } from './harness/random.ts'
import { within } from './harness/scenario.ts'
import { desktopThatTells, type Telling, tellInBrowser } from './harness/told-page.ts'

// Every view, with the same told each time, as Chromium draws it.

const LOGS: readonly SessionEvent[] = [
  ['kde-telepresence-session-demo-myapp', 'connected to the cluster'],
  ['kde-tp-demo-dev-myapp-shop', 'GET /orders/7 200 網路'],
  ['kde-tp-demo-keeper', 'started kde-telepresence-session-demo-myapp'],
].map(([source = '', text = '']) => ({ type: 'log', source, text, time: '2026-11-27T09:15:00.000Z' }))

const UNREACHABLE: SessionEvent = {
  type: 'error',
  code: 'ENGINE_UNREACHABLE',
  message: 'No Docker engine answers.',
  detail: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.',
  hint: 'Start it, and try again.',
  exitCode: 5,
}

const USUAL: Telling = [
  [/^events/, { lines: [], goesOn: true }],
  // Its line would be longer each second.
  [/^status --connections/, { lines: [], goesOn: true }],
  [/^status/, { lines: [told.status(told.demo)] }],
  [/^choices/, { lines: [told.choices] }],
  [/^list/, { lines: [told.workloads] }],
  [/^mounts/, { lines: [told.mounts] }],
  [/--dry-run/, { lines: [told.plan] }],
  [/^env/, { lines: [told.variables(false)] }],
  [/^logs/, { lines: LOGS, goesOn: true }],
  [/^doctor/, { lines: [told.findings] }],
  [/^intercept/, { lines: told.attached.slice(0, 3), goesOn: true }],
]

interface View {
  readonly hash?: string
  /** Before what is told as usual. */
  readonly telling?: Telling
  /** What a shell says, in a browser: Docker Desktop has none. */
  readonly shell?: string
  /** What a person does to see all of it. */
  readonly act?: (page: Page) => Promise<unknown>
  /** Is seen when all is there, in each language. */
  readonly ready: (page: Page) => Locator
}

const API = '#/attachment?devContainer=kde-tp-demo-dev-myapp-shop&namespace=myapp&workload=api'
const FORM = '#/attach?mode=intercept&namespace=myapp&workload=api&project=shop'

const attach = async (page: Page) => {
  await page.getByRole('checkbox', { name: /^http/ }).check()
  await page.locator('main .MuiButton-contained').click()
}

const VIEWS: Readonly<Record<string, View>> = {
  home: { ready: page => page.getByText('started kde-telepresence-session') },
  'home-empty': {
    telling: [[/^status/, { lines: [told.status()] }]],
    ready: page => page.getByText('staging').first(),
  },
  'home-unreachable': {
    telling: [[/^(status|events)/, { lines: [UNREACHABLE] }]],
    ready: page => page.getByText('Cannot connect'),
  },
  attach: { hash: '#/attach', ready: page => page.locator('input[value=demo]') },
  'attach-plan': {
    hash: FORM,
    act: page => page.getByRole('checkbox', { name: /^http/ }).check(),
    ready: page => page.getByText('Take the requests of api'),
  },
  attaching: { hash: FORM, act: attach, ready: page => page.getByText('Take the requests of api') },
  'attach-refused': {
    hash: FORM,
    telling: [[/^intercept(?!.*--dry-run)/, { lines: [told.notYours] }]],
    act: attach,
    ready: page => page.getByText('NOT_YOURS').first(),
  },
  attachment: { hash: API, ready: page => page.getByText('shop-cache') },
  variables: {
    hash: API,
    act: page => page.getByRole('tab').nth(1).click(),
    ready: page => page.getByText('GREETING'),
  },
  logs: {
    hash: API,
    act: page => page.getByRole('tab').nth(2).click(),
    ready: page => page.getByText('GET /orders/7'),
  },
  shell: {
    hash: API,
    act: page => page.getByRole('tab').nth(3).click(),
    ready: page => page.getByText('docker kde-tp exec'),
  },
  terminal: {
    hash: API,
    // Without a cursor, which blinks.
    shell: '\u001b[?25l\u001b[32mada@shop\u001b[m:/workspace$ echo $NAME\r\n訂單 orders\r\n',
    act: page => page.getByRole('tab').nth(3).click(),
    ready: page => page.getByText('orders'),
  },
  doctor: { hash: '#/doctor', ready: page => page.getByText('Start the cluster.') },
  remove: {
    hash: '#/remove',
    async act(page) {
      await page.getByRole('textbox').fill('myapp')
      await page.getByRole('textbox').press('Enter')
    },
    ready: page => page.getByText('worker: '),
  },
}

/** Half an hour after what is told has happened. */
const NOW = '2026-11-27T09:45:00.000Z'

async function show(context: BrowserContext, address: string, view: View): Promise<Page> {
  const page = await context.newPage()
  await page.clock.setFixedTime(NOW)
  const telling = [...(view.telling ?? []), ...USUAL]
  if (view.shell === undefined) await page.addInitScript(desktopThatTells(telling))
  else await tellInBrowser(page, telling, view.shell)
  await page.goto(address + (view.hash ?? ''))
  await view.act?.(page)
  await view.ready(page).waitFor()
  await page.locator('[role=progressbar]:not(li *)').waitFor({ state: 'detached' })
  await page.evaluate(ONCE_SETTLED)
  return page
}

/** Colours on their way to others are neither to be compared nor judged. What turns for ever is no such thing. */
const ONCE_SETTLED = `Promise.allSettled(
  document.getAnimations()
    .filter(animation => animation.effect.getComputedTiming().iterations !== Infinity)
    .map(({ finished }) => finished),
)`

/** What axe finds, colours too. */
async function violationsIn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const found = (await page.evaluate('axe.run()')) as axe.AxeResults
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** Pixels. One word that is another has more. */
const UNSEEN = 12

const looks = (['light', 'dark'] as const).flatMap(colorScheme =>
  LANGUAGES.map(locale => ({ colorScheme, locale })),
)

test.for(partOf(looks, 2))('every view looks as it did and is accessible: $colorScheme, $locale', look =>
  within({ workloads: [] }, scenario =>
    withBrowser(async browser => {
      const { ui, url } = await startUi(scenario)
      const viewport = { width: 1000, height: 700 }
      const { context, complaints } = await openWindow(browser, { ...look, viewport })
      const first = await context.newPage()
      await first.goto(url)
      const wrong: string[] = []
      for (const [name, view] of Object.entries(VIEWS)) {
        const page = await show(context, first.url(), view)
        wrong.push(...(await changesIn(page, `${name}.${look.colorScheme}.${look.locale}`)))
        wrong.push(...(await violationsIn(page)).map(violation => `${name}: ${violation}`))
        await page.close()
      }
      expect([...wrong, ...complaints]).toEqual([])
      ui.signal('SIGTERM')
      await ui.ended
    }),
  )(),
)

async function changesIn(page: Page, name: string): Promise<readonly string[]> {
  const taken = await page.screenshot({ fullPage: true, animations: 'disabled' })
  const difference = differenceOf(name, taken)
  return difference > UNSEEN ? [`${name}: ${difference} pixels differ`] : []
}
