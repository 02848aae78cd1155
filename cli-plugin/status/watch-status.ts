import { KdeTpError } from '../../session/errors.ts'
import type { SessionEvent } from '../../session/events.ts'
import type { Edges } from '../command.ts'
import { exitCodeOfSignal } from '../edges/signals.ts'

const LOOK_EVERY = 1000
const PASSING: ReadonlySet<string> = new Set(['CANCELLED', 'TOOL_FAILED'])
const CLEAR_SCREEN = '\u001b[H\u001b[2J\u001b[3J'

/**
 * Shows what each look sees until a signal asks to end, which is no failure. A terminal is drawn anew each time, since ages grow;
 * anything else gets what has changed. Returns the exit code.
 */
export async function watchStatus(
  look: () => Promise<SessionEvent>,
  asJson: boolean,
  edges: Edges,
): Promise<number> {
  const redraws = edges.terminal.stdout && !asJson
  const { abort, received } = edges.signals
  let shown = ''
  while (!abort.aborted) {
    const seen = await unlessPassing(look())
    const text = JSON.stringify(seen)
    if (seen !== undefined && (redraws || text !== shown)) {
      if (redraws) edges.print(CLEAR_SCREEN)
      edges.emit(seen)
      shown = text
    }
    await edges.sleep(LOOK_EVERY, abort)
  }
  const exitCode = exitCodeOfSignal(received() ?? 'SIGINT')
  edges.emit({ type: 'result', exitCode })
  return exitCode
}

/** What goes away while it is read, and a request to end, are no reason to end with a failure. */
async function unlessPassing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof KdeTpError && PASSING.has(error.code)) return undefined
    throw error
  }
}
