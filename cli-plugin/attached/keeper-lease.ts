import { keeperName } from '../../compose/names.ts'
import { t } from '../../language/t.ts'
import { readLogs, removeContainer } from '../../session/commands/docker.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Demand, LeaseLine } from '../../session/lease.ts'
import { containersOf, listContainers } from '../../session/observed.ts'
import type { KeptPlace } from '../attach/compose-input.ts'
import { type HeldLease, takeLease } from '../attach/lease.ts'
import { startKeeperOf } from '../attach/start-keeper.ts'
import type { Edges } from '../command.ts'
import { checkEngine, requireImage } from '../surroundings/check-engine.ts'
import { runtimeImage } from '../version.ts'
import type { RunningDevContainer } from './choose-running.ts'

export interface LeaseWish {
  readonly place: KeptPlace
  readonly namespace: string
  readonly wanted: Extract<LeaseLine, { type: 'dev' }> | Demand
}

/** Keeps a dev container that runs, whatever becomes of the command that started it. */
export const leaseOnDevContainer = (
  { attached: { devContainer, namespace, workload }, place, session }: RunningDevContainer,
  edges: Edges,
): Promise<HeldLease> =>
  leaseFromKeeper(
    {
      ...{ place, namespace },
      wanted: { type: 'dev', devContainer, sessionContainer: session?.name ?? '', workload },
    },
    edges,
  )

const MOST_TRIES = 4

/** A lease of the environment's keeper. One that is missing, or does not answer, is replaced. Throws SESSION_FAILED. */
export async function leaseFromKeeper(wish: LeaseWish, edges: Edges): Promise<HeldLease> {
  const { place, namespace, wanted } = wish
  const keeper = keeperName(place.project)
  const engine = await checkEngine(edges)
  const uncancelled = { ...edges, docker: edges.dockerUncancelled }
  const input = {
    ...{ keeper, namespace, wanted },
    startKeeper: () => startKeeperOf(place, engine, uncancelled),
    isAnythingThere: async () =>
      containersOf(await edges.dockerUncancelled(listContainers()), place).length > 0,
  }
  let failure: unknown
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const lease = await takeLease(input, edges)
    if (lease !== undefined) return lease
    failure = await replaceKeeper(wish, () => startKeeperOf(place, engine, edges), edges)
  }
  throw new KdeTpError('SESSION_FAILED', t`The keeper ${keeper} grants no lease.`, {
    detail: await edges.docker(readLogs(keeper, 20)),
    hint: t`Look whether program and runtime image are of one build: run scripts/install, or set KDE_TP_IMAGE.`,
    cause: failure,
  })
}

/** Living commands take their leases again from the new one. Returns what went wrong: somebody may have been faster. */
async function replaceKeeper(
  { place }: LeaseWish,
  start: () => Promise<void>,
  edges: Edges,
): Promise<unknown> {
  await requireImage(runtimeImage(edges.environment), t`The runtime image`, edges)
  await edges.docker(removeContainer(keeperName(place.project)))
  try {
    await start()
    return undefined
  } catch (error) {
    if (edges.signals.abort.aborted) throw error
    return error
  }
}
