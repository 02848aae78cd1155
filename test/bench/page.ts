import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import type { Browser, Page } from 'playwright-core'
import { openWindow } from '../e2e/harness/browser.ts'
import { chooseName, openView } from '../e2e/harness/by-clicks.ts'
import { docker } from '../e2e/harness/engine.ts'
import { type Admitted, ATTACHED, admit, processorSecondsOf, type Visit, visit, withUi } from './browser.ts'
import { amongWorkloads, NAMESPACE } from './list.ts'
import * as ours from './ours.ts'
import { ENVIRONMENT, HELD, namespaceOf, RESULTS } from './place.ts'
import { alone, inTurn, type Samples } from './rows.ts'

const DEV_CONTAINER = `kde-tp-${ENVIRONMENT}-dev-${namespaceOf('sidecar')}-one`
const SESSION = `kde-telepresence-session-${ENVIRONMENT}-${namespaceOf('sidecar')}`

/** The home view, and an empty page of the same server: seconds from the navigation until it is to be seen. */
export const firstPaint = (rounds: number): Promise<Samples> =>
  whileAttached(({ browser }) =>
    withUi({}, home =>
      withUi({ KDE_TP_PAGE: emptyPage() }, async empty => {
        const [ofHome, ofEmpty] = [await admit(browser, home.url), await admit(browser, empty.url)]
        return await inTurn(rounds, {
          ours: () => secondsToPaint(browser, ofHome, ATTACHED),
          baseline: () => secondsToPaint(browser, ofEmpty, 'p'),
        })
      }),
    ),
  )

function emptyPage(): string {
  const directory = join(RESULTS, 'place/empty-page')
  mkdirSync(directory, { recursive: true })
  writeFileSync(
    join(directory, 'index.html'),
    '<!doctype html><html><head></head><body><p>empty</p></body></html>',
  )
  return directory
}

/** With nothing in the browser's cache. */
async function secondsToPaint(
  browser: Browser,
  { address, storageState }: Admitted,
  what: string,
): Promise<number> {
  const { context } = await openWindow(browser, { storageState })
  try {
    const page = await context.newPage()
    await page.addInitScript(noteWhenPainted(what))
    await page.goto(address)
    return Number(await page.evaluate('painted')) / 1000
  } finally {
    await context.close()
  }
}

const noteWhenPainted = (selector: string): string => {
  const isThere = `document.querySelector(${JSON.stringify(selector)}) !== null`
  return `globalThis.painted = ${oncePainted(isThere, 'performance.now()')}`
}

/** In the page: a promise. What is so before a frame is painted with it; what comes after that frame tells the time. */
const oncePainted = (isSo: string, time: string): string => `new Promise(resolve => {
  const look = () => (${isSo} ? setTimeout(() => resolve(${time})) : requestAnimationFrame(look))
  look()
})`

/** Bytes, as they come over the line, of all that the home view is made of. */
export const firstBytes = (): Promise<Samples> =>
  whileAttached(({ browser }) =>
    withUi({}, async ({ url }) => {
      const { context } = await openWindow(browser)
      const page = await context.newPage()
      const sizes: Promise<number>[] = []
      page.on('requestfinished', request => {
        if (request.resourceType() !== 'fetch')
          sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
      })
      await page.goto(url)
      await page.locator(ATTACHED).waitFor()
      return alone([(await Promise.all(sizes)).reduce((sum, size) => sum + size)])
    }),
  )

/** Milliseconds from each key in the search for one of 1,000 workloads until its result is painted. */
export const filtering = (): Promise<Samples> =>
  amongThousand(async page => {
    const search = page.getByRole('combobox', { name: 'Search' })
    await page.evaluate(`
      globalThis.keys = []
      new PerformanceObserver(list => keys.push(...list.getEntriesByName('keydown').map(each => each.duration)))
        .observe({ type: 'event', durationThreshold: 16 })`)
    for (const word of ['crowd-77', 'ready', 'nothing like it']) {
      await search.pressSequentially(word, { delay: 100 })
      for (const _ of word) await search.press('Backspace', { delay: 50 })
    }
    await sleep(500)
    // What took less than a frame is not told.
    return alone([16, ...((await page.evaluate('keys')) as number[])])
  })

