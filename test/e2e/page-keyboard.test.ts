import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { withinPage } from './harness/browser.ts'
import { rowOf, shellIn } from './harness/by-clicks.ts'
import { namesOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { leftoversOf } from './harness/leftovers.ts'

/** More than any view has. */
const MOST_STOPS = 60

/** As a person who has no mouse: the Tab key until it is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The Tab key does not come to ${target}`)
}

async function press(page: Page, target: Locator, ...keys: readonly string[]): Promise<void> {
  await tabTo(page, target)
  for (const key of keys) await page.keyboard.press(key)
}

test(
  'a workload is attached, worked on in Chinese, and detached by keyboard alone',
  withinPage({}, async ({ page, namespace, workspace, names, complaints }) => {
    const heading = (name: string) => page.getByRole('heading', { name, level: 1 })
    await press(page, page.getByRole('navigation').getByRole('link', { name: 'New attachment' }), 'Enter')
    await heading('New attachment').waitFor()
    await press(page, page.getByRole('radio', { name: 'intercept' }), 'ArrowRight', 'ArrowRight')
    expect(await page.getByRole('radio', { name: 'ingest' }).isChecked()).toBe(true)
    await tabTo(page, page.getByRole('combobox', { name: 'Namespace' }))
    await page.keyboard.type(namespace)
    await tabTo(page, page.getByRole('combobox', { name: 'Project' }))
    await page.keyboard.type('web')
    await tabTo(page, page.getByRole('combobox', { name: 'Search' }))
    await page.keyboard.type('api')
    await page.keyboard.press('Enter')
    await page.getByRole('list', { name: 'Plan' }).waitFor()
    await press(page, page.getByRole('button', { name: 'Attach', exact: true }), 'Enter')
    await heading(`api in ${namespace}`).waitFor()
    expect(await namesOf('container', workspace.path)).toContain(names.devContainer())

    await press(page, page.getByRole('tab', { name: 'Overview' }), 'ArrowLeft', 'Enter')
    const shell = await shellIn(page)
    await expectChinese(page, shell)
    await page.keyboard.press('Shift+Tab')
    await press(page, page.getByRole('tab', { name: 'Shell' }), 'ArrowRight', 'Enter')
    await press(page, page.getByRole('button', { name: 'Detach' }), 'Enter')
    await page.getByText('api is not attached any more.').waitFor()
    await eventually(async () => expect(await leftoversOf(workspace)).toEqual([]))
    await press(page, page.getByRole('navigation').getByRole('link', { name: 'Attachments' }), 'Enter')
    await rowOf(page, workspace.environment).waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
  }),
)

type Shell = Awaited<ReturnType<typeof shellIn>>

/** As an input method gives it, letter by letter and then whole; and as a picker of emoji does, without any key. */
async function expectChinese(page: Page, { shown, type }: Shell): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  // The image names no language, without which bash takes the bytes of such letters for keys.
  await type('cat')
  for (const text of ['w', 'wang', '網路'])
    await devtools.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
  await devtools.send('Input.insertText', { text: '網路' })
  // xterm.js takes a composition a moment after its end, with all that is in its field by then: no person is as fast.
  await eventually(async () => expect(await shown()).toContain('網路'))
  await page.keyboard.insertText('還有🙂')
  await type('')
  await eventually(async () => expect((await shown()).split('網路還有🙂').length).toBe(3))
}
