/**
 * npm run soak [-- --sidecar N --node N]: attaches and detaches again and again. Prints what leaked and how much memory
 * is taken, keeps what was measured in .sandbox/soak, and ends with 1 where anything leaked.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { median } from '../bench/statistics.ts'
import { closeRun, openRun } from '../e2e/harness/open-run.ts'
import { begin } from '../e2e/harness/run.ts'
import { type Memory, type Soaked, soak } from './cycles.ts'

const { values } = parseArgs({
  options: { sidecar: { type: 'string', default: '1000' }, node: { type: 'string', default: '20' } },
})
const RESULTS = join(import.meta.dirname, '../../.sandbox/soak')
const SOME = 100
/** The first hundred warm up. */
const WARM = 100
const MAY_GROW = 1.05

const run = await openRun()
begin(run)
try {
  const started = new Date().toISOString()
  const cycles = { sidecar: Number(values.sidecar), node: Number(values.node) }
  const soaked = await soak(cycles, (agent, cycle) => {
    if ((cycle + 1) % SOME === 0) console.error(`  ${agent}: ${cycle + 1} cycles`)
  })
  mkdirSync(RESULTS, { recursive: true })
  const raw = { started, ended: new Date().toISOString(), cycles, ...soaked }
  writeFileSync(join(RESULTS, `${started.replaceAll(':', '-')}.json`), `${JSON.stringify(raw)}\n`)
  report(soaked)
} finally {
  await closeRun(run.id)
}

function report({ memory, leaks }: Soaked): void {
  for (const leak of leaks) console.log(`leaked ${leak}`)
  console.log(`row leaks ${leaks.length} limit 0`)
  const growth = growthOf(memory, ({ keeper, session }) => keeper + session)
  console.log(`row memory-growth ${shown(growth)} limit ${MAY_GROW}`)
  console.log(`row telepresence-growth ${shown(growthOf(memory, ({ telepresence }) => telepresence))}`)
  if (leaks.length > 0 || (growth ?? 0) > MAY_GROW) process.exitCode = 1
}

/** Undefined where there are too few cycles to tell. */
function growthOf(memory: readonly Memory[], of: (memory: Memory) => number): number | undefined {
  if (memory.length < WARM + 2 * SOME) return undefined
  const all = memory.map(of)
  return median(all.slice(-SOME)) / median(all.slice(WARM, WARM + SOME))
}

function shown(growth: number | undefined): string {
  return growth?.toFixed(3) ?? 'not judged: too few cycles'
}
