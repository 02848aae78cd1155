import { devContainers, isAlive, type KeeperWorld, type KnownAttachment } from './keeper-world.ts'
import type { Lease } from './lease.ts'
import type { ObservedContainer } from './observed.ts'

/** A dev container that is removed takes its labels along, so its attachment is kept in mind while its namespace is there. */
export function remember(
  known: readonly KnownAttachment[],
  containers: readonly ObservedContainer[],
): readonly KnownAttachment[] {
  const seen = devContainers({ containers }).flatMap(({ name, namespace, attachment }) => {
    const session = containers.find(other => other.role === 'session' && other.namespace === namespace)
    if (attachment === undefined || session === undefined || namespace === undefined) return []
    const { workload, mount } = attachment
    const isMounted = mount === 'live'
    return [{ namespace, devContainer: name, sessionContainer: session.name, workload, isMounted }]
  })
  const isSeen = ({ devContainer }: KnownAttachment): boolean =>
    seen.some(attachment => attachment.devContainer === devContainer)
  const isThere = ({ namespace }: KnownAttachment): boolean =>
    containers.some(container => container.namespace === namespace)
  return [...known.filter(attachment => !isSeen(attachment) && isThere(attachment)), ...seen]
}

/** What is to be kept in mind after some have ended: also what leases spoke for that are over now. */
export function leftOf(world: KeeperWorld, ended: readonly KnownAttachment[]): readonly KnownAttachment[] {
  const all = new Map(
    [...promised(world), ...world.known].map(each => [`${each.devContainer}/${holdOf(each)}`, each]),
  )
  return [...all.values()].filter(attachment => !ended.some(other => isSameHold(other, attachment)))
}

/** What commands have announced that have ended since. */
export const promised = (world: KeeperWorld): readonly KnownAttachment[] =>
  world.leases.filter(lease => !isAlive(lease, world)).flatMap(attachmentsOf)

export function attachmentsOf({ namespace, dev }: Lease): readonly KnownAttachment[] {
  if (dev === undefined) return []
  const { devContainer, sessionContainer, workload, isMounted } = dev
  return [{ namespace, devContainer, sessionContainer, workload, isMounted }]
}

/** What there is one attachment of: a session's hold on a workload. */
export const holdOf = ({ sessionContainer, workload }: KnownAttachment): string =>
  `${sessionContainer}/${workload}`

export const isSameHold = (one: KnownAttachment, other: KnownAttachment): boolean =>
  holdOf(one) === holdOf(other)

/** Of several that are the same hold, what is known of its volumes counts: the last. */
export const uniqueHolds = (attachments: readonly KnownAttachment[]): readonly KnownAttachment[] => [
  ...new Map(
    attachments
      .toSorted((one, other) => Number(one.isMounted ?? false) - Number(other.isMounted ?? false))
      .map(attachment => [holdOf(attachment), attachment]),
  ).values(),
]

/** Its session is one of ours. Whoever has written into a lease may have named any container. */
export const isOfOurs = (
  { containers }: KeeperWorld,
  { namespace, sessionContainer }: KnownAttachment,
): boolean =>
  containers.some(
    ({ role, name, ...container }) =>
      role === 'session' && name === sessionContainer && container.namespace === namespace,
  )
