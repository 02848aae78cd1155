import { KEEPER_SOCKET } from '../../compose/keeper.ts'
import { keepLines } from '../../session/commands/keep-lines.ts'
import { readCreation } from '../../session/commands/keeping.ts'
import { isAlive, type KeeperWorld, type KnownAttachment, RESTART_GRACE } from '../../session/keeper-world.ts'
import { leftOf } from '../../session/known-attachments.ts'
import { KEEPER_DIRECTORY } from '../../session/lease.ts'
import { nextLook, planKeeping } from '../../session/plan-keeping.ts'
import type { Edges } from '../command.ts'
import { carryOut } from './carry-out.ts'
import { openLeases } from './leases.ts'
import { createKeeperLog } from './log.ts'
import { writeMind } from './mind.ts'
import { filtersOf, observe, readWorld } from './read-world.ts'
import type { Keeping, Kept } from './remove.ts'
import { createRetries } from './retries.ts'
import { createWakeUp } from './wake-up.ts'

/** A look in any case, should an event be lost. */
const LONGEST_SLEEP = 60_000
/** A sleep that takes so much longer than it was to is the computer's own. */
const COMPUTER_SLEPT = 10_000

/**
 * Watches leases and engine events, takes away what nobody uses any longer, itself last, and brings back what is wanted
 * and does not run. Ends on a signal.
 */
export async function keep(input: Kept, edges: Edges): Promise<void> {
  const startedAt = edges.now()
  const wakeUp = createWakeUp()
  const leases = openLeases(KEEPER_DIRECTORY)
  leases.watch(wakeUp.wake)
  followEvents(input, edges, wakeUp.wake)
  edges.signals.abort.addEventListener('abort', wakeUp.wake)

  const [keptSince, older] = await Promise.all([
    edges.docker(readCreation(input.name)),
    observe(input, edges),
  ])
  const isAlone = older.length === 0
  const retries = createRetries(edges.now)
  const kept: Keeping = { ...input, leases, namespaces: new Set(), retries, log: createKeeperLog() }
  let graceUntil = startedAt + RESTART_GRACE
  let known: readonly KnownAttachment[] = []
  while (!edges.signals.abort.aborted) {
    // Without older containers there is only the command that started this keeper to wait for.
    if (isAlone && leases.read().length > 0) graceUntil = 0
    const mind = { known, graceUntil, keptSince, startedAt, retryAt: retries.times() }
    const world = await readWorld(kept, mind, leases.read, edges)
    known = await actOn(world, kept, edges)
    writeMind({ ...mind, known, retryAt: retries.times() })
    const wakeAt = Math.min(edges.now() + LONGEST_SLEEP, nextLook(world) ?? Number.POSITIVE_INFINITY)
    await wakeUp.sleep(wakeAt - edges.now())
    if (edges.now() > wakeAt + COMPUTER_SLEPT) graceUntil = afterSleep(kept, edges)
  }
}

/** Commands that slept too have to take their leases again. */
function afterSleep({ log }: Keeping, { now }: Edges): number {
  log.tell({ kind: 'slept', what: 'the computer', because: 'for 30 seconds nothing is called abandoned' })
  return now() + RESTART_GRACE
}

/** Does what the world calls for, lets go of the leases that ended, and returns the attachments that are left. */
export async function actOn(
  world: KeeperWorld,
  kept: Keeping,
  edges: Edges,
): Promise<readonly KnownAttachment[]> {
  const detached: KnownAttachment[] = []
  see(world, kept)
  for (const step of planKeeping(world)) detached.push(...(await carryOut(step, kept, edges)))
  for (const lease of world.leases) if (!isAlive(lease, world)) kept.leases.forget(lease)
  if (kept.log.isDue()) await edges.docker(keepLines(kept, kept.log.takeUnkept())).catch(() => undefined)
  return leftOf(world, detached)
}

/** What it has seen of a namespace it removes with the files. */
function see({ containers, leases }: KeeperWorld, { namespaces }: Keeping): void {
  for (const { namespace } of [...containers, ...leases])
    if (namespace !== undefined) namespaces.add(namespace)
}

/** Every end of a container of ours is a reason to look, and so is a time in which none was heard of. */
function followEvents(kept: Kept, { engineApi, signals, sleep }: Edges, wake: () => void): void {
  const filters = { ...toApiFilters(filtersOf(kept)), type: ['container'], event: ['die', 'destroy'] }
  const path = `/events?filters=${encodeURIComponent(JSON.stringify(filters))}`
  const follow = async (): Promise<void> => {
    while (!signals.abort.aborted) {
      await engineApi(KEEPER_SOCKET).follow(path, wake, signals.abort)
      await sleep(1000, signals.abort)
    }
  }
  void follow()
}

const toApiFilters = (filters: readonly string[]) => ({
  label: filters.map(filter => filter.replace(/^label=/, '')),
})
