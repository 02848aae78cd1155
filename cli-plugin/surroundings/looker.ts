import type { ClusterFacts, LookAnswer } from '../../session/facts.ts'
import { toFacts } from '../../session/judge-facts.ts'
import { containersOf, isRunning, type Observed, type ObservedContainer } from '../../session/observed.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import { runtimeImage } from '../version.ts'
import { requireImage } from './check-engine.ts'
import { type LookQuestion, lookFromContainer, lookFromSession } from './look.ts'
import type { Reach } from './reach.ts'
import type { Surroundings } from './surroundings.ts'

export interface Looker {
  look(namespace?: string, workload?: string): Promise<ClusterFacts>
  /** Whether a session of ours is there, whose commands may be taking workloads at this moment. */
  hasSession(namespace: string): boolean
}

/** Looks at the cluster from where it can be seen: the namespace's session, or a short-lived container. */
export function createLooker(
  input: {
    readonly environment: Environment
    /** Checked while a session looks; no answer comes before. */
    readonly surroundings: Promise<Surroundings>
    readonly observed: Observed
  },
  edges: Edges,
): Looker {
  const { environment, surroundings, observed } = input
  const ours = containersOf(observed, {
    workspacePath: environment.workspacePath,
    environment: environment.name,
  })
  const sessionOf = (namespace: string | undefined): ObservedContainer | undefined =>
    ours.find(
      container => container.role === 'session' && container.namespace === namespace && isRunning(container),
    )
  const lookFromOutside = async (reach: Reach, question: LookQuestion): Promise<LookAnswer> => {
    const image = runtimeImage(edges.environment)
    await requireImage(image, 'The runtime image', edges)
    return edges.docker(lookFromContainer(image, reach.lookNetwork, reach.kubeconfig.json, question))
  }
  return {
    hasSession: namespace => sessionOf(namespace) !== undefined,
    async look(namespace, workload) {
      const question: LookQuestion = { namespace, workload, managerNamespace: environment.managerNamespace }
      const session = sessionOf(namespace)
      const [seen, { reach }] = await Promise.all([
        session && edges.docker(lookFromSession(session.name, question)),
        surroundings,
      ])
      return toFacts(seen ?? (await lookFromOutside(reach, question)), environment.kubeconfigPath)
    },
  }
}
