import { test } from 'vitest'
import { createFinder } from '../../docker-extension/run/find-lines.ts'

const line = (text: string, source = 'session') => ({ source, time: '', text })

test('what is found among lines that come is what is found among all of them', ({ expect }) => {
  const find = createFinder()
  const first = [line('One'), line('two'), line('one', 'keeper')]
  expect(find(first, '', '')).toBe(first)
  expect(find(first, '', 'ONE')).toEqual([first[0], first[2]])
  const more = [...first, line('three'), line('once more: one')]
  expect(find(more, '', 'ONE')).toEqual([first[0], first[2], more[4]])
  expect(find(more, 'keeper', 'ONE')).toEqual([first[2]])
  expect(find(more, 'keeper', '')).toEqual([first[2]])
})

test('where the oldest lines are gone, or it is searched anew, nothing is found that is not there', ({
  expect,
}) => {
  const find = createFinder()
  const lines = [line('one'), line('two'), line('one')]
  expect(find(lines, '', 'one')).toHaveLength(2)
  expect(find([...lines.slice(1), line('three'), line('four')], '', 'one')).toEqual([lines[2]])
  expect(find([], '', 'one')).toEqual([])
  expect(find([line('one')], '', 'one')).toHaveLength(1)
})

test('each line is looked at once', ({ expect }) => {
  let looks = 0
  const counted = (text: string) => ({
    ...line(''),
    get text() {
      looks += 1
      return text
    },
  })
  const find = createFinder()
  const lines = Array.from({ length: 100 }, (_, index) => counted(`line ${index}`))
  find(lines, '', 'line 7')
  find([...lines, counted('line 7')], '', 'line 7')
  expect(looks).toBe(101)
})
