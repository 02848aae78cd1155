import type { SessionInput } from '../../compose/session-input.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Call } from './call.ts'
import { kubeconfigOn } from './reach.ts'

/** Where things of ours lie in an environment: all under `.telepresence`, as KDE-cli has it. */
export function directoriesOf({ path }: Pick<Environment, 'path'>) {
  const telepresence = `${path}/.telepresence`
  return {
    telepresence,
    run: `${telepresence}/run`,
    kubeconfig: `${telepresence}/run/kubeconfig`,
    logs: `${telepresence}/logs`,
    environmentFiles: (namespace: string) => `${telepresence}/env-files/${namespace}`,
    mounts: `${telepresence}/mounts`,
    localMounts: (namespace: string) => `${telepresence}/mounts/local/${namespace}`,
  }
}

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
