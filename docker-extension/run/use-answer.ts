import { useCallback, useEffect, useState } from 'react'
import type { EventOf, SessionEvent } from '../../session/events.ts'
import type { RunView } from '../../session/view.ts'
import { useRun } from './use-run.ts'

export interface Answer<T extends SessionEvent['type']> {
  /** The last one; it stays while it is asked again. */
  readonly answer: EventOf<T> | undefined
  readonly error: RunView['error']
  readonly remarks: readonly string[]
  readonly isAsking: boolean
  again(): void
}

const isOf = <T extends SessionEvent['type']>(event: SessionEvent, type: T): event is EventOf<T> =>
  event.type === type

/** Asks a command that answers with one event of this type; anew where its words change, and not at all without any. */
export function useAnswer<T extends SessionEvent['type']>(
  type: T,
  words: readonly string[] | undefined,
): Answer<T> {
  const { view, isRunning, start, forget } = useRun()
  const [answer, setAnswer] = useState<EventOf<T>>()
  const asked = JSON.stringify(words)
  const ask = useCallback(() => {
    if (asked === undefined) return
    void start(JSON.parse(asked) as string[], event => {
      if (isOf(event, type)) setAnswer(event)
    })
  }, [asked, start, type])
  useEffect(() => {
    setAnswer(undefined)
    ask()
    return forget
  }, [ask, forget])
  return { answer, error: view?.error, remarks: view?.remarks ?? [], isAsking: isRunning, again: ask }
}
