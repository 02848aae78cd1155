import type { Environment } from './environment.ts'

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
