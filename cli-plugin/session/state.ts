import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { SESSION_PATHS } from '../../compose/session.ts'

const DIRECTORY = '/run/kde-tp'
/** Bytes: some ten thousand states. */
const LONGEST_LOG = 1_000_000

export type SessionState = 'connected' | 'failed' | 'reconnecting' | 'ending'
export type TellState = (state: SessionState, rest: string) => void

export type Log = (line: string) => void

/** A line for `docker logs`, and for the environment's `logs/<namespace>.log`. */
export const createLog =
  (namespace: string): Log =>
  line => {
    const logged = `${new Date().toISOString()} ${line}\n`
    process.stdout.write(logged)
    appendRotating(`${SESSION_PATHS.logs}/${namespace}.log`, logged)
  }

/**
 * One line, `STATE REST`: for `session-state` and the `telepresence` of this container, and for the logs; and a file for
 * Docker's health check.
 */
export function tellState(log: Log): TellState {
  mkdirSync(DIRECTORY, { recursive: true })
  // A container that was killed and is started again has it still.
  rmSync(SESSION_PATHS.connected, { force: true })
  return (state, rest) => {
    const line = `${state} ${rest.replaceAll(/\s+/g, ' ')}`.trim()
    writeFileSync(`${DIRECTORY}/state.draft`, `${line}\n`)
    renameSync(`${DIRECTORY}/state.draft`, `${DIRECTORY}/state`)
    if (state === 'connected') writeFileSync(SESSION_PATHS.connected, '')
    else rmSync(SESSION_PATHS.connected, { force: true })
    log(line)
  }
}

/** One older file is kept. Its name does not end with `.log`, so that `tail -f *.log` shows what is new. */
function appendRotating(path: string, text: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size + text.length > LONGEST_LOG) renameSync(path, `${path}.1`)
  appendFileSync(path, text)
  // The keeper has lines of its own added, by the person's user.
  chmodSync(path, 0o660)
}
