import { containersOf, type Observed } from '../../session/observed.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import { type CheckedEngine, knownEngine } from './check-engine.ts'
import { findReach, type Reach } from './reach.ts'
import { readKubeconfig } from './read-kubeconfig.ts'
import { keyOf } from './read-workspace.ts'

/** What a command finds on this side of the cluster. */
export interface Surroundings {
  readonly engine: CheckedEngine
  readonly reach: Reach
}

/** `listed` is all that is on the engine. Throws what is wrong with engine, Compose or kubeconfig. */
export async function checkSurroundings(
  environment: Environment,
  listed: Promise<Observed>,
  edges: Edges,
): Promise<Surroundings> {
  const known = listed.then(all => knownEngine(containersOf(all, keyOf(environment)), edges))
  const [engine, reach] = await Promise.all([known, findWay(environment, edges)])
  return { engine, reach }
}

/** The way to the cluster alone, for a command that starts nothing but a look. Throws what is wrong with the kubeconfig. */
export const findWay = async (environment: Environment, edges: Edges): Promise<Reach> =>
  findReach(environment, await readKubeconfig(environment, edges), edges)
