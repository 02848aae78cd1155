import * as z from 'zod/mini'
import { parseLabel } from '../compose/labels.ts'
import { t } from '../language/t.ts'
import { AGENTS, MODES, MOUNTS } from './mode.ts'

/** A port of a project's dev container that takes the requests of a workload's port. */
export const AttachedPort = z.object({
  /** The port that the project's program listens on. */
  local: z.number(),
  /** The remote port's name or number, as it was asked for. */
  remote: z.string(),
})
export type AttachedPort = z.infer<typeof AttachedPort>

/** One workload held in one mode, as a dev container's label keeps it. Of headers it holds the names only. */
export const Attachment = z.object({
  mode: z.enum(MODES),
  workload: z.string(),
  /** Empty where no request comes here. */
  ports: z.array(AttachedPort),
  agent: z.enum(AGENTS),
  /** Undefined where the pod has one container, or its port tells which. */
  container: z.optional(z.string()),
  /** Ports of the pod's other containers that are reached on localhost, as `9090` or `5353/UDP`. */
  toPod: z.optional(z.array(z.string())),
  /** Names of the headers that a request must have to come here. */
  headers: z.optional(z.array(z.string())),
  pathPrefix: z.optional(z.string()),
  pathRegex: z.optional(z.string()),
  /** How the remote container's volumes come here; undefined where they do not. */
  mount: z.optional(z.enum(MOUNTS)),
})
export type Attachment = z.infer<typeof Attachment>

export const toAttachmentLabel = (attachment: Attachment): string => JSON.stringify(attachment)

/** Undefined where the label is missing, or is of a newer schema that we cannot read. */
export const parseAttachmentLabel = (label: string | undefined): Attachment | undefined =>
  parseLabel(Attachment, label)

/** LOCAL:REMOTE as it is typed, of which REMOTE may end with `/udp`; the answer says what is wrong with it. */
export function parsePort(typed: string): AttachedPort | string {
  const [local = '', remote, ...rest] = typed.split(':')
  if (remote === undefined || remote === '' || rest.length > 0)
    return t`"${typed}" is not LOCAL:REMOTE, as 8080:http or 8080:80.`
  const problem = refuseLocalPort(local)
  if (problem !== undefined) return problem
  return { local: Number(local), remote: remote.replace(/\/(tcp|udp)$/i, lower) }
}

const lower = (text: string): string => text.toLowerCase()

export function refuseLocalPort(typed: string): string | undefined {
  const port = Number(typed)
  if (/^\d+$/.test(typed) && port >= 1 && port <= 65535) return undefined
  return t`"${typed}" is not a port: a number from 1 to 65535 is.`
}

/** The same attachment, whatever the order of its ports and headers. */
export const sameAttachment = (a: Attachment, b: Attachment): boolean => canonical(a) === canonical(b)

function canonical({ ports, headers, toPod, ...rest }: Attachment): string {
  const lists = [ports.map(portText), headers ?? [], toPod ?? []].map(list => list.toSorted())
  const single = Object.entries(rest).filter(([, value]) => value !== undefined)
  return JSON.stringify([single.toSorted(), lists])
}

/** The attachment in a person's words, as `intercept 8080:http, header x-user`. */
export function attachmentText(attachment: Attachment): string {
  const { mode, ports, container, mount } = attachment
  return [
    ports.length === 0 ? mode : `${mode} ${portsText(attachment)}`,
    ...(container === undefined ? [] : [t`container ${container}`]),
    filterText(attachment) ?? [],
    ...(mount === undefined ? [] : [mount === 'live' ? t`live volumes` : t`copied volumes`]),
  ]
    .flat()
    .join(', ')
}

/** Which requests come here, as `header x-user and path /api…`; undefined where all do. */
export function filterText({ headers, pathPrefix, pathRegex }: Attachment): string | undefined {
  const parts = [
    ...(headers ?? []).map(name => t`header ${name}`),
    ...(pathPrefix === undefined ? [] : [t`path ${pathPrefix}…`]),
    ...(pathRegex === undefined ? [] : [t`path matching ${pathRegex}`]),
  ]
  return parts.length === 0 ? undefined : parts.join(t` and `)
}

export const portsText = ({ ports }: Pick<Attachment, 'ports'>): string =>
  ports.map(portText).toSorted().join(', ')

const portText = ({ local, remote }: AttachedPort): string => `${local}:${remote}`
