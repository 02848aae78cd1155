import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { optionsOf } from '../../cli-plugin/attach/options.ts'
import { MODES } from '../../session/mode.ts'

const root = join(import.meta.dirname, '../..')
const read = (name: string): string => readFileSync(join(root, name), 'utf8')
const headings = (text: string) => text.match(/^#+ /gm)

test.for(['README.md', 'README.zh-TW.md'])('%s tells each option of the modes', (name, { expect }) => {
  const text = read(name)
  for (const option of MODES.flatMap(mode => Object.keys(optionsOf(mode))))
    expect(text).toContain(`--${option}`)
})

test('both languages have the same sections', ({ expect }) => {
  expect(headings(read('README.zh-TW.md'))).toEqual(headings(read('README.md')))
})
