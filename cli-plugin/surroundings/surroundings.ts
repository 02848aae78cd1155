import { readIsDesktop } from '../../session/commands/docker.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import { type CheckedEngine, checkEngine } from './check-engine.ts'
import { findReach, type Reach } from './reach.ts'
import { readKubeconfig } from './read-kubeconfig.ts'

/** What a command finds on this side of the cluster. */
export interface Surroundings {
  readonly engine: CheckedEngine
  readonly reach: Reach
}

/** Throws what is wrong with engine, Compose or kubeconfig. */
export async function checkSurroundings(environment: Environment, edges: Edges): Promise<Surroundings> {
  const [engine, kubeconfig] = await Promise.all([checkEngine(edges), readKubeconfig(environment, edges)])
  const reach = await findReach(environment, kubeconfig, engine.isDesktop, edges)
  return { engine, reach }
}

/** The way to the cluster alone, for a command that starts nothing but a look. Throws what is wrong with the kubeconfig. */
export async function findWay(environment: Environment, edges: Edges): Promise<Reach> {
  const [isDesktop, kubeconfig] = await Promise.all([
    edges.docker(readIsDesktop),
    readKubeconfig(environment, edges),
  ])
  return findReach(environment, kubeconfig, isDesktop, edges)
}
