import { readCreation, readEndings } from '../../session/commands/keeping.ts'
import {
  isAlive,
  isUp,
  type KeeperWorld,
  type KnownAttachment,
  RESTART_GRACE,
} from '../../session/keeper-world.ts'
import type { ObservedContainer } from '../../session/observed.ts'
import { isSameHold, nextLook, planKeeping } from '../../session/plan-keeping.ts'
import type { Edges } from '../command.ts'
import { carryOut } from './carry-out.ts'
import { forget, readLeases, watchLeases } from './leases.ts'
import { log } from './log.ts'
import { filtersOf, type Keeping, type Kept, observe } from './remove.ts'
import { createRetries } from './retries.ts'
import { createWakeUp } from './wake-up.ts'

/** A look in any case, should an event be lost. */
const LONGEST_SLEEP = 30_000
/** A sleep that takes so much longer than it was to is the computer's own. */
const COMPUTER_SLEPT = 10_000

/**
 * Watches leases and engine events, takes away what nobody uses any longer, itself last, and brings back what is wanted
 * and does not run. Ends on a signal.
 */
export async function keep(input: Kept, edges: Edges): Promise<void> {
  const startedAt = edges.now()
  const wakeUp = createWakeUp()
  watchLeases(wakeUp.wake)
  followEvents(input, edges, wakeUp.wake)
  edges.signals.abort.addEventListener('abort', wakeUp.wake)

  const [keptSince, older] = await Promise.all([
    edges.docker(readCreation(input.name)),
    observe(input, edges),
  ])
  const isAlone = older.length === 0
  const retries = createRetries(edges.now)
  const kept: Keeping = { ...input, namespaces: new Set(), retries, keptSince, startedAt }
  let graceUntil = startedAt + RESTART_GRACE
  let known: readonly KnownAttachment[] = []
  while (!edges.signals.abort.aborted) {
    // Without older containers there is only the command that started this keeper to wait for.
    if (isAlone && readLeases().length > 0) graceUntil = 0
    const world = await readWorld(kept, known, graceUntil, edges)
    known = await actOn(world, kept, edges)
    const wakeAt = Math.min(edges.now() + LONGEST_SLEEP, nextLook(world) ?? Number.POSITIVE_INFINITY)
    await wakeUp.sleep(wakeAt - edges.now())
    if (edges.now() > wakeAt + COMPUTER_SLEPT) graceUntil = afterSleep(edges)
  }
}

/** Commands that slept too have to take their leases again. */
function afterSleep({ now }: Edges): number {
  log('the computer has slept: for 30 seconds nothing is called abandoned')
  return now() + RESTART_GRACE
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
  const fallen = containers.filter(container => !isUp(container) && container.state !== 'created')
  return {
    containers,
    leases,
    known: remember(known, containers),
    now: edges.now(),
    graceUntil,
    keptSince: kept.keptSince,
    startedAt: kept.startedAt,
    ended: fallen.length === 0 ? new Map() : await edges.docker(readEndings(fallen.map(({ id }) => id))),
    retryAt: kept.retries.times(),
  }
}

/** Does what the world calls for, lets go of the leases that ended, and returns the attachments that are left. */
async function actOn(world: KeeperWorld, kept: Keeping, edges: Edges): Promise<readonly KnownAttachment[]> {
  const detached: KnownAttachment[] = []
  for (const step of planKeeping(world)) detached.push(...(await carryOut(step, kept, edges)))
  for (const lease of world.leases) if (!isAlive(lease, world)) forget(lease)
  return world.known.filter(attachment => !detached.some(ended => isSameHold(ended, attachment)))
}

/** A dev container that is removed takes its labels along, so its attachment is kept in mind while its namespace is there. */
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
