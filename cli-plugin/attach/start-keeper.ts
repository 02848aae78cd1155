import { KEEPER_SERVICE, keeperProject } from '../../compose/keeper.ts'
import { keeperName } from '../../compose/names.ts'
import { t } from '../../language/t.ts'
import { removeStopped, startServices } from '../../session/commands/docker.ts'
import { KdeTpError } from '../../session/errors.ts'
import { containersOf, listContainers } from '../../session/observed.ts'
import type { Edges } from '../command.ts'
import type { CheckedEngine } from '../surroundings/check-engine.ts'
import type { Call } from './call.ts'
import { type KeptPlace, keeperInput } from './compose-input.ts'
import { type HeldLease, type LeaseInput, takeLease } from './lease.ts'

/** Somebody else was faster: what is there has to be read again. */
export class WorldChanged extends Error {}

export const startKeeper = ({ order: { environment, engine }, names, edges }: Call): Promise<void> =>
  startKeeperOf(
    { workspacePath: environment.workspacePath, environment: environment.name, project: names.project },
    engine,
    edges,
  )

export async function startKeeperOf(place: KeptPlace, engine: CheckedEngine, edges: Edges): Promise<void> {
  const input = keeperInput(place, engine, edges)
  // A keeper that was stopped would take what was stopped with it for fallen, and bring it back.
  await edges.docker(removeStopped(keeperName(place.project)))
  try {
    await edges.docker(startServices(keeperProject(input), [KEEPER_SERVICE]))
  } catch (error) {
    throw SOCKET_DENIED.test((error instanceof KdeTpError && error.detail) || '')
      ? socketDenied(error)
      : error
  }
}

/** Of Docker Desktop with Enhanced Container Isolation, by Docker's manual, which knows no sign of it in `docker info`. */
const SOCKET_DENIED = /docker socket mount denied/i

/** Nothing was created: the keeper is the first of all. */
const socketDenied = (cause: unknown): KdeTpError =>
  new KdeTpError(
    'ENGINE_UNSUPPORTED',
    t`Docker Desktop's Enhanced Container Isolation keeps the engine's socket from the keeper.`,
    {
      hint: t`Ask the administrator of Docker Desktop to allow the socket for the image of kde-tp, or to switch the isolation off.`,
      cause,
    },
  )

/** Throws WorldChanged where the keeper has just left. */
export async function takeLeaseOnNamespace(call: Call): Promise<void> {
  const { workload, mount } = call.order.wish.attachment
  const { devContainer, session } = call.names
  call.progress.lease = await leaseOf(call, {
    ...{ type: 'dev', devContainer, sessionContainer: session, workload },
    ...(mount === 'live' && { isMounted: true }),
  })
}

/** A lease on the order's namespace. Throws WorldChanged where the keeper has just left. */
export async function leaseOf(call: Call, wanted: LeaseInput['wanted']): Promise<HeldLease> {
  const { order, names, edges } = call
  const uncancelled = { ...call, edges: { ...edges, docker: edges.dockerUncancelled } }
  const lease = await takeLease(
    {
      keeper: names.keeper,
      namespace: order.wish.namespace,
      wanted,
      startKeeper: () => startKeeper(uncancelled),
      isAnythingThere: async () =>
        containersOf(await edges.dockerUncancelled(listContainers()), order.wish).length > 0,
    },
    edges,
  )
  if (lease === undefined) throw new WorldChanged(t`the keeper has left`)
  return lease
}
