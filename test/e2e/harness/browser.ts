import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { eventually } from './eventually.ts'
import type { Started } from './person.ts'
import { type Scenario, type ScenarioWish, within } from './scenario.ts'

const ROOT = new URL('../../..', import.meta.url).pathname
const STATE = join(ROOT, '.sandbox')

/** What a run has seen. Nobody has to look at it unless something is wrong. */
export const PICTURES = join(STATE, 'pictures')

/** Milliseconds. As long as a computer may take that has other things to do. */
const PATIENCE = 180_000

/** Two fonts and no others, so that the page looks the same on each computer. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts/truetype/dejavu</dir>
  <dir>/usr/share/fonts/truetype/wqy</dir>
  <cachedir>${STATE}/fonts</cachedir>
  <match><test name="family"><string>monospace</string></test>
    <edit name="family" mode="append"><string>DejaVu Sans Mono</string></edit></match>
  <match><edit name="family" mode="append_last"><string>DejaVu Sans</string></edit></match>
</fontconfig>
`

/** A browser with a fresh profile, which is installed where it is missing. */
export async function withBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const { stdout: executablePath } = await execa(join(ROOT, 'scripts/browser'), { stderr: 'inherit' })
  const fonts = join(STATE, 'fonts.conf')
  mkdirSync(PICTURES, { recursive: true })
  writeFileSync(fonts, FONTS)
  const env = { ...process.env, FONTCONFIG_FILE: fonts }
  // Its sandbox is not for root, and it opens our own page alone.
  const browser = await chromium.launch({ executablePath, env, timeout: PATIENCE, chromiumSandbox: false })
  try {
    return await work(browser)
  } finally {
    await browser.close()
  }
}

/** A window, whose tabs share cookies; `complaints` are what the browser has found wrong with the page. */
export async function openWindow(browser: Browser, options: BrowserContextOptions = {}) {
  const viewport = { width: 1180, height: 800 }
  const context = await browser.newContext({ viewport, locale: 'en-US', timezoneId: 'UTC', ...options })
  context.setDefaultTimeout(PATIENCE)
  const complaints: string[] = []
  context.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  context.on('weberror', ({ error }) => void complaints.push(error().message))
  return { context, complaints }
}

/** Starts `kde-tp ui` in a workspace; with the address that it prints. */
export async function startUi({ person, workspace }: Pick<Scenario, 'person' | 'workspace'>) {
  const ui = person.start(['kde-tp', 'ui', '--no-open'], { directory: workspace.path })
  await eventually(() => expect(ui.stdout(), ui.stderr()).toContain('\n'))
  return { ui, url: ui.stdout().trim() }
}

export interface InPage extends Scenario {
  readonly ui: Started
  /** The tab that has opened the address that `kde-tp ui` prints. */
  readonly page: Page
  readonly complaints: readonly string[]
}

/** A test's body in a scenario of its own, whose person has opened the page. */
export const withinPage = (
  wish: ScenarioWish,
  body: (scenario: InPage) => Promise<void>,
): (() => Promise<void>) => within(wish, scenario => withBrowser(browser => visit(scenario, browser, body)))

async function visit(
  scenario: Scenario,
  browser: Browser,
  body: (scenario: InPage) => Promise<void>,
): Promise<void> {
  const { ui, url } = await startUi(scenario)
  const { context, complaints } = await openWindow(browser)
  const page = await context.newPage()
  await page.goto(url)
  try {
    await body({ ...scenario, ui, page, complaints })
  } catch (error) {
    console.log([ui.stderr(), ...complaints].join('\n'))
    for (const [index, tab] of context.pages().entries())
      await tab.screenshot({ path: join(PICTURES, `failed-${scenario.workspace.environment}-${index}.png`) })
    throw error
  }
  await context.close()
  ui.signal('SIGTERM')
  expect(await ui.ended).toMatchObject({ exitCode: 143 })
}
