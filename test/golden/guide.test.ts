import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exitCodeOf } from '../../session/errors.ts'

const guide = join(import.meta.dirname, '../../docs/guide')
const pages = globSync('*.md', { cwd: guide })
const english = pages.filter(page => !page.endsWith('.zh-TW.md'))
const read = (page: string): string => readFileSync(join(guide, page), 'utf8')
const inChinese = (page: string): string => page.replace('.md', '.zh-TW.md')
const headings = (page: string) => read(page).match(/^#+ /gm)
const marks = (page: string) => [...read(page).matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id)

test('each page is there in both languages, with the same headings and anchors', () => {
  expect(english.map(inChinese).toSorted()).toEqual(pages.filter(page => !english.includes(page)).toSorted())
  // That of commands is made from one table, maybe in this moment.
  for (const page of english.filter(page => page !== 'commands.md')) {
    expect(headings(inChinese(page)), page).toEqual(headings(page))
    expect(marks(inChinese(page)), page).toEqual(marks(page))
  }
})

test('every page is reached from the first one', () => {
  for (const page of english.filter(page => page !== 'README.md')) {
    expect(read('README.md')).toContain(`(${page})`)
    expect(read('README.zh-TW.md')).toContain(`(${inChinese(page)})`)
  }
})

test.for(['troubleshooting.md', 'troubleshooting.zh-TW.md'])('%s has every code, and no other', page => {
  const told = [...read(page).matchAll(/^\| ([A-Z_]+) \|/gm)].map(([, code]) => code)
  expect(told).toEqual(Object.keys(exitCodeOf))
})
