import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { execa } from 'execa'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openWindow, withBrowser } from '../e2e/harness/browser.ts'
import { variables, WORKSPACE } from './place.ts'
import { processorSecondsIn } from './timing.ts'

/** What the home view has, once it shows something attached. */
export const ATTACHED = 'main tbody a'

export interface Visit {
  readonly browser: Browser
  readonly page: Page
  /** Of docker, whose child serves the page. */
  readonly pid: number
}

/** Opens the page in a browser of its own. */
export const visit = <T>(work: (visit: Visit) => Promise<T>): Promise<T> =>
  withBrowser(browser =>
    withUi({}, async ({ url, pid }) => {
      const { context } = await openWindow(browser)
      const page = await context.newPage()
      await page.goto(url)
      await page.getByRole('navigation').waitFor()
      return await work({ browser, page, pid })
    }),
  )

interface Ui {
  readonly url: string
  readonly pid: number
}

/** `ui` while something is done with it. */
export async function withUi<T>(
  environment: Readonly<Record<string, string>>,
  work: (ui: Ui) => Promise<T>,
): Promise<T> {
  const env = { ...variables, ...environment }
  const ui = execa('docker', ['kdetp', 'ui', '--no-open'], { env, cwd: WORKSPACE, reject: false })
  try {
    const [printed] = await once(ui.stdout, 'data')
    return await work({ url: String(printed).trim(), pid: ui.pid ?? 0 })
  } finally {
    ui.kill('SIGTERM')
    await ui
  }
}

/** Where the page is for who has come by its address once, and the cookie that lets them in. */
export interface Admitted {
  readonly address: string
  readonly storageState: Awaited<ReturnType<BrowserContext['storageState']>>
}

export async function admit(browser: Browser, url: string): Promise<Admitted> {
  const { context } = await openWindow(browser)
  const page = await context.newPage()
  await page.goto(url)
  const admitted = { address: page.url(), storageState: await context.storageState() }
  await context.close()
  return admitted
}

/** Seconds of processor that a program and all that it has started have taken. */
export function processorSecondsOf(pid: number): number {
  const { own, children } = processorSecondsIn(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  return childrenOf(pid).reduce((sum, child) => sum + processorSecondsOf(child), own + children)
}

const childrenOf = (pid: number): readonly number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap(task =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
