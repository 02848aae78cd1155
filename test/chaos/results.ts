import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { median } from '../bench/statistics.ts'
import type { Played } from './play.ts'
import type { Row } from './row.ts'

const ROOT = join(import.meta.dirname, '../..')
const RESULTS = join(ROOT, '.sandbox/chaos')

/** All rounds that were ever played on one commit, one JSON value a line. */
export interface Results {
  readonly file: string
  all(): readonly Played[]
  keep(played: Played): void
}

/** Those of the commit that is checked out; what was changed since is another's. */
export async function openResults(): Promise<Results> {
  const { stdout } = await execa('git', ['describe', '--always', '--abbrev=12', '--dirty', '--exclude=*'], {
    cwd: ROOT,
  })
  const file = join(RESULTS, `${stdout}.jsonl`)
  mkdirSync(RESULTS, { recursive: true })
  return {
    file,
    all: () => (existsSync(file) ? linesOf(readFileSync(file, 'utf8')) : []),
    keep: played => appendFileSync(file, `${JSON.stringify(played)}\n`),
  }
}

const linesOf = (text: string): readonly Played[] =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Played)

/** One line: rounds, worst and median seconds (of each agent, where both are played), and `ok` or what was breached. */
export function lineOf(row: Row, all: readonly Played[]): { readonly isOk: boolean; readonly line: string } {
  const played = all.filter(({ row: name }) => name === row.name)
  const figures = row.agents.map(agent => figuresOf(agent, played))
  const breaches = [...new Set(breachesOf(row, played))]
  const verdict = breaches.length === 0 ? 'ok' : `BREACH ${breaches.join('; ')}`
  const line = [`row ${row.name}`, `rounds ${played.length}`, ...figures, limitsOf(row), verdict]
  return { isOk: breaches.length === 0, line: line.filter(part => part !== '').join('  ') }
}

function figuresOf(agent: string, played: readonly Played[]): string {
  const seconds = played.filter(round => round.agent === agent).flatMap(round => round.seconds ?? [])
  if (seconds.length === 0) return `${agent} –`
  return `${agent} worst ${Math.max(...seconds).toFixed(1)} median ${median(seconds).toFixed(1)}`
}

const limitsOf = ({ worst, median: middle }: Row): string =>
  [worst === undefined ? [] : `worst <= ${worst}`, middle === undefined ? [] : `median <= ${middle}`]
    .flat()
    .join(' ')

function breachesOf(row: Row, played: readonly Played[]): readonly string[] {
  const seconds = played.flatMap(round => round.seconds ?? [])
  const [worst, middle] = [Math.max(...seconds), median(seconds)]
  return [
    ...(played.length === 0 ? ['not played'] : []),
    ...played.flatMap(({ event, agent, breach }) =>
      breach === undefined ? [] : `${event} (${agent}): ${breach.split('\n').slice(0, 3).join(' ')}`,
    ),
    ...(row.worst !== undefined && worst > row.worst ? [`worst ${worst.toFixed(1)} > ${row.worst}`] : []),
    ...(row.median !== undefined && middle > row.median
      ? [`median ${middle.toFixed(1)} > ${row.median}`]
      : []),
  ]
}
