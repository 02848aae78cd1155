import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Mode } from '../../../session/mode.ts'
import { eventually } from './eventually.ts'

/** What a person does in the page, with nothing but its mouse and its keys. */

export async function attachByClicks(page: Page, mode: Mode, namespace: string): Promise<void> {
  await fillIn(page, mode, namespace)
  await page.getByRole('button', { name: 'Attach', exact: true }).click()
  await page.getByRole('button', { name: 'Detach' }).waitFor()
}

/** All that `attachByClicks` does before the button that does it. */
export async function fillIn(page: Page, mode: Mode, namespace: string): Promise<void> {
  await openView(page, 'New attachment')
  await page.getByRole('radio', { name: mode }).click()
  await chooseName(page, 'Namespace', namespace)
  await chooseName(page, 'Project', 'web')
  await page.getByRole('listbox', { name: 'Workloads' }).getByRole('option', { name: 'api' }).click()
  if (mode !== 'ingest') await page.getByRole('checkbox', { name: /^http / }).check()
  await page.getByRole('list', { name: 'Plan' }).waitFor()
}

export const openView = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation').getByRole('link', { name }).click()

/** From what is offered. */
export async function chooseName(page: Page, field: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).fill(name)
  await page.getByRole('option', { name, exact: true }).click()
}

/** An attachment's row in the home view, of one environment. */
export const rowOf = (page: Page, environment: string, workload = 'api'): Locator =>
  page
    .getByRole('region', { name: `Environment ${environment}` })
    .getByRole('row', { name: new RegExp(`^${workload} `) })

export async function detachByClicks(page: Page, environment: string): Promise<void> {
  await openView(page, 'Attachments')
  await rowOf(page, environment).getByRole('link', { name: 'api' }).click()
  await page.getByRole('button', { name: 'Detach' }).click()
  await page.getByText('api is not attached any more.').waitFor()
}

/** A shell in the dev container, in the page's own terminal. */
export async function openShell(page: Page) {
  await page.getByRole('tab', { name: 'Shell' }).click()
  return shellIn(page)
}

/** The one that is open. */
export async function shellIn(page: Page) {
  const shown = async () => (await page.locator('.xterm-accessibility-tree').allInnerTexts()).join()
  await eventually(async () => expect(await shown()).toMatch(/[$#]/))
  return { shown, type: (text: string) => page.keyboard.type(`${text}\n`) }
}
