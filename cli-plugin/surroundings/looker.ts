import { t } from '../../language/t.ts'
import { readImage } from '../../session/commands/images.ts'
import type { ClusterFacts, LookAnswer } from '../../session/facts.ts'
import { toFacts } from '../../session/judge-facts.ts'
import type { NamespaceFacts } from '../../session/listing.ts'
import { containersOf, isRunning, type Observed, type ObservedContainer } from '../../session/observed.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import { runtimeImage } from '../version.ts'
import { requireImage } from './check-engine.ts'
import { askFacts, askListing, type LookQuestion, lookFromContainer, lookFromSession } from './look.ts'
import type { Reach } from './reach.ts'

export interface Looker {
  look(namespace?: string, workload?: string): Promise<ClusterFacts>
  /** What `list` shows; without a namespace, which ones there are. */
  list(namespace?: string): Promise<NamespaceFacts>
  /** Whether a session of ours is there, whose commands may be taking workloads at this moment. */
  hasSession(namespace: string): boolean
}

/** Looks at the cluster from where it can be seen: a session, or a short-lived container. */
export function createLooker(
  input: {
    readonly environment: Environment
    /** A look from outside goes this way. */
    readonly reach: () => Promise<Reach>
    readonly observed: Observed
    /** The engine's machine has to have it. */
    readonly directory?: string
  },
  edges: Edges,
): Looker {
  const { environment, reach, observed } = input
  const sessions = containersOf(observed, {
    workspacePath: environment.workspacePath,
    environment: environment.name,
  }).filter(container => container.role === 'session' && isRunning(container))
  const sessionOf = (namespace: string | undefined) =>
    sessions.find(container => container.namespace === namespace)
  const lookFromOutside = async <T>(question: LookQuestion<T>): Promise<LookAnswer<T>> => {
    const image = runtimeImage(edges.environment)
    const [way, present] = await Promise.all([reach(), edges.docker(readImage(image))])
    // Pulled only once all else is right.
    if (present === undefined) await requireImage(image, t`The runtime image`, edges)
    return edges.docker(
      lookFromContainer(
        { image, network: way.lookNetwork, kubeconfig: way.kubeconfig.json, directory: input.directory },
        question,
      ),
    )
  }
  const ask = async <T>(session: ObservedContainer | undefined, question: LookQuestion<T>): Promise<T> => {
    const seen = session && (await edges.docker(lookFromSession(session.name, question)))
    return toFacts(seen ?? (await lookFromOutside(question)), environment.kubeconfigPath)
  }
  const { managerNamespace } = environment
  return {
    hasSession: namespace => sessionOf(namespace) !== undefined,
    async look(namespace, workload) {
      const asked = ask(sessionOf(namespace), askFacts({ namespace, workload, managerNamespace }))
      // What is wrong with it is told before anything else is done, also where a session looks.
      const [facts] = await Promise.all([asked, reach()])
      return facts
    },
    // Each of them sees the whole cluster.
    list: namespace => ask(sessionOf(namespace) ?? sessions[0], askListing({ namespace, managerNamespace })),
  }
}
