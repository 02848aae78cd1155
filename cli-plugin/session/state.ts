import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { SESSION_PATHS } from '../../compose/session.ts'

const DIRECTORY = '/run/kde-tp'

export type SessionState = 'connected' | 'failed' | 'reconnecting' | 'ending'
export type TellState = (state: SessionState, rest: string) => void

/**
 * One line, `STATE REST`: for `session-state` and the `telepresence` of this container, for `docker logs`, and for the
 * environment's `logs/<namespace>.log`.
 */
export function tellState(namespace: string): TellState {
  mkdirSync(DIRECTORY, { recursive: true })
  return (state, rest) => {
    const line = `${state} ${rest.replaceAll(/\s+/g, ' ')}`.trim()
    writeFileSync(`${DIRECTORY}/state.draft`, `${line}\n`)
    renameSync(`${DIRECTORY}/state.draft`, `${DIRECTORY}/state`)
    const logged = `${new Date().toISOString()} ${line}\n`
    process.stdout.write(logged)
    appendFileSync(`${SESSION_PATHS.logs}/${namespace}.log`, logged)
  }
}
