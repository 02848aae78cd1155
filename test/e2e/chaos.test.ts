import { expect, test } from 'vitest'
import { soak } from '../chaos/cycles.ts'
import { playRow } from '../chaos/play.ts'
import { rows } from '../chaos/rows.ts'
import { partOf } from './harness/random.ts'

/** What is over within a minute, and disturbs nobody. `npm run chaos` plays all, again and again, and judges times. */
const short = rows
  .filter(row => !(row.isLong || row.isAlone || row.isOpen || row.hasWorkstation))
  // Requests under way may leave a pod of a node agent's without any, which nobody can help: docs/decisions/0012.
  .map(row => ({ ...row, agents: ['sidecar' as const] }))

test.concurrent.for(partOf(short, 1).map(row => ({ row, name: row.name })))(
  'all that must hold after it holds again: $name',
  async ({ row }) => {
    const turn = Number(process.env['KDE_TP_TEST_SEED'] ?? 0)
    const breaches: (string | undefined)[] = []
    await playRow(row, 1, turn, ({ event, agent, breach }) => {
      breaches.push(breach === undefined ? undefined : `${event} (${agent}): ${breach}`)
    })
    expect(breaches).toEqual([undefined])
  },
)

test('twenty times attached and detached, nothing has leaked', async () => {
  const { leaks } = await soak({ sidecar: 20, node: 0 }, () => undefined)
  expect(leaks).toEqual([])
})
