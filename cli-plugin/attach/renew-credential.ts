import { directoriesOf } from '../../workspace/directories.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import { findReach, kubeconfigOn } from '../surroundings/reach.ts'
import { readKubeconfig } from '../surroundings/read-kubeconfig.ts'
import { presentNetwork } from './network.ts'

const RETRY_AFTER = 30_000
const LONGEST_SLEEP = 3_600_000

/** Whose kubeconfig it is that sessions and dev containers read. */
export interface RenewedPlace {
  readonly environment: Environment
  /** The Compose project. */
  readonly project: string
}

/** Renews a short-lived credential in its place, for the session and the dev containers, from `renewAt` until `end`. */
export async function renewCredential(
  place: RenewedPlace,
  renewAt: number | undefined,
  end: AbortSignal,
  edges: Edges,
): Promise<void> {
  let next = renewAt
  while (next !== undefined && !end.aborted) {
    const left = next - edges.now()
    if (left > 0) await edges.sleep(Math.min(left, LONGEST_SLEEP), end)
    else next = await renewOnce(place, edges)
  }
}

/** The same from now on: while no command was there, nobody has renewed it. Returns when it is fresh. */
export async function renewCredentialNow(place: RenewedPlace, end: AbortSignal, edges: Edges): Promise<void> {
  void renewCredential(place, await renewOnce(place, edges), end, edges)
}

/** When to renew next; undefined for a credential that lasts. What fails is tried again. */
async function renewOnce({ environment, project }: RenewedPlace, edges: Edges): Promise<number | undefined> {
  const { files, now } = edges
  try {
    const fresh = await readKubeconfig(environment, edges)
    if (fresh.renewAt === undefined) return undefined
    const reach = await findReach(environment, fresh, edges)
    const network = await presentNetwork(reach, project, edges)
    const path = `${directoriesOf(environment).kubeconfig}/config`
    if (network !== undefined) files.writeText(path, kubeconfigOn(network, reach), 0o640)
    return fresh.renewAt
  } catch {
    return now() + RETRY_AFTER
  }
}
