import { expect, test } from 'vitest'
import { cell, table } from '../../../cli-plugin/output/table.ts'

test('a Chinese letter takes two columns of a table', () => {
  const rows = [
    ['工作負載', '狀態'],
    ['api', '就緒'],
  ]
  expect(table(rows)).toBe('工作負載   狀態\napi        就緒')
})

test.each([
  ['a'.repeat(70), 'a'.repeat(70)],
  ['a'.repeat(71), `${'a'.repeat(69)}…`],
  ['連'.repeat(35), '連'.repeat(35)],
  ['連'.repeat(36), `${'連'.repeat(34)}…`],
  [`a${'連'.repeat(36)}`, `a${'連'.repeat(34)}…`],
  ['api\n  就緒', 'api 就緒'],
])('a cell has at most 70 columns: %s', (text, expected) => {
  expect(cell(text)).toBe(expected)
})
