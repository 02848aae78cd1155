import { test } from 'vitest'
import { parseMoment } from '../../../session/moment.ts'

const NOW = 1_000_000_000_000

test.for([
  ['10m', NOW - 600_000],
  ['1h30m', NOW - 5_400_000],
  ['1.5s', NOW - 1500],
  ['200ms', NOW - 200],
  ['-10s', NOW + 10_000],
  ['1769860800', 1_769_860_800_000],
  ['1769860800.25', 1_769_860_800_250],
  ['2026-01-31T12:00:00Z', 1_769_860_800_000],
  ['2026-01-31T13:00:00.5+01:00', 1_769_860_800_500],
  ['2026-01-31T12:00:00', new Date(2026, 0, 31, 12).getTime()],
  ['2026-01-31', new Date(2026, 0, 31).getTime()],
] as const)('%s is a moment', ([typed, moment], { expect }) => {
  expect(parseMoment(typed, NOW)).toBe(moment)
})

test.for(['', 'yesterday', '10 m', 'm', '10d', '2026-13-40', '12:00', '1e9'])(
  '"%s" is none',
  (typed, { expect }) => {
    expect(parseMoment(typed, NOW)).toBeUndefined()
  },
)