/** Milliseconds of each frame while a list of 1,000 workloads is scrolled. */
export const scrolling = (): Promise<Samples> =>
  amongThousand(async page => {
    await page.getByRole('listbox', { name: 'Workloads' }).hover()
    await page.evaluate(`
      globalThis.frames = []
      let last = performance.now()
      const next = now => { frames.push(now - last); last = now; requestAnimationFrame(next) }
      requestAnimationFrame(next)`)
    for (let turns = 0; turns < 100; turns += 1) {
      await page.mouse.wheel(0, turns < 50 ? 600 : -600)
      await sleep(30)
    }
    return alone((await page.evaluate('frames')) as number[])
  })

const amongThousand = (work: (page: Page) => Promise<Samples>): Promise<Samples> =>
  amongWorkloads(1000, () =>
    visit(async ({ page }) => {
      await openView(page, 'New attachment')
      await chooseName(page, 'Namespace', NAMESPACE)
      await page.getByText('Workloads: 1000').waitFor()
      return await work(page)
    }),
  )

/** Seconds from the time that `docker events` has printed an event until the page shows it. */
export const eventOnScreen = (rounds: number): Promise<Samples> =>
  whileAttached(async ({ page }) => {
    const filters = [
      '--filter',
      `container=${DEV_CONTAINER}`,
      '--filter',
      'event=pause',
      '--filter',
      'event=unpause',
    ]
    const events = execa('docker', ['events', ...filters], { reject: false })
    // What comes before it listens it does not print.
    await sleep(2000)
    const seconds: number[] = []
    for (let round = 0; round < rounds; round += 1)
      for (const [word, kind] of [
        ['pause', 'paused'],
        ['unpause', 'resumed'],
      ] as const) {
        const shown = page.evaluate(timeOfNews(kind)) as Promise<number>
        const printed = once(events.stdout, 'data').then(() => Date.now())
        await docker([word, DEV_CONTAINER])
        seconds.push(((await shown) - (await printed)) / 1000)
      }
    events.kill()
    await events
    return alone(seconds)
  })

/** Tells when a new line has been painted at the head of what has just happened. */
const timeOfNews = (kind: string): string => `{
  const head = () => document.querySelector('section[aria-label="Just now"] li')?.textContent
  const before = head()
  ${oncePainted(`head() !== before && head()?.includes(${JSON.stringify(kind)})`, 'Date.now()')}
}`

/** Seconds until the page shows that a session is not well, after it was killed. */
export const illnessOnScreen = (rounds: number): Promise<Samples> =>
  whileAttached(async ({ page }) => {
    const seconds: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const well = page.getByRole('row', { name: new RegExp(`^${HELD} .* healthy `) })
      await well.waitFor()
      const from = performance.now()
      await docker(['kill', SESSION])
      await well.waitFor({ state: 'hidden' })
      seconds.push((performance.now() - from) / 1000)
    }
    return alone(seconds)
  })

/** Percent of a core that `ui` takes, with all that it runs, while the home view is open and nothing happens. */
export const idlePage = (minutes: number): Promise<Samples> =>
  whileAttached(async ({ pid }) => {
    await sleep(10_000)
    const from = processorSecondsOf(pid)
    await sleep(minutes * 60_000)
    return alone([(100 * (processorSecondsOf(pid) - from)) / (minutes * 60)])
  })

/** The page, open at the home view, which shows an attachment. */
async function whileAttached(work: (visit: Visit) => Promise<Samples>): Promise<Samples> {
  const held = await ours.attach('intercept', 'sidecar', HELD, 'echo ready; cat')
  try {
    return await visit(async visited => {
      await visited.page.locator(ATTACHED).waitFor()
      return await work(visited)
    })
  } finally {
    await held.leave()
    await ours.untilNothingIsLeft()
  }
}
