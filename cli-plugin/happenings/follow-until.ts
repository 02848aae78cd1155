import type { Edges } from '../command.ts'
import { exitCodeOfSignal } from '../edges/signals.ts'
import { type Following, follow } from './follow.ts'

/** Ends as `docker events` does: with a signal's exit code, and at its time with 0. */
export async function followUntil(
  /** Milliseconds since 1970. */
  until: number | undefined,
  input: Omit<Following, 'end'>,
  edges: Edges,
): Promise<number> {
  const { abort, received } = edges.signals
  const over = new AbortController()
  if (until !== undefined) void edges.sleep(until - edges.now(), abort).then(() => over.abort())
  const ended = await follow({ ...input, end: AbortSignal.any([abort, over.signal]) }, edges)
  const signal = received()
  if (signal !== undefined) return exitCodeOfSignal(signal)
  return over.signal.aborted ? 0 : ended
}
