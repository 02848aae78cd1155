import { useEffect, useRef, useState } from 'react'
import type { LogLine } from '../../session/log-lines.ts'
import type { RunView } from '../../session/view.ts'
import { useSurroundings } from '../home/home-context.ts'
import { runEvents } from './run-events.ts'

export interface Logs {
  readonly lines: readonly LogLine[]
  readonly error: RunView['error']
}

const MOST_LINES = 200_000

/** Follows logs. Lines that come together are shown together, once for each frame. */
export function useLogs(words: readonly string[]): Logs {
  const { home, language } = useSurroundings()
  const come = useRef<LogLine[]>([])
  const [logs, setLogs] = useState<Logs>({ lines: [], error: undefined })
  const asked = JSON.stringify(words)
  useEffect(() => {
    const over = new AbortController()
    come.current = []
    setLogs({ lines: [], error: undefined })
    let frame = 0
    const show = (): void => {
      frame = 0
      const lines = come.current.splice(0)
      setLogs(before => ({ ...before, lines: before.lines.concat(lines).slice(-MOST_LINES) }))
    }
    void runEvents(
      JSON.parse(asked) as string[],
      event => {
        if (event.type === 'error') setLogs(before => ({ ...before, error: event }))
        if (event.type !== 'log') return
        come.current.push({ source: event.source, time: event.time, text: event.text })
        frame ||= requestAnimationFrame(show)
      },
      { home, language, end: over.signal },
    )
    return () => {
      over.abort()
      cancelAnimationFrame(frame)
    }
  }, [asked, home, language])
  return logs
}
