import { LABEL } from '../../compose/labels.ts'
import { readEndings } from '../../session/commands/keeping.ts'
import { isUp, type KeeperWorld, type KnownAttachment } from '../../session/keeper-world.ts'
import type { Lease } from '../../session/lease.ts'
import { type EnvironmentKey, listContainers, type ObservedContainer } from '../../session/observed.ts'
import type { Edges } from '../command.ts'
import type { Mind } from './mind.ts'

/** Whose containers a keeper keeps, and which of them it is itself. */
export interface KeptContainers extends EnvironmentKey {
  readonly name: string
}

/** All that a plan for an environment goes by. Leases are read last: one that comes up meanwhile counts. */
export async function readWorld(
  kept: KeptContainers,
  { known, ...mind }: Mind,
  readLeases: () => readonly Lease[],
  edges: Edges,
): Promise<KeeperWorld> {
  const containers = await observe(kept, edges)
  const leases = readLeases()
  const fallen = containers.filter(container => !isUp(container) && container.state !== 'created')
  return {
    ...mind,
    containers,
    leases,
    known: remember(known, containers),
    now: edges.now(),
    ended: fallen.length === 0 ? new Map() : await edges.docker(readEndings(fallen.map(({ id }) => id))),
  }
}

/** All containers of the environment but the keeper itself. */
export async function observe(
  kept: KeptContainers,
  { docker }: Edges,
): Promise<readonly ObservedContainer[]> {
  const { containers } = await docker(listContainers(filtersOf(kept)))
  return containers.filter(container => container.name !== kept.name)
}

export const filtersOf = ({ workspacePath, environment }: EnvironmentKey): readonly string[] => [
  `label=${LABEL.workspace}=${workspacePath}`,
  `label=${LABEL.environment}=${environment}`,
]

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
