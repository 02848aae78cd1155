import { t } from '../../language/t.ts'
import { exitCodeOf, KdeTpError } from '../../session/errors.ts'
import type { EmitEvent, EventOf, SessionEvent } from '../../session/events.ts'
import { exitCodeOfSignal, type SignalName } from '../edges/signals.ts'
import { version } from '../version.ts'
import { humanLines } from './human.ts'

/** The story: lines of JSON on standard output, or sentences for a person on standard error. */
export const showAs = (asJson: boolean): EmitEvent => (asJson ? showJson : showToPerson)

const showJson: EmitEvent = event => void process.stdout.write(`${inAscii(JSON.stringify(event))}\n`)

/** Who takes the output in pieces and makes a text of each, as Docker Desktop, would cut other letters. */
const inAscii = (json: string): string =>
  json.replaceAll(/[\u0080-\uffff]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** All else is the story of how. */
const ASKED_FOR = new Set<SessionEvent['type']>([
  'plan',
  'findings',
  'workloads',
  'status',
  'log',
  'variables',
  'rendered',
  'cleared',
  'keeping',
  'happening',
  'connections',
])

const showToPerson: EmitEvent = event => {
  const lines = humanLines(event)
  if (lines === undefined) return
  const stream = ASKED_FOR.has(event.type) ? process.stdout : process.stderr
  stream.write(`${lines}\n`)
}

/** A failure as it is told. One that we did not expect is a bug of ours. */
export function toErrorEvent(error: unknown): EventOf<'error'> {
  if (!(error instanceof KdeTpError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const message = t`This is a bug in kde-tp ${version}.`
    return { type: 'error', code: 'BUG', message, detail: stack, exitCode: 70 }
  }
  const { code, message, hint, left, detail, cause } = error
  return {
    type: 'error',
    code,
    message,
    left: left ?? t`Nothing was changed.`,
    exitCode: isSignal(cause) ? exitCodeOfSignal(cause) : exitCodeOf[code],
    ...(hint !== undefined && { hint }),
    ...(detail !== undefined && detail !== '' && { detail }),
  }
}

const isSignal = (cause: unknown): cause is SignalName =>
  cause === 'SIGINT' || cause === 'SIGTERM' || cause === 'SIGHUP'
