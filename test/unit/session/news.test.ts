import { test } from 'vitest'
import { type News, parseKeptNews, toKeptNews } from '../../../session/news.ts'

const at = '2026-11-26T12:00:00.000Z'
const lost: News = { kind: 'lost', workload: 'api', at, text: 'bob@desk has taken it' }

test('what a session keeps of an attachment is read again', ({ expect }) => {
  expect(parseKeptNews(`api ${toKeptNews(lost).trimEnd()}`)).toEqual(lost)
})

test('it is one line, whatever was said', ({ expect }) => {
  expect(toKeptNews({ ...lost, text: 'one\n  two' })).toBe(`lost ${at} one two\n`)
})

test.for(['connected', `api ended ${at} of itself`, ''])('"%s" is no news', (line, { expect }) => {
  expect(parseKeptNews(line)).toBeUndefined()
})
