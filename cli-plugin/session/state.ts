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
    // A disk that is full, or a directory that somebody has removed, ends no session.
    attempt(() => appendRotating(`${SESSION_PATHS.logs}/${namespace}.log`, logged))
  }

/** Whether it could be done. */
function attempt(write: () => void): boolean {
  try {
    write()
    return true
  } catch {
    return false
  }
}

const TRY_AGAIN = 5000

/**
 * One line, `STATE REST`: for `session-state` and the `telepresence` of this container, and for the logs; and a file for
 * Docker's health check. What fails again and again for one reason is logged once.
 */
export function tellState(log: Log): TellState {
  mkdirSync(DIRECTORY, { recursive: true })
  // A container that was killed and is started again has it still.
  rmSync(SESSION_PATHS.connected, { force: true })
  let told = ''
  const keep = (line: string): void => {
    // Where the disk is full. What was told since is the state by then.
    if (line === told && !attempt(() => writeState(line))) setTimeout(keep, TRY_AGAIN, line).unref()
  }
  return (state, rest) => {
    const line = `${state} ${rest.replaceAll(/\s+/g, ' ')}`.trim()
    if (line !== told) log(line)
    told = line
    keep(line)
  }
}

const SILENT = `${DIRECTORY}/silent`

/** Who does not answer the session now, for `session-state --manager`. */
export function tellSilence(who: string | undefined): void {
  if (who === undefined) rmSync(SILENT, { force: true })
  else attempt(() => writeFileSync(SILENT, `${who}\n`))
}

function writeState(line: string): void {
  writeFileSync(`${DIRECTORY}/state.draft`, `${line}\n`)
  renameSync(`${DIRECTORY}/state.draft`, `${DIRECTORY}/state`)
  if (line.startsWith('connected')) writeFileSync(SESSION_PATHS.connected, '')
  else rmSync(SESSION_PATHS.connected, { force: true })
}

/** One older file is kept. Its name does not end with `.log`, so that `tail -f *.log` shows what is new. */
function appendRotating(path: string, text: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size + text.length > LONGEST_LOG) renameSync(path, `${path}.1`)
  appendFileSync(path, text)
  // The keeper has lines of its own added, by the person's user.
  chmodSync(path, 0o660)
}
