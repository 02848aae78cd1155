import { screen } from '@testing-library/react'
import axe from 'axe-core'
import { test } from 'vitest'
import { fakeHome } from './fake-home.ts'
import { API, showPage } from './show-page.tsx'
import { notYours, status } from './told.ts'

/** What axe finds; colours it cannot see here. */
const violations = async (): Promise<readonly string[]> =>
  (await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })).violations.flatMap(
    ({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`),
  )

const VIEWS: readonly (readonly [string, string, () => Promise<unknown>])[] = [
  ['home', '', () => screen.findByRole('row', { name: /^api / })],
  ['new attachment', '#/attach', () => screen.findByRole('radio', { name: 'intercept' })],
  [
    'new attachment, filled in',
    '#/attach?mode=ingest&namespace=myapp&workload=api&project=shop',
    () => screen.findByRole('list', { name: 'Plan' }),
  ],
  ['overview', API, () => screen.findByRole('button', { name: 'Detach' })],
  ['doctor', '#/doctor', () => screen.findByText('To be mended: 1')],
  ['clear and uninstall', '#/remove', () => screen.findByRole('button', { name: 'Clear demo' })],
]

test.for(VIEWS)('axe finds nothing in %s', async ([, hash, ready], { expect }) => {
  showPage(hash)
  await ready()
  expect(await violations()).toEqual([])
})

test.for(['Variables', 'Logs', 'Shell'])('axe finds nothing in the tab %s', async (tab, { expect }) => {
  const { user } = showPage(API)
  await user.click(await screen.findByRole('tab', { name: tab }))
  expect(await violations()).toEqual([])
})

test.for([
  ['an empty engine', status()],
  ['an error', notYours],
] as const)('axe finds nothing in %s', async ([, told], { expect }) => {
  showPage('', fakeHome([/^status/, [told]]))
  await expect.poll(() => screen.queryByRole('progressbar')).toBeNull()
  expect(await violations()).toEqual([])
})
