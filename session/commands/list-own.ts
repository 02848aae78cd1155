import * as z from 'zod/mini'
import type { ToolCommand, ToolOutput } from '../tool-command.ts'
import type { Header } from '../wish.ts'
import { CONFLICT, lastJson, QUIET } from './telepresence.ts'

/** Where the agent serves volumes; what is 0 or empty is left out. */
const serving = {
  pod_ip: z.optional(z.string()),
  sftp_port: z.optional(z.number()),
  mount_point: z.optional(z.string()),
  mounts: z.optional(z.record(z.string(), z.unknown())),
  environment: z.optional(z.record(z.string(), z.string())),
}
const Spec = z.object({
  name: z.string(),
  /** The workload. A replace is named WORKLOAD/CONTAINER. */
  agent: z.optional(z.string()),
  header_filters: z.optional(z.record(z.string(), z.string())),
})
const Listed = z.array(
  z.object({
    intercept_info: z.optional(
      z.array(z.object({ spec: Spec, message: z.optional(z.string()), ...serving })),
    ),
    ingest_info: z.optional(z.array(z.object({ workload: z.string(), ...serving }))),
  }),
)

/** What a client tells of an attachment of its own. */
export interface ListedAttachment {
  /** Who has been given it meanwhile, in Telepresence's words; empty where it is ours. */
  readonly conflict: string
  /** What the agent in its pods reports now; undefined where none does. Secret. */
  readonly environment: Readonly<Record<string, string>> | undefined
}

/** Attachments by their workloads, of a client's own `list --format json`; undefined where it could not tell. */
export function listedAttachments(output: ToolOutput): ReadonlyMap<string, ListedAttachment> | undefined {
  const listed = Listed.safeParse(lastJson(output.stdout)).data
  if (output.exitCode !== 0 || listed === undefined) return undefined
  return new Map(
    listed.flatMap(({ intercept_info = [], ingest_info = [] }) => [
      ...intercept_info.map(({ spec, message = '', environment }) => {
        const conflict = CONFLICT.test(message) ? message : ''
        return [spec.agent ?? spec.name, { conflict, environment }] as const
      }),
      ...ingest_info.map(({ workload, environment }) => [workload, { conflict: '', environment }] as const),
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
  /** Where the remote container has each of them; so they lie in the directory, too. */
  readonly paths: readonly string[]
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
    const paths = Object.keys(mounts).toSorted()
    const isServed = sftp_port > 0 && paths.length > 0
    if (!isServed || pod_ip === undefined || mount_point === undefined) return undefined
    return { host: pod_ip, port: sftp_port, directory: mount_point, paths }
  },
})
