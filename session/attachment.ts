import * as z from 'zod/mini'

/** A port of a project's dev container that takes the requests of a workload's port. */
export const AttachedPort = z.object({
  /** The port that the project's program listens on. */
  local: z.number(),
  /** The service port's name or number, as it was asked for. */
  remote: z.string(),
})
export type AttachedPort = z.infer<typeof AttachedPort>

/** One workload held in one mode, as a dev container's label keeps it. Of headers it would hold the names only. */
export const Attachment = z.object({
  mode: z.enum(['intercept']),
  workload: z.string(),
  ports: z.array(AttachedPort),
  agent: z.enum(['sidecar', 'node']),
})
export type Attachment = z.infer<typeof Attachment>

export const toAttachmentLabel = (attachment: Attachment): string => JSON.stringify(attachment)

/** Undefined where the label is missing, or is of a newer schema that we cannot read. */
export function parseAttachmentLabel(label: string | undefined): Attachment | undefined {
  if (label === undefined || label === '') return undefined
  try {
    return Attachment.parse(JSON.parse(label))
  } catch {
    return undefined
  }
}

/** LOCAL:REMOTE as it is typed; the answer says what is wrong with it. */
export function parsePort(typed: string): AttachedPort | string {
  const [local = '', remote, ...rest] = typed.split(':')
  if (remote === undefined || remote === '' || rest.length > 0)
    return `"${typed}" is not LOCAL:REMOTE, as 8080:http or 8080:80.`
  const problem = refuseLocalPort(local)
  if (problem !== undefined) return problem
  return { local: Number(local), remote }
}

export function refuseLocalPort(typed: string): string | undefined {
  const port = Number(typed)
  if (/^\d+$/.test(typed) && port >= 1 && port <= 65535) return undefined
  return `"${typed}" is not a port: a number from 1 to 65535 is.`
}

/** The same attachment, whatever the order of its ports. */
export function sameAttachment(a: Attachment, b: Attachment): boolean {
  return (
    a.mode === b.mode && a.workload === b.workload && a.agent === b.agent && portsText(a) === portsText(b)
  )
}

export const portsText = ({ ports }: Attachment): string =>
  ports
    .map(({ local, remote }) => `${local}:${remote}`)
    .toSorted()
    .join(', ')
