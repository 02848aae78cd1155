import { useEffect, useReducer, useState } from 'react'
import type { EventOf, SessionEvent } from '../../session/events.ts'
import { type EngineView, foldEngine, NOTHING_READ } from '../../session/view.ts'
import type { Home } from '../home/home.ts'
import { parseEvent, type Run, runEvents } from './run-events.ts'
import { useVisible } from './use-visible.ts'

export interface Engine extends EngineView {
  /** Why the engine does not answer; undefined while it does. */
  readonly error: EventOf<'error'> | undefined
}

const LONGEST_PAUSE = 8000
const BETWEEN_READINGS = 500

/** Follows everything of ours on this engine, for as long as the page is seen: what nobody looks at costs nothing. */
export function useEngine({ home, language }: Run): Engine {
  const [view, dispatch] = useReducer(foldUnlessOld, NOTHING_READ)
  const [error, setError] = useState<Engine['error']>()
  const isVisible = useVisible()
  useEffect(() => {
    if (!isVisible) return
    const over = new AbortController()
    void tellLast(home, event => dispatch({ event, isOfBefore: true }))
    void follow({ home, language, end: over.signal }, event => dispatch({ event }), setError)
    return () => over.abort()
  }, [home, language, isVisible])
  return { ...view, error }
}

interface Told {
  readonly event: SessionEvent
  readonly isOfBefore?: boolean
}

/** What was read before the page was there is shown until the page has read it itself. */
const foldUnlessOld = (view: EngineView, { event, isOfBefore = false }: Told): EngineView =>
  isOfBefore && view.environments !== undefined ? view : foldEngine(view, event)

async function tellLast(home: Home, tell: (event: SessionEvent) => void): Promise<void> {
  const line = await home.lastStatus?.().catch(() => undefined)
  const event = line === undefined ? undefined : parseEvent(line)
  if (event !== undefined) tell(event)
}

/** Until the end. What breaks off, as with the engine, is begun again, ever later. */
async function follow(
  run: Run & { readonly end: AbortSignal },
  tell: (event: SessionEvent) => void,
  tellError: (error: Engine['error']) => void,
): Promise<void> {
  for (let pause = 500; !run.end.aborted; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
    const read = reader(run, tell, tellError)
    const beganAt = Date.now()
    read()
    await runEvents(
      ['events'],
      event => {
        if (event.type !== 'happening') return
        tell(event)
        read()
      },
      run,
    )
    if (Date.now() - beganAt > LONGEST_PAUSE) pause = 250
    await new Promise(resolve => setTimeout(resolve, pause))
  }
}

/** Reads the status, one reading at a time: what comes meanwhile makes one more. */
function reader(
  run: Run & { readonly end: AbortSignal },
  tell: (event: SessionEvent) => void,
  tellError: (error: Engine['error']) => void,
): () => void {
  let isReading = false
  let isStale = false
  const once = async (): Promise<void> => {
    isStale = false
    await runEvents(
      ['status'],
      event => {
        if (event.type === 'error') tellError(event)
        if (event.type !== 'status') return
        tell(event)
        tellError(undefined)
      },
      run,
    )
    // What happens meanwhile shows by itself.
    await new Promise(resolve => setTimeout(resolve, BETWEEN_READINGS))
    if (isStale && !run.end.aborted) await once()
  }
  return () => {
    isStale = true
    if (isReading) return
    isReading = true
    void once().finally(() => {
      isReading = false
    })
  }
}
