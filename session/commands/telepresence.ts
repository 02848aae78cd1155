import * as z from 'zod/mini'
import { t } from '../../language/t.ts'
import type { Attachment } from '../attachment.ts'
import { KdeTpError } from '../errors.ts'
import { traitsOf } from '../mode.ts'
import { nothing, type ToolCommand, type ToolOutput } from '../tool-command.ts'
import type { Header } from '../wish.ts'

// Telepresence 2.31.2 answers `--format json` with the bare object, or with {"error": …} on standard output and exit
// code 1. Progress must be quiet, or it mixes with the answer.
export const QUIET = ['--format', 'json', '--progress', 'quiet']

/** An ingest says `container`, all others `container_name`. */
const Attached = z.object({
  environment: z.optional(z.record(z.string(), z.string())),
  container: z.optional(z.string()),
  container_name: z.optional(z.string()),
})

export interface AttachResult {
  /** The environment of the remote container. Holds secrets: never to be printed. */
  readonly environment: Readonly<Record<string, string>>
  readonly container: string | undefined
}

const HEADER_OPTION = '--http-header'

/** Exit code of the session's `attach` where another command has an attempt under way. */
export const UNDER_WAY = 75
/** What is said where another command of this session has the workload, or is taking it. */
export const TAKEN_HERE = /already exists|is being taken/i
/** What is said where the session has not heard of its own attachment. */
export const UNHEARD = /the intercept timed out/i
/**
 * What is said until a session leads to the traffic-manager's next pod, which takes it some 10 s after a rollout, and
 * where its daemon ends in the midst of an attach. Both come back by themselves, with all attachments.
 */
export const LINE_BROKEN =
  /connection error: desc|error reading from server|client connection is closing|code = Unavailable/i

/** What Telepresence said of an attach with these words. A header's value may be secret, and it may name what is in the way. */
export const withoutHeaderValues = (said: string, words: readonly string[]): string =>
  words
    .flatMap((word, at) => (words[at - 1] === HEADER_OPTION ? [word.slice(word.indexOf('=') + 1)] : []))
    .filter(value => value !== '')
    .reduce((text, value) => text.replaceAll(value, '***'), said)

/**
 * Attaches a workload. A session that is reconnecting is waited for; one that can't says so on standard error. Throws
 * INTERCEPT_TAKEN, PORT_UNKNOWN, SESSION_FAILED or ATTACH_FAILED.
 */
export const attach = (
  sessionContainer: string,
  attachment: Attachment,
  headers: readonly Header[],
): ToolCommand<AttachResult> => ({
  args: [
    ...['exec', sessionContainer, 'attach', attachment.workload, attachment.mode, attachment.workload],
    ...attachOptions(attachment, headers),
    ...['--mount=false', ...QUIET],
  ],
  anyExitCode: true,
  // Telepresence's own limit for an agent's arrival is two minutes.
  timeoutSeconds: 150,
  parse(output) {
    if (output.exitCode === UNDER_WAY) throw attachFailed(attachment, t`it is being taken by another command`)
    if (output.exitCode !== 0) throw attachFailed(attachment, errorText(output))
    return toAttachResult(output.stdout)
  },
})

/** What Telepresence answers to an attach. */
export function toAttachResult(stdout: string): AttachResult {
  const { environment, container, container_name } = Attached.parse(lastJson(stdout))
  return { environment: environment ?? {}, container: container ?? container_name }
}

/** Each mode knows its own, and refuses all others. */
function attachOptions(attachment: Attachment, headers: readonly Header[]): readonly string[] {
  const { mode, workload, ports, agent, container, toPod, pathPrefix, pathRegex } = attachment
  return [
    ...(traitsOf[mode].ports === 'service' ? ['--workload', workload] : []),
    ...ports.flatMap(({ local, remote }) => ['--port', `${local}:${remote}`]),
    ...(container === undefined ? [] : ['--container', container]),
    ...(toPod ?? []).flatMap(port => ['--to-pod', port]),
    ...headers.flatMap(({ name, value }) => [HEADER_OPTION, `${name}=${value}`]),
    ...(pathPrefix === undefined ? [] : ['--http-path-prefix', pathPrefix]),
    ...(pathRegex === undefined ? [] : ['--http-path-regex', pathRegex]),
    // Where the manager has node agents on they are every client's default, so both are always said.
    ...(traitsOf[mode].agents.includes('node') ? [`--node-agent=${agent === 'node'}`] : []),
    // An ingest always tells all.
    ...(mode === 'ingest' ? [] : ['--detailed-output']),
  ]
}

