import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import type { SessionEvent } from '../../session/events.ts'
import { foldRun, RUN_BEGINS, type RunView } from '../../session/view.ts'
import { useSurroundings } from '../home/home-context.ts'
import { runEvents } from './run-events.ts'

export interface Running {
  /** Of the last one. */
  readonly words: readonly string[]
  /** Undefined before the first. */
  readonly view: RunView | undefined
  readonly isRunning: boolean
  /** Ends the one before. */
  start(words: readonly string[], alsoTell?: (event: SessionEvent) => void): Promise<number>
  forget(): void
}

type Action = SessionEvent | 'begin' | 'forget'

function reduce(view: RunView | undefined, action: Action): RunView | undefined {
  if (action === 'forget') return undefined
  return action === 'begin' ? RUN_BEGINS : foldRun(view ?? RUN_BEGINS, action)
}

/**
 * Runs one command after the other, and shows what the last one tells. It is killed with the view that shows it, unless it
 * goes on: one that changes something is not to be broken off by a look at something else.
 */
export function useRun({ goesOn = false } = {}): Running {
  const { home, language } = useSurroundings()
  const [view, dispatch] = useReducer(reduce, undefined)
  const current = useRef<AbortController>(undefined)
  const [last, setLast] = useState<readonly string[]>([])
  useEffect(() => (goesOn ? undefined : () => current.current?.abort()), [goesOn])
  const start = useCallback(
    (words: readonly string[], alsoTell?: (event: SessionEvent) => void) => {
      current.current?.abort()
      const over = new AbortController()
      current.current = over
      dispatch('begin')
      setLast(words)
      const tell = (event: SessionEvent): void => {
        if (over.signal.aborted) return
        dispatch(event)
        alsoTell?.(event)
      }
      return runEvents(words, tell, { home, language, end: over.signal })
    },
    [home, language],
  )
  const forget = useCallback(() => {
    current.current?.abort()
    dispatch('forget')
  }, [])
  return { words: last, view, isRunning: view !== undefined && view.exitCode === undefined, start, forget }
}
