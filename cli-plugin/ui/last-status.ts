import type { OwnRun, RunOwnProgram } from '../edges/own-program.ts'
import { readLines } from './run.ts'

/** What `status` has told last, for a page that has nothing to show yet. */
export interface LastStatus {
  /** Reads it, where nobody has lately. */
  refresh(): void
  /** Any line that a run of the page has told. */
  note(line: string): void
  /** The event, as a line, once it is read; undefined where nobody has lately. */
  tell(): Promise<string | undefined>
  /** Asks the reading that is under way to end, and waits for it. */
  end(): Promise<void>
  kill(): void
}

/** Milliseconds. Older than this it would mislead. */
const LATELY = 10_000

export function createLastStatus(runOwnProgram: RunOwnProgram, now: () => number): LastStatus {
  let last: Promise<string | undefined> = Promise.resolve(undefined)
  let begunAt = Number.NEGATIVE_INFINITY
  let reading: OwnRun | undefined
  const keep = (line: Promise<string | undefined>): void => {
    last = line
    begunAt = now()
  }
  const isLate = (): boolean => now() - begunAt > LATELY
  return {
    refresh() {
      if (!isLate()) return
      reading = runOwnProgram(['status', '--format', 'json'])
      keep(read(reading))
    },
    note(line) {
      if (isStatus(line)) keep(Promise.resolve(line))
    },
    tell: async () => (isLate() ? undefined : last),
    async end() {
      reading?.kill('SIGTERM')
      await reading?.ended
    },
    kill: () => reading?.kill('SIGKILL'),
  }
}

/** A failure tells no status: the page hears of it by its own reading. */
async function read({ stdout, stderr, ended }: OwnRun): Promise<string | undefined> {
  let status: string | undefined
  stderr.resume()
  await readLines(stdout, async lines => {
    status ??= lines.find(isStatus)
  })
  await ended
  return status
}

const isStatus = (line: string): boolean => line.startsWith('{"type":"status"')
