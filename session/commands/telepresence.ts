import * as z from 'zod/mini'
import { t } from '../../language/t.ts'
import type { Attachment } from '../attachment.ts'
import { KdeTpError } from '../errors.ts'
import { traitsOf } from '../mode.ts'
import { nothing, type ToolCommand, type ToolOutput } from '../tool-command.ts'
import type { Header } from '../wish.ts'

// Telepresence 2.31.2 answers `--format json` with the bare object, or with {"error": …} on standard output and exit
// code 1. Progress must be quiet, or it mixes with the answer.
const QUIET = ['--format', 'json', '--progress', 'quiet']

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
export const LINE_BROKEN = /connection error: desc|error reading from server|code = Unavailable/i

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
    const { environment, container, container_name } = Attached.parse(lastJson(output.stdout))
    return { environment: environment ?? {}, container: container ?? container_name }
  },
})

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

/** Where the agent serves volumes; what is 0 or empty is left out. */
const serving = {
  pod_ip: z.optional(z.string()),
  sftp_port: z.optional(z.number()),
  mount_point: z.optional(z.string()),
  mounts: z.optional(z.record(z.string(), z.unknown())),
}
const Spec = z.object({
  name: z.string(),
  /** The workload. A replace is named WORKLOAD/CONTAINER. */
  agent: z.optional(z.string()),
  header_filters: z.optional(z.record(z.string(), z.string())),
})
const Listed = z.array(
  z.object({
    intercept_info: z.optional(z.array(z.object({ spec: Spec, ...serving }))),
    ingest_info: z.optional(z.array(z.object({ workload: z.string(), ...serving }))),
  }),
)

/** The workloads that a client's own `list --format json` tells of as attached by it. */
export function heldWorkloads({ stdout }: ToolOutput): ReadonlySet<string> {
  const listed = z.catch(Listed, []).parse(lastJson(stdout))
  return new Set(
    listed.flatMap(({ intercept_info = [], ingest_info = [] }) => [
      ...intercept_info.map(({ spec }) => spec.agent ?? spec.name),
      ...ingest_info.map(({ workload }) => workload),
    ]),
  )
}

/** Telepresence's words for a client's own attachments, as JSON. */
export const LIST_OWN: readonly string[] = ['list', ...QUIET]

const listOwn = (sessionContainer: string): readonly string[] => [
  ...['exec', sessionContainer, 'telepresence', ...LIST_OWN],
]

/** The headers, values included, by which a session's attachment chooses its requests. May be secret. */
export const readHeaders = (sessionContainer: string, workload: string): ToolCommand<readonly Header[]> => ({
  args: listOwn(sessionContainer),
  timeoutSeconds: 30,
  parse({ stdout }) {
    const specs = Listed.parse(lastJson(stdout)).flatMap(({ intercept_info }) => intercept_info ?? [])
    const filters = specs.find(({ spec }) => spec.name === workload)?.spec.header_filters ?? {}
    return Object.entries(filters).map(([name, value]) => ({ name, value }))
  },
})

/** An SFTP server without ssh around it, for as long as the attachment is there. */
export interface ServedVolumes {
  readonly host: string
  readonly port: number
  readonly directory: string
}

/** Where the agent of a session's attachment serves the container's volumes; undefined where it has none. */
export const readVolumes = (
  sessionContainer: string,
  workload: string,
): ToolCommand<ServedVolumes | undefined> => ({
  args: listOwn(sessionContainer),
  timeoutSeconds: 30,
  parse({ stdout }) {
    const listed = Listed.parse(lastJson(stdout))
    const own = listed.flatMap(({ intercept_info = [], ingest_info = [] }) => [
      ...intercept_info.filter(({ spec }) => spec.agent === workload),
      ...ingest_info.filter(each => each.workload === workload),
    ])[0]
    const { pod_ip, sftp_port = 0, mount_point, mounts = {} } = own ?? {}
    const isServed = sftp_port > 0 && Object.keys(mounts).length > 0
    if (!isServed || pod_ip === undefined || mount_point === undefined) return undefined
    return { host: pod_ip, port: sftp_port, directory: mount_point }
  },
})

/** What is said where nobody can be asked: the session may come back, and its attachments with it. */
const UNASKED = /not connected|is not running|is paused|no such container/i

/** Ends an attachment, and an attempt at one. One that is not there has ended. Whether the session could be asked. */
export const detach = (sessionContainer: string, workload: string): ToolCommand<boolean> => ({
  args: ['exec', sessionContainer, 'detach', workload, ...QUIET],
  anyExitCode: true,
  timeoutSeconds: 60,
  parse: output => output.exitCode === 0 || !UNASKED.test(`${output.stdout}${output.stderr}`),
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
  const holder = /created by client \\?"?([^"\\\s]+)\\?"?/.exec(said)?.[1] ?? t`Another session`
  if (/conflict with/i.test(said)) {
    return new KdeTpError('INTERCEPT_TAKEN', t`${holder} holds "${workload}" already.`, {
      detail: said,
      hint: t`Ask them to leave it, or take another workload.`,
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
