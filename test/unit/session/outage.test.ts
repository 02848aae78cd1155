import { test } from 'vitest'
import { deedLine } from '../../../session/happening.ts'
import { type Heard, hear, NOTHING_HEARD, type Party, whoIsSilent } from '../../../session/outage.ts'

const API: Party = 'the API server'
const MANAGER: Party = 'the traffic-manager'

/** What is told of answers and silences at these seconds. */
function toldOf(questions: readonly (readonly [number, Party, boolean])[]): readonly string[] {
  const told: string[] = []
  let heard: Heard = NOTHING_HEARD
  for (const [second, party, hasAnswered] of questions) {
    const next = hear(heard, party, hasAnswered, second * 1000)
    heard = next.heard
    if (next.deed !== undefined) told.push(`${second} ${deedLine(next.deed)}`)
  }
  return told
}

test('a silence is told once while it lasts, however often nobody answers, and once when it is over', ({
  expect,
}) => {
  const asked = [10, 20, 30, 40, 50, 60].map(second => [second, MANAGER, false] as const)
  expect(toldOf([[0, MANAGER, true], ...asked, [70, MANAGER, true], [80, MANAGER, true]])).toEqual([
    '20 silent: the traffic-manager: no answer for 20 s',
    '70 back: the traffic-manager: no answer for 70 s',
  ])
})

test('who was never heard is silent from the first question on', ({ expect }) => {
  expect(
    toldOf([
      [100, MANAGER, false],
      [110, MANAGER, false],
      [120, MANAGER, false],
    ]),
  ).toEqual(['120 silent: the traffic-manager: no answer for 20 s'])
})

test('a short silence is not told', ({ expect }) => {
  expect(
    toldOf([
      [0, API, true],
      [4, API, false],
      [8, API, false],
      [12, API, true],
    ]),
  ).toEqual([])
})

test('without the API server nobody else is heard, so it is one outage, and over when all answer again', ({
  expect,
}) => {
  expect(
    toldOf([
      [0, API, true],
      [0, MANAGER, true],
      [4, API, true],
      [10, MANAGER, false],
      [14, API, false],
      [16, MANAGER, false],
      [18, API, false],
      [20, MANAGER, false],
      [60, MANAGER, false],
      [62, API, true],
      [66, API, true],
      [70, MANAGER, false],
      [80, API, true],
      [80, MANAGER, true],
    ]),
  ).toEqual(['16 silent: the API server: no answer for 12 s', '80 back: the API server: no answer for 76 s'])
})

test('a second outage is told as the first was', ({ expect }) => {
  expect(
    toldOf([
      [0, API, true],
      [20, API, false],
      [30, API, true],
      [50, API, false],
      [55, API, true],
    ]).map(line => line.split(' ').slice(0, 2).join(' ')),
  ).toEqual(['20 silent:', '30 back:', '50 silent:', '55 back:'])
})

test('who keeps others from answering is who is silent', ({ expect }) => {
  const { heard: first } = hear(NOTHING_HEARD, MANAGER, false, 0)
  expect(whoIsSilent(first)).toBe(MANAGER)
  const { heard: second } = hear(first, API, false, 0)
  expect(whoIsSilent(second)).toBe(API)
  const { heard: third } = hear(second, API, true, 0)
  expect(whoIsSilent(third)).toBe(MANAGER)
  expect(whoIsSilent(hear(third, MANAGER, true, 0).heard)).toBe(undefined)
})
