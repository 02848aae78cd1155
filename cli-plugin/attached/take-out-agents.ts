import { t } from '../../language/t.ts'
import { type ClientPlace, uninstallAgents } from '../../session/commands/agents.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import type { Looker } from '../surroundings/looker.ts'
import type { Reach } from '../surroundings/reach.ts'
import { runtimeImage } from '../version.ts'

const LOOK_EVERY = 1000
/** As long as a busy cluster takes to start pods anew. */
const PATIENCE = 120_000

/** Where a client can be started. Throws CLUSTER_UNREACHABLE where that would be the host's own network. */
export function clientPlace(
  input: { readonly environment: Environment; readonly reach: Reach; readonly namespace: string },
  edges: Edges,
): ClientPlace {
  const { environment, reach, namespace } = input
  if (reach.relayPort !== undefined) {
    const message = t`The API server listens on this computer's loopback alone, where only a session reaches it.`
    throw new KdeTpError('CLUSTER_UNREACHABLE', message, {
      hint: t`While a session is there, run: docker exec SESSION telepresence uninstall WORKLOAD`,
    })
  }
  return {
    image: runtimeImage(edges.environment),
    network: reach.lookNetwork,
    kubeconfig: reach.kubeconfig.json,
    namespace,
    managerNamespace: environment.managerNamespace,
  }
}

/** Takes the sidecars out, and returns when the pods that had them are gone. Throws SESSION_FAILED or NOT_ENDED. */
export async function takeOutAgents(
  workloads: readonly string[],
  { place, looker }: { readonly place: ClientPlace; readonly looker: Looker },
  edges: Edges,
): Promise<void> {
  const name = t`Start the pods of ${workloads.join(', ')} anew, without an agent`
  edges.emit({ type: 'step', name, state: 'started', because: t`you asked for it` })
  try {
    await edges.docker(uninstallAgents(place, workloads))
    await untilGone(workloads, { place, looker }, edges)
  } catch (error) {
    edges.emit({ type: 'step', name, state: 'failed' })
    throw error
  }
  edges.emit({ type: 'step', name, state: 'done' })
}

/** Throws NOT_ENDED. */
export async function untilGone(
  workloads: readonly string[],
  { place, looker }: { readonly place: Pick<ClientPlace, 'namespace'>; readonly looker: Looker },
  { now, sleep, signals }: Edges,
): Promise<void> {
  const end = now() + PATIENCE
  const readLeft = async (): Promise<readonly string[]> =>
    (await looker.list(place.namespace)).workloads
      .filter(({ name, agent }) => agent === 'sidecar' && workloads.includes(name))
      .map(({ name }) => name)
  let left = await readLeft()
  while (left.length > 0 && now() < end && !signals.abort.aborted) {
    await sleep(LOOK_EVERY, signals.abort)
    left = await readLeft()
  }
  if (left.length === 0) return
  throw new KdeTpError('NOT_ENDED', t`Pods with an agent are still there: ${left.join(', ')}.`, {
    left: t`They may yet go: Kubernetes starts them anew one after another.`,
    hint: t`Look at them with: docker kde-tp list ${place.namespace}`,
  })
}
