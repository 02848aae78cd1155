import { type Attachment, attachmentText, sameAttachment } from './attachment.ts'
import { KdeTpError } from './errors.ts'
import type { ObservedContainer } from './observed.ts'
import type { AttachWish, Header } from './wish.ts'

/** Somebody asks again for a workload: only the very same joins its dev container. Throws ALREADY_ATTACHED. */
export function assertSame(wish: AttachWish, { name, project, attachment }: ObservedContainer): void {
  if (attachment === undefined || wish.isDetached) throw alreadyAttached(wish, name, project, attachment)
  if (project !== wish.devProject || !sameAttachment(attachment, wish.attachment))
    throw alreadyAttached(wish, name, project, attachment)
}

/** Throws PROJECT_IN_USE or PORT_TAKEN. */
export function assertFree(wish: AttachWish, devContainers: readonly ObservedContainer[]): void {
  const sameProject = devContainers.find(({ project }) => project === wish.devProject)
  if (sameProject !== undefined) {
    const { attachment, name } = sameProject
    throw new KdeTpError(
      'PROJECT_IN_USE',
      `Project "${wish.devProject}" has ${attachment?.workload ?? 'another workload'} already, in ${name}.`,
      {
        hint: `Take another project for ${wish.attachment.workload}, or leave that one first.`,
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
      `Local port ${taken.local} belongs to project "${project}" of this session, for ${attachment?.workload}.`,
      {
        hint: `Name another local port, as --port ${taken.local + 1}:${wish.attachment.ports[0]?.remote}.`,
      },
    )
  }
}

function alreadyAttached(
  wish: AttachWish,
  container: string,
  project: string | undefined,
  held: Attachment | undefined,
): KdeTpError {
  const asked = `${attachmentText(wish.attachment)} for project "${wish.devProject}" by ${wish.attachment.agent}`
  const has =
    held === undefined
      ? 'something this version cannot read'
      : `${attachmentText(held)} for project "${project}" by ${held.agent}`
  return new KdeTpError(
    'ALREADY_ATTACHED',
    `"${wish.attachment.workload}" is attached already: ${has}, in ${container}. Asked for: ${asked}.`,
    {
      hint: wish.isDetached
        ? `It runs already; end it with: docker rm -f ${container}`
        : 'Leave that one first, or ask for the same.',
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
    `"${attachment.workload}" is attached already, for another value of the header ${differing.name}.`,
    { hint: 'Leave that one first, or ask for the same.' },
  )
}

export const sessionDiffers = (wish: AttachWish, session: ObservedContainer): KdeTpError =>
  new KdeTpError(
    'SESSION_DIFFERS',
    `The running session proxies ${cidrs(session.alsoProxy)}, and not ${cidrs(wish.alsoProxy)}.`,
    {
      hint: 'Run again with --yes to replace it: its attachments come back by themselves, after a moment in which they fail.',
    },
  )

/** CIDRs as a person reads them. */
export const cidrs = (list: readonly string[]): string =>
  list.length === 0 ? 'no further network' : list.join(', ')
