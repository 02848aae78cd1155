/**
 * npm run bench [-- --rounds N --minutes N --row NAME…]: ours and the same done by hand, in turn. Prints one line a row, keeps what
 * was measured in .sandbox/bench, and ends with 1 where a ratio is over its limit. Wants a computer that does nothing
 * else.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { disconnect } from './baseline.ts'
import { type Idle, idle } from './idle.ts'
import { CROWDS, listAlone, listInSession } from './list.ts'
import {
  eventOnScreen,
  filtering,
  firstBytes,
  firstPaint,
  idlePage,
  illnessOnScreen,
  scrolling,
} from './page.ts'
import { close, open, RESULTS } from './place.ts'
import { alone, cold, help, injectSidecars, requests, type Samples, warm } from './rows.ts'
import { lowerEndOfRatio, median } from './statistics.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    /** How long it idles. */
    minutes: { type: 'string', default: '10' },
    row: { type: 'string', multiple: true },
  },
})
const rounds = Number(values.rounds)
const REQUESTS = 2000

interface Row {
  readonly name: string
  readonly measure: () => Promise<Samples>
  readonly ratio: (samples: Samples) => number
  readonly limit: number
}

/** What ours takes more, as a part of the seconds that it may. */
const partOf =
  (allowed: number) =>
  ({ ours, baseline }: Samples): number =>
    (median(ours) - median(baseline)) / allowed
/** The longest of all. */
const worstOf =
  (allowed: number) =>
  ({ ours }: Samples): number =>
    Math.max(...ours) / allowed
const ratioOfMedians = ({ ours, baseline }: Samples): number => median(ours) / median(baseline)
const surelyAtLeast = ({ ours, baseline }: Samples): number => lowerEndOfRatio(ours, baseline)

const rows: readonly Row[] = [
  { name: 'cold-sidecar', measure: () => cold('sidecar', rounds), ratio: partOf(2), limit: 1 },
  { name: 'cold-node', measure: () => cold('node', rounds), ratio: partOf(2), limit: 1 },
  { name: 'warm-sidecar', measure: () => warm('intercept', 'sidecar', rounds), ratio: partOf(0.7), limit: 1 },
  { name: 'warm-node', measure: () => warm('intercept', 'node', rounds), ratio: partOf(0.7), limit: 1 },
  { name: 'warm-wiretap', measure: () => warm('wiretap', 'sidecar', rounds), ratio: partOf(0.7), limit: 1 },
  { name: 'warm-ingest', measure: () => warm('ingest', 'node', rounds), ratio: partOf(0.7), limit: 1 },
  { name: 'help', measure: () => help(rounds), ratio: ratioOfMedians, limit: 1.5 },
  ...CROWDS.flatMap(crowd => [
    {
      name: `list-${crowd}-in-session`,
      measure: () => listInSession(crowd, rounds),
      ratio: ratioOfMedians,
      limit: 2,
    },
    {
      name: `list-${crowd}-alone`,
      measure: () => listAlone(crowd, rounds),
      ratio: ratioOfMedians,
      limit: 1.5,
    },
  ]),
  { name: 'idle-percent-of-a-core', measure: () => idleOf('percent'), ratio: partOf(0.5), limit: 1 },
  { name: 'idle-mebibytes', measure: () => idleOf('mebibytes'), ratio: partOf(150), limit: 1 },
  { name: 'page-first-paint', measure: () => firstPaint(rounds), ratio: partOf(0.3), limit: 1 },
  { name: 'page-first-bytes', measure: firstBytes, ratio: partOf(250_000), limit: 1 },
  { name: 'page-filter-of-1000', measure: filtering, ratio: worstOf(50), limit: 1 },
  { name: 'page-scroll-of-1000', measure: scrolling, ratio: worstOf(50), limit: 1 },
  { name: 'page-event', measure: () => eventOnScreen(rounds), ratio: partOf(0.3), limit: 1 },
  { name: 'page-illness', measure: () => illnessOnScreen(rounds), ratio: worstOf(5), limit: 1 },
  {
    name: 'page-idle-percent-of-a-core',
    measure: () => idlePage(Number(values.minutes)),
    ratio: partOf(0.5),
    limit: 1,
  },
  { name: 'requests', measure: () => requests(REQUESTS), ratio: surelyAtLeast, limit: 1.05 },
]

let idling: Promise<Idle> | undefined

async function idleOf(what: keyof Idle): Promise<Samples> {
  idling ??= idle(Number(values.minutes))
  return alone([(await idling)[what]])
}

for (const script of ['scripts/engine', 'scripts/prepare', 'sandbox/up']) {
  await execa(script, { stdio: ['ignore', 2, 2] })
}
const measured: Record<string, Samples> = {}
const started = new Date().toISOString()
try {
  await open()
  await injectSidecars()
  for (const row of rows.filter(({ name }) => values.row?.includes(name) ?? true))
    report(row, await row.measure())
} finally {
  keep()
  await disconnect()
  await close()
}

function report({ name, ratio, limit }: Row, samples: Samples): void {
  measured[name] = samples
  const figures = { ours: median(samples.ours), baseline: median(samples.baseline), ratio: ratio(samples) }
  const words = Object.entries(figures).flatMap(([what, figure]) => [what, figure.toFixed(3)])
  console.log(['row', name, ...words, 'limit', limit].join(' '))
  if (!(figures.ratio <= limit)) process.exitCode = 1
}

function keep(): void {
  mkdirSync(RESULTS, { recursive: true })
  const raw = { started, ended: new Date().toISOString(), load: loadavg(), rounds, measured }
  writeFileSync(join(RESULTS, `${started.replaceAll(':', '-')}.json`), `${JSON.stringify(raw)}\n`)
}
