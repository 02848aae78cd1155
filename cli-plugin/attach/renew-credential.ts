import { directoriesOf } from '../../workspace/directories.ts'
import { findReach, kubeconfigOn } from '../surroundings/reach.ts'
import { readKubeconfig } from '../surroundings/read-kubeconfig.ts'
import type { Call } from './call.ts'
import { sessionOf } from './start-session.ts'

const RETRY_AFTER = 30_000
const LONGEST_SLEEP = 3_600_000

/** Renews a short-lived credential in its place, for the session and the dev containers, until `end`. */
export async function renewCredential(call: Call, end: AbortSignal): Promise<void> {
  const { order, edges } = call
  let { renewAt } = order.reach.kubeconfig
  while (renewAt !== undefined && !end.aborted) {
    const left = renewAt - edges.now()
    if (left > 0) await edges.sleep(Math.min(left, LONGEST_SLEEP), end)
    else renewAt = await renewOnce(call).catch(() => edges.now() + RETRY_AFTER)
  }
}

/** When to renew next. */
async function renewOnce(call: Call): Promise<number | undefined> {
  const { order, edges } = call
  const fresh = await readKubeconfig(order.environment, edges)
  const reach = await findReach(order.environment, fresh, order.engine.isDesktop, edges)
  const { network } = await sessionOf(call)
  const path = `${directoriesOf(order.environment).kubeconfig}/config`
  edges.files.writeText(path, kubeconfigOn(network, reach), 0o640)
  return fresh.renewAt
}
