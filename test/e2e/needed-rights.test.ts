import { afterAll, beforeAll, expect, test } from 'vitest'
import { PLAYS, type Play } from './harness/grant-plays.ts'
import { ROWS, toReal } from './harness/grant-rows.ts'
import { type GrantStage, openGrantStage } from './harness/grant-stage.ts'
import { grantedIn } from './harness/granted.ts'
import { partOf } from './harness/random.ts'

let stage: GrantStage
beforeAll(async () => {
  stage = await openGrantStage()
})
afterAll(() => stage.close())

const DRAWN = 4

test('every capability, device, mount and writable path of every container of ours is in the table', async () => {
  const real = ROWS.map(row => toReal(row.of, stage.scenario))
  expect((await grantedIn(stage)).toSorted()).toEqual(real.toSorted())
})

const passed = new Set<Play>()

test.for(partOf(ROWS, DRAWN))(
  'without $of what it is for fails',
  async ({ of, play, fails, kept = true }) => {
    const [role = '', grant = ''] = toReal(of, stage.scenario).split(': ')
    await stage.keepSession(kept)
    if (!passed.has(play)) {
      stage.remove(undefined)
      await PLAYS[play](stage)
      passed.add(play)
    }
    stage.remove({ role, grant })
    await expect(PLAYS[play](stage)).rejects.toThrow(fails)
    expect(stage.hasRemoved()).toBe(true)
  },
)
