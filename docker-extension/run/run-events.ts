import type { Language } from '../../language/choose-language.ts'
import { SessionEvent } from '../../session/events.ts'
import type { Home } from '../home/home.ts'

export interface Run {
  readonly home: Home
  readonly language: Language
  readonly end?: AbortSignal | undefined
}

/**
 * Runs a command of ours and tells what it tells, each line an event. One that ends without a word of its own, or could
 * not be started, tells an error. Resolves with its exit code.
 */
export async function runEvents(
  words: readonly string[],
  tell: (event: SessionEvent) => void,
  { home, language, end }: Run,
): Promise<number> {
  const other: string[] = []
  let hasEnded = false
  const out = (line: string): void => {
    if (end?.aborted) return
    const event = parseEvent(line)
    if (event === undefined) return void other.push(line)
    hasEnded ||= event.type === 'result' || event.type === 'error'
    tell(event)
  }
  const all = ['--lang', language, ...words, '--format', 'json']
  const exitCode = await home
    .run(all, { out, err: line => other.push(line) }, end)
    .catch((error: unknown) => {
      other.push(error instanceof Error ? error.message : String(error))
      return 1
    })
  if (!hasEnded && !end?.aborted) tell(endOf(exitCode, other))
  return exitCode
}

/** `--dry-run` ends in order without a word. */
function endOf(exitCode: number, other: readonly string[]): SessionEvent {
  if (exitCode === 0) return { type: 'result', exitCode }
  return { type: 'error', code: UNREACHABLE, message: '', exitCode, detail: other.slice(-20).join('\n') }
}

/** Not one of ours: our program said nothing. */
export const UNREACHABLE = 'UNREACHABLE'

/** Undefined where the line is no event that we know. */
export function parseEvent(line: string): SessionEvent | undefined {
  try {
    return SessionEvent.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

/** What a command writes for a person, as it is; undefined where it failed. */
export async function runText(
  words: readonly string[],
  { home, language, end }: Run,
): Promise<string | undefined> {
  const lines: string[] = []
  const exitCode = await home.run(['--lang', language, ...words], { out: line => lines.push(line) }, end)
  return exitCode === 0 ? lines.map(line => `${line}\n`).join('') : undefined
}
