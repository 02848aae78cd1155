/**
 * npm run chaos [-- --rounds N --row NAME… --sum]: plays the table of what may happen, on the sandbox, and prints a
 * line a row. Each round is kept in .sandbox/chaos by commit: --sum plays nothing and adds up all that were. Ends with
 * 1 where something was breached. Times want a computer that does nothing else.
 */
import { parseArgs } from 'node:util'
import { closeRun, openRun } from '../e2e/harness/open-run.ts'
import { begin } from '../e2e/harness/run.ts'
import { type Played, playRow } from './play.ts'
import { lineOf, openResults } from './results.ts'
import { type Row, roundsOf } from './row.ts'
import { rows } from './rows.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    row: { type: 'string', multiple: true },
    sum: { type: 'boolean', default: false },
  },
})
const unknown = values.row?.filter(name => !rows.some(row => row.name === name)) ?? []
if (unknown.length > 0)
  throw new Error(`no row ${unknown.join(', ')}; there are ${rows.map(({ name }) => name).join(', ')}`)
const chosen = rows.filter(({ name }) => values.row?.includes(name) ?? true)
const results = await openResults()

if (values.sum) for (const row of chosen) report(row, results.all())
else await play()

async function play(): Promise<void> {
  const run = await openRun()
  begin(run)
  try {
    for (const row of chosen) await playAndReport(row)
  } finally {
    await closeRun(run.id)
  }
}

async function playAndReport(row: Row): Promise<void> {
  const now: Played[] = []
  const before = results.all().filter(({ row: name }) => name === row.name).length
  await playRow(row, Number(values.rounds ?? roundsOf(row)), before, played => {
    now.push(played)
    results.keep(played)
    console.error(
      `  ${row.name} ${played.event} ${played.agent}: ${played.seconds?.toFixed(1) ?? played.breach}`,
    )
  })
  report(row, now)
}

function report(row: Row, played: readonly Played[]): void {
  const { line, isOk } = lineOf(row, played)
  console.log(line)
  if (!isOk) process.exitCode = 1
}
