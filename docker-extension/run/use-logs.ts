import { useEffect, useRef, useState } from 'react'
import type { LogLine } from '../../session/log-lines.ts'
import type { RunView } from '../../session/view.ts'
import { useSurroundings } from '../home/home-context.ts'
import { runEvents } from './run-events.ts'

export interface Logs {
  readonly lines: readonly LogLine[]
  /** Whose they are, in the order of their names. */
  readonly sources: readonly string[]
  readonly error: RunView['error']
}

const MOST_LINES = 200_000
const NOTHING_LOGGED: Logs = { lines: [], sources: [], error: undefined }

function withMore(before: Logs, lines: readonly LogLine[]): Logs {
  const others = lines.map(({ source }) => source).filter(source => !before.sources.includes(source))
  const sources =
    others.length === 0 ? before.sources : [...new Set([...before.sources, ...others])].toSorted()
  return { ...before, sources, lines: before.lines.concat(lines).slice(-MOST_LINES) }
}

/** Follows logs. Lines that come together are shown together, once for each frame. */
export function useLogs(words: readonly string[]): Logs {
  const { home, language } = useSurroundings()
  const come = useRef<LogLine[]>([])
  const [logs, setLogs] = useState(NOTHING_LOGGED)
  const asked = JSON.stringify(words)
  useEffect(() => {
    const over = new AbortController()
    come.current = []
    setLogs(NOTHING_LOGGED)
    let frame = 0
    const show = (): void => {
      frame = 0
      const lines = come.current.splice(0)
      setLogs(before => withMore(before, lines))
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
