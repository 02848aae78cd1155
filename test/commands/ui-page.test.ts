import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { onTestFinished, test, vi } from 'vitest'
import { packed, readPage } from '../../cli-plugin/edges/page.ts'

function pageOf(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'kde-tp-page-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  mkdirSync(join(directory, 'assets/fonts'), { recursive: true })
  for (const [path, text] of Object.entries(files)) writeFileSync(join(directory, path), text)
  return directory
}

const textsOf = (page: ReadonlyMap<string, Buffer> | undefined) =>
  page && Object.fromEntries([...page].map(([path, content]) => [path, gunzipSync(content).toString('utf8')]))

const files = { 'index.html': '<head>', 'assets/a-1.js': 'a()', 'assets/fonts/b.woff2': 'ü\0' }

test('what the build puts into the program is the page, without its source maps', ({ expect }) => {
  const directory = pageOf({ ...files, 'assets/a-1.js.map': '{}' })
  vi.stubGlobal('KDE_TP_BUILT_PAGE', packed(directory))
  onTestFinished(() => void vi.unstubAllGlobals())
  expect(textsOf(readPage({}))).toEqual(files)
})

test('KDE_TP_PAGE names another page, and what has no first page is none', ({ expect }) => {
  vi.stubGlobal('KDE_TP_BUILT_PAGE', packed(pageOf(files)))
  onTestFinished(() => void vi.unstubAllGlobals())
  const other = { 'index.html': 'another' }
  expect(textsOf(readPage({ KDE_TP_PAGE: pageOf(other) }))).toEqual(other)
  expect(readPage({ KDE_TP_PAGE: pageOf({ 'assets/a-1.js': 'a()' }) })).toBeUndefined()
  expect(packed(pageOf({}))).toBeUndefined()
  expect(packed('/nowhere')).toBeUndefined()
})
