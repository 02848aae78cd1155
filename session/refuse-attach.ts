import { t } from '../language/t.ts'
import { type Attachment, attachmentText, sameAttachment } from './attachment.ts'
import { KdeTpError } from './errors.ts'
import type { ObservedContainer } from './observed.ts'
import type { AttachWish, Header } from './wish.ts'

/**
 * Somebody asks again for a workload: only the very same joins its dev container, or attaches it again. One that runs has
 * its command already. Throws ALREADY_ATTACHED.
 */
export function assertSame(wish: AttachWish, { name, project, attachment }: ObservedContainer): void {
  const wantsAnother = wish.isDetached && wish.hasCommand
  if (attachment === undefined || wantsAnother) throw alreadyAttached(wish, name, project, attachment)
  if (project !== wish.devProject || !sameAttachment(attachment, wish.attachment))
    throw alreadyAttached(wish, name, project, attachment)
}

/** Throws PROJECT_IN_USE or PORT_TAKEN. */
export function assertFree(wish: AttachWish, devContainers: readonly ObservedContainer[]): void {
  const sameProject = devContainers.find(({ project }) => project === wish.devProject)
  if (sameProject !== undefined) {
    const { attachment, name } = sameProject
    const workload = attachment?.workload ?? t`another workload`
    throw new KdeTpError(
      'PROJECT_IN_USE',
      t`Project "${wish.devProject}" has ${workload} already, in ${name}.`,
      {
        hint: t`Take another project for ${wish.attachment.workload}, or leave that one first.`,
      },
    )
  }
  for (const { attachment, project } of devContainers) {
    const taken = attachment?.ports.find(port =>
      wish.attachment.ports.some(({ local }) => local === port.local),
    )
    if (taken === undefined) continue
    throw new KdeTpError(
      'PORT_TAKEN',
      t`Local port ${taken.local} belongs to project "${project}" of this session, for ${attachment?.workload}.`,
      {
        hint: t`Name another local port, as --port ${taken.local + 1}:${wish.attachment.ports[0]?.remote}.`,
      },
    )
  }
}

/** Local ports that dev containers have, and whose project each is. */
export const localPortsOf = (devContainers: readonly ObservedContainer[]): ReadonlyMap<number, string> =>
  new Map(
    devContainers.flatMap(({ attachment, project = '' }) =>
      (attachment?.ports ?? []).map(({ local }) => [local, project] as const),
    ),
  )

function alreadyAttached(
  wish: AttachWish,
  container: string,
  project: string | undefined,
  held: Attachment | undefined,
): KdeTpError {
  const asked = t`${attachmentText(wish.attachment)} for project "${wish.devProject}" by ${wish.attachment.agent}`
  const has =
    held === undefined
      ? t`something this version cannot read`
      : t`${attachmentText(held)} for project "${project}" by ${held.agent}`
  return new KdeTpError(
    'ALREADY_ATTACHED',
    t`"${wish.attachment.workload}" is attached already: ${has}, in ${container}. Asked for: ${asked}.`,
    {
      hint: wish.isDetached
        ? t`It runs already; end it with: docker rm -f ${container}`
        : t`Leave that one first, or ask for the same.`,
    },
  )
}

/** Throws ALREADY_ATTACHED where a header has another value. Values are not told. */
export function assertSameHeaders({ attachment, headers }: AttachWish, held: readonly Header[]): void {
  const differing = headers.find(
    ({ name, value }) =>
      !held.some(header => header.name.toLowerCase() === name.toLowerCase() && header.value === value),
  )
  if (differing === undefined) return
  throw new KdeTpError(
    'ALREADY_ATTACHED',
    t`"${attachment.workload}" is attached already, for another value of the header ${differing.name}.`,
    { hint: t`Leave that one first, or ask for the same.` },
  )
}

export const sessionDiffers = (wish: Pick<AttachWish, 'alsoProxy'>, session: ObservedContainer): KdeTpError =>
  new KdeTpError(
    'SESSION_DIFFERS',
    t`The running session proxies ${cidrs(session.alsoProxy)}, and not ${cidrs(wish.alsoProxy)}.`,
    {
      hint: t`Run again with --yes to replace it: its attachments come back by themselves, after a moment in which they fail.`,
    },
  )

/** CIDRs as a person reads them. */
export const cidrs = (list: readonly string[]): string =>
  list.length === 0 ? t`no further network` : list.join(', ')
