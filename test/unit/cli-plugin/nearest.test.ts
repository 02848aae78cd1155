import { test } from 'vitest'
import { nearestOf } from '../../../cli-plugin/nearest.ts'

const commands = ['clear', 'detach', 'exec', 'ingest', 'intercept', 'list', 'wiretap']

test.for([
  ['intercpt', 'intercept'],
  ['lst', 'list'],
  ['wire-tap', 'wiretap'],
  ['kubectl', undefined],
  ['deploy', undefined],
] as const)('what is nearest to "%s" is %s', ([typed, nearest], { expect }) => {
  expect(nearestOf(typed, commands)).toBe(nearest)
})

test('nothing is near where there is nothing', ({ expect }) => {
  expect(nearestOf('list', [])).toBeUndefined()
})
