import type { Home, Listener } from '../../docker-extension/home/home.ts'
import type { SessionEvent } from '../../session/events.ts'
import { attached, choices, demo, findings, mounts, plan, status, variables, workloads } from './told.ts'

type Told = SessionEvent | string
/** What a command tells; `forever` where it goes on until it is killed. */
export type Answer = readonly Told[] | 'forever'

export interface FakeHome extends Home {
  /** What was run, a line each, without what every run has. */
  readonly runs: readonly string[]
  /** Tells one more line to the run that goes on and whose words match. */
  tell(to: RegExp, event: SessionEvent): void
  answer(to: RegExp, answer: Answer): void
  /** Whether a run of these words goes on. */
  isRunning(words: RegExp): boolean
  readonly opened: readonly string[]
}

const USUAL: readonly (readonly [RegExp, Answer])[] = [
  [/^events/, 'forever'],
  [/^status --connections$/, 'forever'],
  [/^status/, [status(demo)]],
  [/^choices/, [choices]],
  [/^list/, [workloads]],
  [/^mounts/, [mounts]],
  [/--dry-run/, [plan]],
  [/^env .*--reveal.*dotenv/, ['GREETING=hello']],
  [/^env .*--reveal/, [variables(true)]],
  [/^env/, [variables(false)]],
  [/^logs/, 'forever'],
  [/^doctor/, [findings]],
  [/^(intercept|ingest|replace|wiretap)/, attached],
]

/** A home in which all is well, unless answers say otherwise: the last one that fits counts. */
export function fakeHome(...differing: readonly (readonly [RegExp, Answer])[]): FakeHome {
  const answers = [...differing, ...USUAL]
  const runs: string[] = []
  const opened: string[] = []
  const open = new Set<{ readonly words: string; readonly on: Listener }>()
  return {
    runs,
    opened,
    openExternal: url => void opened.push(url),
    answer: (to, answer) => void answers.unshift([to, answer]),
    isRunning: words => [...open].some(run => words.test(run.words)),
    tell(to, event) {
      for (const { words, on } of open) if (to.test(words)) on.out(JSON.stringify(event))
    },
    async run(words, on, end) {
      const line = words
        .join(' ')
        .replace(/^--lang \S+ /, '')
        .replace(/ --format json$/, '')
      runs.push(line)
      const answer = (isCounting(line) ? USUAL : answers).find(([to]) => to.test(line))?.[1] ?? []
      await Promise.resolve()
      if (answer !== 'forever') return tellAll(answer, on)
      const run = { words: line, on }
      open.add(run)
      return new Promise(resolve =>
        end?.addEventListener('abort', () => {
          open.delete(run)
          resolve(130)
        }),
      )
    },
  }
}

/** Answers to "status" are about all that there is, and not about this. */
const isCounting = (line: string): boolean => line === 'status --connections'

function tellAll(answer: readonly Told[], on: Listener): number {
  let exitCode = 0
  for (const told of answer) {
    on.out(typeof told === 'string' ? told : JSON.stringify(told))
    if (typeof told !== 'string' && 'exitCode' in told) exitCode = told.exitCode
  }
  return exitCode
}
