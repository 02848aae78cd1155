import { removeContainer } from '../../session/commands/docker.ts'
import { connectAnew, detach } from '../../session/commands/telepresence.ts'
import { ALL_OF_IT } from '../../session/lease.ts'
import type { ObservedContainer } from '../../session/observed.ts'
import {
  isAlive,
  isSameHold,
  isSpokenFor,
  type KeeperStep,
  type KeeperWorld,
  type KnownAttachment,
  nextLook,
  planKeeping,
  RESTART_GRACE,
} from '../../session/plan-keeping.ts'
import type { Edges } from '../command.ts'
import { forget, readLeases, removeUnlessLeased, watchLeases } from './leases.ts'
import {
  endAll,
  filtersOf,
  type Keeping,
  type Kept,
  leave,
  observe,
  removeNamespace,
  removePublishers,
} from './remove.ts'
import { createWakeUp } from './wake-up.ts'

/** A look in any case, should an event be lost. */
const LONGEST_SLEEP = 30_000

/** Watches leases and engine events, and takes away what nobody uses any longer, itself last. Ends on a signal. */
export async function keep(input: Kept, edges: Edges): Promise<void> {
  const kept: Keeping = { ...input, namespaces: new Set() }
  const wakeUp = createWakeUp()
  watchLeases(wakeUp.wake)
  followEvents(kept, edges, wakeUp.wake)
  edges.signals.abort.addEventListener('abort', wakeUp.wake)

  const isAlone = (await observe(kept, edges)).length === 0
  let graceUntil = edges.now() + RESTART_GRACE
  let known: readonly KnownAttachment[] = []
  while (!edges.signals.abort.aborted) {
    // Without older containers there is only the command that started this keeper to wait for.
    if (isAlone && readLeases().length > 0) graceUntil = 0
    const world = await readWorld(kept, known, graceUntil, edges)
    known = await actOn(world, kept, edges)
    await wakeUp.sleep(Math.min(LONGEST_SLEEP, (nextLook(world) ?? Number.POSITIVE_INFINITY) - edges.now()))
  }
}

async function readWorld(
  kept: Keeping,
  known: readonly KnownAttachment[],
  graceUntil: number,
  edges: Edges,
): Promise<KeeperWorld> {
  const containers = await observe(kept, edges)
  const leases = readLeases()
  for (const { namespace } of [...containers, ...leases])
    if (namespace !== undefined) kept.namespaces.add(namespace)
  return {
    containers,
    leases,
    known: remember(known, containers),
    now: edges.now(),
    graceUntil,
  }
}

/** Does what the world calls for, lets go of the leases that ended, and returns the attachments that are left. */
async function actOn(world: KeeperWorld, kept: Keeping, edges: Edges): Promise<readonly KnownAttachment[]> {
  const steps = planKeeping(world)
  for (const step of steps) await carryOut(step, kept, edges)
  for (const lease of world.leases) if (!isAlive(lease, world)) forget(lease)
  const detached = steps.flatMap(attachmentsOf)
  return world.known.filter(attachment => !detached.some(ended => isSameHold(ended, attachment)))
}

function attachmentsOf(step: KeeperStep): readonly KnownAttachment[] {
  if (step.kind === 'detach') return [step.attachment]
  return step.kind === 'remove-dev-container' ? step.attachments : []
}

/** A dev container that is removed takes its labels along, so its attachment is kept in mind. */
function remember(
  known: readonly KnownAttachment[],
  containers: readonly ObservedContainer[],
): readonly KnownAttachment[] {
  const seen = containers.flatMap(({ role, name, namespace, attachment }) => {
    const session = containers.find(
      container => container.role === 'session' && container.namespace === namespace,
    )
    if (role !== 'dev' || attachment === undefined || session === undefined || namespace === undefined)
      return []
    return [{ namespace, devContainer: name, sessionContainer: session.name, workload: attachment.workload }]
  })
  const isSeen = ({ devContainer }: KnownAttachment): boolean =>
    seen.some(attachment => attachment.devContainer === devContainer)
  return [...known.filter(attachment => !isSeen(attachment)), ...seen]
}

