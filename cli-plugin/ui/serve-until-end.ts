import { once } from 'node:events'
import type { Edges } from '../command.ts'
import { exitCodeOfSignal } from '../edges/signals.ts'
import type { Served } from './serve.ts'

/** Waits for a request to end, and ends in order; at a second one at once. Returns the exit code. */
export async function serveUntilEnd(served: Served, { signals }: Edges): Promise<number> {
  const [asked, insisted] = [new AbortController(), new AbortController()]
  signals.abort.addEventListener('abort', () => asked.abort(), { once: true })
  if (signals.abort.aborted) asked.abort()
  const end = async (): Promise<void> => {
    if (!asked.signal.aborted) await once(asked.signal, 'abort')
    await Promise.race([served.close(), once(insisted.signal, 'abort')])
  }
  await signals.during(() => (asked.signal.aborted ? insisted : asked).abort(), end())
  const signal = signals.received()
  return signal === undefined ? 0 : exitCodeOfSignal(signal)
}
