import { LABEL } from '../../compose/labels.ts'
import { readEndings } from '../../session/commands/keeping.ts'
import { isUp, type KeeperWorld } from '../../session/keeper-world.ts'
import { remember } from '../../session/known-attachments.ts'
import type { Lease } from '../../session/lease.ts'
import {
  containersOf,
  type EnvironmentKey,
  listContainers,
  type ObservedContainer,
} from '../../session/observed.ts'
import { isNewer } from '../../session/schema.ts'
import type { Edges } from '../command.ts'
import type { Mind } from './mind.ts'

/** Whose containers a keeper keeps, and which of them it is itself. */
export interface KeptContainers extends EnvironmentKey {
  readonly name: string
}

/**
 * All that a plan for an environment goes by. Leases are read last: one that comes up meanwhile counts, and one that ends
 * meanwhile does so only at the next look, as what it was on may not have been there yet.
 */
export async function readWorld(
  kept: KeptContainers,
  { known, ...mind }: Mind,
  readLeases: () => readonly Lease[],
  edges: Edges,
): Promise<KeeperWorld> {
  const before = new Set(
    readLeases()
      .filter(isOver)
      .map(({ id }) => id),
  )
  const containers = await observe(kept, edges)
  const leases = readLeases().map(lease =>
    before.has(lease.id) ? lease : { ...lease, state: 'held' as const },
  )
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

const isOver = ({ state }: Lease): boolean => state !== 'held'

/** All containers of the environment but the keeper itself, and what it does not understand. */
export async function observe(
  kept: KeptContainers,
  { docker }: Edges,
): Promise<readonly ObservedContainer[]> {
  const containers = containersOf(await docker(listContainers(filtersOf(kept))), kept)
  return containers.filter(container => container.name !== kept.name && !isNewer(container))
}

export const filtersOf = ({ workspacePath, environment }: EnvironmentKey): readonly string[] => [
  `label=${LABEL.workspace}=${workspacePath}`,
  `label=${LABEL.environment}=${environment}`,
]
