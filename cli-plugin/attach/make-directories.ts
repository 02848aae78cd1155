import type { SessionInput } from '../../compose/session-input.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import { kubeconfigOn } from '../surroundings/reach.ts'
import type { Call } from './call.ts'

/**
 * What containers are about to bind. The kubeconfig lies in a directory of its own, which is bound whole: one file
 * alone would go stale when it is replaced. The session's root reads and writes through the person's group.
 */
export function makeDirectories({ order, edges: { files } }: Call, { network }: SessionInput): void {
  const { environment, reach, wish } = order
  const directories = directoriesOf(environment)
  files.makeDirectory(directories.run, 0o700)
  files.makeDirectory(directories.kubeconfig, 0o750)
  files.writeText(`${directories.kubeconfig}/config`, kubeconfigOn(network, reach), 0o640)
  files.makeDirectory(directories.logs, 0o2770)
  files.makeDirectory(`${directories.logs}/${wish.namespace}`, 0o2770)
  files.makeDirectory(directories.localMounts(wish.namespace), 0o755)
}

/** What volumes are brought to, also by who joins a session that is there. */
export function makeMountDirectories({ order, edges: { files } }: Call): void {
  const { namespace, attachment } = order.wish
  const directories = directoriesOf(order.environment)
  files.makeDirectory(directories.remoteMounts, 0o700)
  files.makeDirectory(directories.remoteMountsOf(namespace), 0o700)
  // The other one is made when nothing is mounted there any more.
  if (attachment.mount === 'copy')
    files.makeDirectory(directories.remoteMount(namespace, attachment.workload), 0o700)
}
