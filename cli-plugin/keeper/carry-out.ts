import { removeContainer } from '../../session/commands/docker.ts'
import { connectAnew, detach } from '../../session/commands/telepresence.ts'
import { deedOf } from '../../session/keeper-step.ts'
import { isAlive, isSpokenFor, type KnownAttachment, type Moment } from '../../session/keeper-world.ts'
import { holdOf } from '../../session/known-attachments.ts'
import { ALL_OF_IT } from '../../session/lease.ts'
import type { HealingStep } from '../../session/plan-healing.ts'
import type { KeeperStep } from '../../session/plan-keeping.ts'
import type { Edges } from '../command.ts'
import { heal } from './heal.ts'
import { endAll, type Keeping, leave, removeNamespace, removePublishers } from './remove.ts'

/** Carries a step out. Returns the attachments that have ended by it. */
export async function carryOut(
  step: KeeperStep,
  kept: Keeping,
  edges: Edges,
): Promise<readonly KnownAttachment[]> {
  if (step.kind === 'start' || step.kind === 'make-session' || step.kind === 'mount-volumes') {
    await heal(step, kept, edges)
    return []
  }
  const { of, isWanted, remove } = removalOf(step, kept, edges)
  const detached = await kept.leases.removeUnless(isWanted, of, remove)
  // Of attachments each that ended has told it.
  if (detached !== undefined && step.kind !== 'detach') kept.log.tell(deedOf(step))
  return detached ?? []
}

interface Removal {
  /** A namespace, or all of it. */
  readonly of: string
  /** Asked once more, when no new lease can come. */
  readonly isWanted: () => boolean
  /** Returns the attachments that have ended by it. */
  readonly remove: () => Promise<readonly KnownAttachment[]>
}

function removalOf(step: Exclude<KeeperStep, HealingStep>, kept: Keeping, edges: Edges): Removal {
  switch (step.kind) {
    case 'detach': {
      const { namespace, devContainer } = step.attachment
      const isWanted = () => isUsed(devContainer, kept, edges)
      const remove = async () => {
        const detached = await detachAll([step.attachment], step.because, kept, edges)
        await removePublishers([], mountedOf([step.attachment]), kept, edges)
        return detached
      }
      return { of: namespace, isWanted, remove }
    }
    case 'remove-dev-container': {
      const isWanted = () => !step.isDemanded && isUsed(step.container, kept, edges)
      const remove = () => removeDevContainer(step, kept, edges)
      return { of: step.namespace, isWanted, remove }
    }
    case 'remove-publishers': {
      const isWanted = () => isUsed(step.devContainer, kept, edges)
      const remove = () => removePublishers(step.publishers, [], kept, edges).then(none)
      return { of: step.namespace, isWanted, remove }
    }
    case 'remove-namespace': {
      const { namespace } = step
      const isWanted = () => isLeased(namespace, kept, edges)
      const remove = () => removeNamespace(namespace, kept, edges).then(none)
      return { of: namespace, isWanted, remove }
    }
    case 'end-all': {
      const remove = () => endAll(step.because, kept, edges).then(none)
      return { of: ALL_OF_IT, isWanted: () => false, remove }
    }
    case 'leave': {
      const isWanted = () => isLeased(undefined, kept, edges)
      return { of: ALL_OF_IT, isWanted, remove: () => leave(step.because, kept, edges).then(none) }
    }
  }
}

const none = (): readonly KnownAttachment[] => []

async function removeDevContainer(
  { attachments, container, publishers, because }: Extract<KeeperStep, { kind: 'remove-dev-container' }>,
  kept: Keeping,
  edges: Edges,
): Promise<readonly KnownAttachment[]> {
  const detached = await detachAll(attachments, because, kept, edges)
  await edges.docker(removeContainer(container))
  await removePublishers(publishers, mountedOf(attachments), kept, edges)
  return detached
}

const mountedOf = (attachments: readonly KnownAttachment[]): readonly KnownAttachment[] =>
  attachments.filter(({ isMounted }) => isMounted)

/** Those that have ended. A session that cannot be asked may come back with the others, so they are kept in mind. */
async function detachAll(
  attachments: readonly KnownAttachment[],
  because: string,
  { retries, log }: Keeping,
  { docker }: Edges,
): Promise<readonly KnownAttachment[]> {
  const detached: KnownAttachment[] = []
  for (const attachment of attachments) {
    const { namespace, sessionContainer, workload } = attachment
    const hasEnded = await docker(detach(sessionContainer, workload))
      // A daemon that hangs gives no answer; another one takes up its attachments, and ends this one.
      .catch(() => docker(connectAnew(sessionContainer, workload)).then(() => true))
      .catch(() => false)
    if (hasEnded) detached.push(attachment)
    log.tell(
      hasEnded
        ? { namespace, kind: 'detached', what: workload, because }
        : { namespace, kind: 'postponed', what: workload, because: `${sessionContainer} does not answer` },
    )
    retries[hasEnded ? 'succeeded' : 'failed'](holdOf(attachment))
  }
  return detached
}

const isUsed = (devContainer: string, { leases }: Keeping, edges: Edges): boolean =>
  isSpokenFor({ leases: leases.read(), ...withoutGrace(edges) }, devContainer)

function isLeased(namespace: string | undefined, { leases }: Keeping, edges: Edges): boolean {
  const moment = withoutGrace(edges)
  return leases
    .read()
    .some(lease => (namespace === undefined || lease.namespace === namespace) && isAlive(lease, moment))
}

/** The plan has minded the grace: what has come up since is asked for here. */
const withoutGrace = ({ now }: Edges): Moment => ({
  now: now(),
  graceUntil: 0,
})
