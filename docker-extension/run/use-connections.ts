import { useEffect, useState } from 'react'
import type { EnvironmentStatus } from '../../session/engine-status.ts'
import type { EventOf } from '../../session/events.ts'
import { isConnected } from '../../session/view.ts'
import { useSurroundings } from '../home/home-context.ts'
import { runEvents } from './run-events.ts'
import { useVisible } from './use-visible.ts'

/** New connections of one second after the other in a session's network, the newest last. */
export type History = readonly number[]

export const SHOWN_SECONDS = 60

type Place = Pick<EventOf<'connections'>, 'workspace' | 'environment' | 'namespace'>

export const placeKey = ({ workspace, environment, namespace }: Place): string =>
  [workspace, environment, namespace].join('\n')

type Histories = ReadonlyMap<string, History>

const NOTHING_TOLD: Histories = new Map()

/** Of each session that tells it, while the page is seen: sessions count only for who looks. */
export function useConnections(environments: readonly EnvironmentStatus[]): Histories {
  const { home, language } = useSurroundings()
  const [histories, setHistories] = useState(NOTHING_TOLD)
  const isVisible = useVisible()
  const connected = connectedIn(environments)
  useEffect(() => {
    const forget = (): void => setHistories(NOTHING_TOLD)
    if (!isVisible || connected === '') return forget()
    const over = new AbortController()
    const told = new Map<string, number>()
    const timer = setInterval(() => setHistories(before => oneMore(before, told)), 1000)
    const tell = (event: EventOf<'connections'>): void => void told.set(placeKey(event), event.perSecond)
    const words = ['status', '--connections']
    const run = { home, language, end: over.signal }
    void runEvents(words, event => event.type === 'connections' && tell(event), run).then(() => {
      clearInterval(timer)
      if (!over.signal.aborted) forget()
    })
    return () => {
      clearInterval(timer)
      over.abort()
    }
  }, [home, language, isVisible, connected])
  return histories
}

/** The one that comes up is counted too, and the one that was away counts anew. */
const connectedIn = (environments: readonly EnvironmentStatus[]): string =>
  environments
    .flatMap(({ sessions }) => sessions.filter(({ state }) => isConnected(state)))
    .map(({ container, createdAt }) => `${container} ${createdAt}`)
    .join()

/** The same where nothing has changed, or nothing is told yet: then nothing is drawn anew. */
function oneMore(before: Histories, told: ReadonlyMap<string, number>): Histories {
  const isStill = [...told].every(([key, now]) => stays(before.get(key), now))
  if (told.size === 0 || (isStill && before.size === told.size)) return before
  return new Map(
    [...told].map(([key, now]) => [key, [...(before.get(key) ?? []), now].slice(-SHOWN_SECONDS)]),
  )
}

const stays = (history: History | undefined, now: number): boolean =>
  history?.length === SHOWN_SECONDS && history.every(each => each === now)