function carryOut(step: KeeperStep, kept: Keeping, edges: Edges): Promise<void> {
  const { what, of, isWanted, remove } = removalOf(step, kept, edges)
  log(`${what}: ${step.because}`)
  return removeUnlessLeased(of, isWanted, remove)
}

interface Removal {
  readonly what: string
  /** A namespace, or all of it. */
  readonly of: string
  /** Asked once more, when no new lease can come. */
  readonly isWanted: () => boolean
  readonly remove: () => Promise<void>
}

function removalOf(step: KeeperStep, kept: Keeping, edges: Edges): Removal {
  switch (step.kind) {
    case 'detach': {
      const { workload, namespace, devContainer } = step.attachment
      const isWanted = () => isUsed(devContainer, edges)
      const remove = () => detachAll([step.attachment], edges)
      return { what: `detach ${workload}`, of: namespace, isWanted, remove }
    }
    case 'remove-dev-container': {
      const isWanted = () => !step.isDemanded && isUsed(step.container, edges)
      const remove = () => removeDevContainer(step, kept, edges)
      return { what: `remove ${step.container}`, of: step.namespace, isWanted, remove }
    }
    case 'remove-publishers': {
      const isWanted = () => isUsed(step.devContainer, edges)
      const remove = () => removePublishers(step.publishers, kept, edges)
      return { what: `remove ${step.publishers.join(', ')}`, of: step.namespace, isWanted, remove }
    }
    case 'remove-namespace': {
      const { namespace } = step
      const isWanted = () => isLeased(namespace, edges)
      const remove = () => removeNamespace(namespace, kept, edges)
      return { what: `remove the session of ${namespace}`, of: namespace, isWanted, remove }
    }
    case 'end-all':
      return { what: 'end all', of: ALL_OF_IT, isWanted: () => false, remove: () => endAll(kept, edges) }
    case 'leave': {
      const isWanted = () => isLeased(undefined, edges)
      return { what: 'leave', of: ALL_OF_IT, isWanted, remove: () => leave(kept, edges) }
    }
  }
}

async function removeDevContainer(
  { attachments, container, publishers }: Extract<KeeperStep, { kind: 'remove-dev-container' }>,
  kept: Kept,
  edges: Edges,
): Promise<void> {
  await detachAll(attachments, edges)
  await edges.docker(removeContainer(container))
  await removePublishers(publishers, kept, edges)
}

async function detachAll(attachments: readonly KnownAttachment[], { docker }: Edges): Promise<void> {
  for (const { sessionContainer, workload } of attachments)
    await docker(detach(sessionContainer, workload))
      // A daemon that hangs gives no answer; another one takes up its attachments, and ends this one.
      .catch(() => docker(connectAnew(sessionContainer, workload)))
      .catch(() => log(`${sessionContainer} does not answer`))
}

const isUsed = (devContainer: string, { now }: Edges): boolean =>
  isSpokenFor({ leases: readLeases(), now: now() }, devContainer)

function isLeased(namespace: string | undefined, { now }: Edges): boolean {
  const world: Pick<KeeperWorld, 'now'> = { now: now() }
  return readLeases().some(
    lease => (namespace === undefined || lease.namespace === namespace) && isAlive(lease, world),
  )
}

/** Every end of a container of ours is a reason to look. */
function followEvents(kept: Kept, edges: Edges, wake: () => void): void {
  const filters = [...filtersOf(kept), 'type=container', 'event=die', 'event=destroy'].flatMap(filter => [
    '--filter',
    filter,
  ])
  const follow = async (): Promise<void> => {
    while (!edges.signals.abort.aborted) {
      await edges.engine.attach(['events', '--format', '{{.Action}}', ...filters], {
        terminal: false,
        stdin: 'ignore',
        onOutput: wake,
      })
      wake()
      await edges.sleep(1000)
    }
  }
  void follow()
}

const log = (message: string): void => void process.stdout.write(`${new Date().toISOString()} ${message}\n`)