/** What is said where somebody else has the workload. */
export const CONFLICT = /conflict with/i

/** The holder that a conflict names, as `<user>@<host>`; undefined where it names none. */
export const holderIn = (said: string): string | undefined =>
  /created by client \\?"?([^"\\\s]+)\\?"?/.exec(said)?.[1]

/** What is said where nobody can be asked: the session may come back, and its attachments with it. */
const UNASKED = /not connected|is not running|is paused|no such container/i

/** Ends an attachment, and an attempt at one. One that is not there has ended. Whether the session could be asked. */
export const detach = (sessionContainer: string, workload: string): ToolCommand<boolean> => ({
  args: ['exec', sessionContainer, 'detach', workload, ...QUIET],
  anyExitCode: true,
  timeoutSeconds: 60,
  parse: output => output.exitCode === 0 || !UNASKED.test(`${output.stdout}${output.stderr}`),
})

/** The attachment that a conflict names, in the words that `revoke` wants; undefined where it names none. */
export const conflictingId = (said: string): string | undefined =>
  /conflict with intercept (\S+) on/i.exec(said)?.[1]

/**
 * Ends somebody else's attachment. False where the person lacks the right to, which is one on the manager's ConfigMap;
 * throws ATTACH_FAILED where it fails otherwise.
 */
export const revoke = (sessionContainer: string, workload: string, id: string): ToolCommand<boolean> => ({
  args: ['exec', sessionContainer, 'telepresence', 'revoke', id, ...QUIET],
  anyExitCode: true,
  timeoutSeconds: 60,
  parse(output) {
    if (output.exitCode === 0) return true
    const detail = errorText(output)
    if (/forbidden/i.test(detail)) return false
    throw new KdeTpError(
      'ATTACH_FAILED',
      t`The attachment of "${workload}" by somebody else could not be ended.`,
      {
        detail,
      },
    )
  },
})

/** Gives a session that has not heard of its attachment a new connection, which takes up its other attachments. */
export const connectAnew = (sessionContainer: string, workload: string): ToolCommand<void> => ({
  args: ['exec', sessionContainer, 'connect-anew', workload, ...QUIET],
  anyExitCode: true,
  timeoutSeconds: 120,
  parse: nothing,
})

/** Ends what is left of an attempt once the session is connected, so that it is not in the next one's way. */
export const startOver = (sessionContainer: string, workload: string): ToolCommand<void> => ({
  args: ['exec', sessionContainer, 'start-over', workload, ...QUIET],
  anyExitCode: true,
  timeoutSeconds: 120,
  parse: nothing,
})

/** The last JSON value of a text: what Kubernetes' client library warns about may stand before it. */
export function lastJson(text: string): unknown {
  const starts = [0, ...[...text.matchAll(/\n(?=[[{"])/g)].map(({ index }) => index + 1)]
  for (const start of starts) {
    try {
      return JSON.parse(text.slice(start))
    } catch {}
  }
  return {}
}

/** What Telepresence says is wrong. */
export function errorText({ stdout, stderr }: ToolOutput): string {
  const answer = lastJson(stdout)
  const said = typeof answer === 'object' && answer !== null && 'error' in answer ? String(answer.error) : ''
  return said || stderr.trim() || stdout.trim()
}

function attachFailed({ workload, ports }: Attachment, said: string): KdeTpError {
  if (said.startsWith('not connected')) {
    return new KdeTpError('SESSION_FAILED', t`The session is not connected to the cluster.`, {
      detail: said,
      hint: t`Run 'docker kde-tp logs' to read its log.`,
    })
  }
  if (CONFLICT.test(said)) {
    const holder = holderIn(said) ?? t`Another session`
    return new KdeTpError('INTERCEPT_TAKEN', t`${holder} holds "${workload}" already.`, {
      detail: said,
      hint: t`Ask them to leave it, with 'docker kde-tp detach' or 'telepresence detach'; or end theirs with --take-over.`,
    })
  }
  if (/no (interceptable |attachable )?port matching/i.test(said)) {
    return new KdeTpError(
      'PORT_UNKNOWN',
      t`"${workload}" has no port ${ports.map(({ remote }) => remote).join(', ')} that can be taken.`,
      { detail: said },
    )
  }
  const hint = /node-agent (mode )?cannot (be used with|replace)/i.test(said)
    ? { hint: t`Its pods have a sidecar already: run with --agent sidecar.` }
    : {}
  return new KdeTpError('ATTACH_FAILED', t`Telepresence could not take "${workload}".`, {
    detail: said,
    ...hint,
  })
}
