import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { SessionEvent } from '../../session/events.ts'
import { foldRun, RUN_BEGINS, type RunView } from '../../session/view.ts'
import { useSurroundings } from '../home/home-context.ts'
import { runEvents } from './run-events.ts'

export interface Running {
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

/** Runs one command after the other, and shows what the last one tells. It is killed with the view that shows it. */
export function useRun(): Running {
  const { home, language } = useSurroundings()
  const [view, dispatch] = useReducer(reduce, undefined)
  const current = useRef<AbortController>(undefined)
  useEffect(() => () => current.current?.abort(), [])
  const start = useCallback(
    (words: readonly string[], alsoTell?: (event: SessionEvent) => void) => {
      current.current?.abort()
      const over = new AbortController()
      current.current = over
      dispatch('begin')
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
  return { view, isRunning: view !== undefined && view.exitCode === undefined, start, forget }
}
