import type { Environment } from './environment.ts'

/** Where things of ours lie in an environment: all under `.telepresence`, as KDE-cli has it. */
export function directoriesOf({ filesDirectory }: Pick<Environment, 'filesDirectory'>) {
  return {
    telepresence: filesDirectory,
    run: `${filesDirectory}/run`,
    kubeconfig: `${filesDirectory}/run/kubeconfig`,
    logs: `${filesDirectory}/logs`,
    environmentFiles: (namespace: string) => `${filesDirectory}/env-files/${namespace}`,
    mounts: `${filesDirectory}/mounts`,
    localMounts: (namespace: string) => `${filesDirectory}/mounts/local/${namespace}`,
  }
}
