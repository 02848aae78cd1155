import { once } from 'node:events'
import { execa } from 'execa'
import { variables } from './place.ts'

/** Milliseconds. Longer than a row that waits for node agents to end. */
const LONGEST_HOLD = 3_600_000

export interface Held {
  /** From the start to the first output. */
  readonly seconds: number
  /** Ends the command's input, and waits for its end. */
  readonly leave: () => Promise<void>
}

/** Starts a program, and returns once the command that it runs has written something. */
export async function hold(program: string, args: readonly string[]): Promise<Held> {
  const started = performance.now()
  const child = execa(program, args, { env: variables, timeout: LONGEST_HOLD })
  const ended = child.then(() => {
    throw new Error(`${program} ${args.join(' ')} ended without a word`)
  })
  await Promise.race([once(child.stdout, 'data'), ended])
  const seconds = (performance.now() - started) / 1000
  return {
    seconds,
    async leave() {
      child.stdin.end()
      await child
    },
  }
}

const TICKS_A_SECOND = 100

/** Seconds of processor by /proc/PID/stat: what the process has taken itself, and what its ended children have. */
export function processorSecondsIn(stat: string): { readonly own: number; readonly children: number } {
  // The name before that may have blanks.
  const ticks = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = ticks.slice(11)
  return { own: (user + system) / TICKS_A_SECOND, children: (childrenUser + childrenSystem) / TICKS_A_SECOND }
}

/** How long a program takes to its end. */
export async function secondsOf(program: string, args: readonly string[], input = ''): Promise<number> {
  const started = performance.now()
  await execa(program, args, { env: variables, input })
  return (performance.now() - started) / 1000
}
