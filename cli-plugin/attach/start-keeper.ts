import { KEEPER_SERVICE, keeperProject } from '../../compose/keeper.ts'
import { startServices } from '../../session/commands/docker.ts'
import { findSocket } from '../surroundings/check-engine.ts'
import type { Call } from './call.ts'
import { keeperInput } from './compose-input.ts'
import { takeLease } from './lease.ts'

/** Somebody else was faster: what is there has to be read again. */
export class WorldChanged extends Error {}

export async function startKeeper(call: Call): Promise<void> {
  const socket = await findSocket(call.order.engine, call.edges)
  await call.edges.docker(startServices(keeperProject(keeperInput(call, socket)), [KEEPER_SERVICE]))
}

/** Throws WorldChanged where the keeper has just left. */
export async function takeLeaseOnNamespace(call: Call): Promise<void> {
  const { order, names, edges, progress } = call
  const { namespace, attachment } = order.wish
  const { keeper, devContainer, session } = names
  const uncancelled = { ...call, edges: { ...edges, docker: edges.dockerUncancelled } }
  const lease = await takeLease(
    {
      keeper,
      namespace,
      startKeeper: () => startKeeper(uncancelled),
      wanted: { type: 'dev', devContainer, sessionContainer: session, workload: attachment.workload },
    },
    edges,
  )
  if (lease === undefined) throw new WorldChanged('the keeper has left')
  progress.lease = lease
}
