import { KEEPER_SERVICE, keeperProject } from '../../compose/keeper.ts'
import { startServices } from '../../session/commands/docker.ts'
import type { Call } from './call.ts'
import { ownershipOf } from './compose-input.ts'
import { takeLease } from './lease.ts'

/** Somebody else was faster: what is there has to be read again. */
export class WorldChanged extends Error {}

export async function startKeeper({ order, names, edges }: Call): Promise<void> {
  const { runtimeImage: image, socketPath } = order.engine
  const project = keeperProject({
    ...{ project: names.project, image, socketPath },
    ownership: ownershipOf(order, edges),
  })
  await edges.docker(startServices(project, [KEEPER_SERVICE]))
}

/** Throws WorldChanged where the keeper has just left. */
export async function takeLeaseOnNamespace(call: Call): Promise<void> {
  const { order, names, edges, progress } = call
  const uncancelled = { ...call, edges: { ...edges, docker: edges.dockerUncancelled } }
  const lease = await takeLease(
    { keeper: names.keeper, namespace: order.wish.namespace, startKeeper: () => startKeeper(uncancelled) },
    edges,
  )
  if (lease === undefined) throw new WorldChanged('the keeper has left')
  progress.lease = lease
}
