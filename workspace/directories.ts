import type { Environment } from './environment.ts'
import type { WorkspaceFiles } from './files.ts'

/** Where KDE-cli has an environment. */
const environmentPath = (workspacePath: string, environment: string): string =>
  `${workspacePath}/environments/${environment}`

/**
 * Where our files of an environment lie, by what labels say of it. Without KDE-cli the workspace of the labels is the
 * directory of a context's data, `…/kde-tp/<context>`, itself.
 */
export function filesDirectoryOf(
  { workspacePath, environment }: { readonly workspacePath: string; readonly environment: string },
  files: Pick<WorkspaceFiles, 'exists'>,
): string {
  const isData = /\/kde-tp\/[^/]+$/.test(workspacePath) && !files.exists(`${workspacePath}/kde.env`)
  return isData ? workspacePath : `${environmentPath(workspacePath, environment)}/.telepresence`
}

/** Where things of ours lie in an environment: all under `.telepresence`, as KDE-cli has it. */
export function directoriesOf({ filesDirectory }: Pick<Environment, 'filesDirectory'>) {
  return {
    telepresence: filesDirectory,
    run: `${filesDirectory}/run`,
    kubeconfig: `${filesDirectory}/run/kubeconfig`,
    logs: `${filesDirectory}/logs`,
    /** All copies of pods' variables. */
    environmentCopies: `${filesDirectory}/env-files`,
    environmentFiles: (namespace: string) => `${filesDirectory}/env-files/${namespace}`,
    mounts: `${filesDirectory}/mounts`,
    /** All that has come of pods' volumes. */
    remoteMounts: `${filesDirectory}/mounts/remote`,
    remoteMountsOf: (namespace: string) => `${filesDirectory}/mounts/remote/${namespace}`,
    remoteMount: (namespace: string, workload: string) =>
      `${filesDirectory}/mounts/remote/${namespace}/${workload}`,
    localMounts: (namespace: string) => `${filesDirectory}/mounts/local/${namespace}`,
  }
}
