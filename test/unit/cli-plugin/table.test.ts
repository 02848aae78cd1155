import { expect, test } from 'vitest'
import { table } from '../../../cli-plugin/output/table.ts'

test('a Chinese letter takes two columns of a table', () => {
  const rows = [
    ['工作負載', '狀態'],
    ['api', '就緒'],
  ]
  expect(table(rows)).toBe('工作負載   狀態\napi        就緒')
})
