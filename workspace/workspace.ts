import type { WorkspaceFiles } from './files.ts'
import { parseVariables, type Variables } from './variables.ts'

/** The nearest directory, from `start` upwards, that holds kde.env. */
export function findWorkspace(start: string, files: WorkspaceFiles): string | undefined {
  const directory = start.replace(/\/+$/, '')
  if (files.exists(`${directory}/kde.env`)) return directory || '/'
  return directory === '' ? undefined : findWorkspace(directory.slice(0, directory.lastIndexOf('/')), files)
}

/** An environment exists if it has a k8s.env. */
export function listEnvironments(workspacePath: string, files: WorkspaceFiles): readonly string[] {
  const hasCluster = (name: string) => files.exists(`${workspacePath}/environments/${name}/k8s.env`)
  return files.listDirectories(`${workspacePath}/environments`).filter(hasCluster).toSorted()
}

export interface Whereabouts {
  readonly workspacePath: string
  /** A real path, as `workspacePath` is. */
  readonly workingDirectory: string
  readonly inherited: Variables
}

/**
 * The environment that KDE-cli would act on: the one around the working directory, else CUR_ENV, else what current.env
 * says. Where KDE-cli would then take the first there is and write it down, there is none.
 */
export function currentEnvironment(whereabouts: Whereabouts, files: WorkspaceFiles): string | undefined {
  const { workspacePath, workingDirectory, inherited } = whereabouts
  const environments = `${workspacePath}/environments/`
  if (workingDirectory.startsWith(environments)) {
    const [around] = workingDirectory.slice(environments.length).split('/')
    if (around) return around
  }
  const remembered = files.readText(`${workspacePath}/current.env`) ?? ''
  return inherited['CUR_ENV'] || parseVariables(remembered, inherited).variables['CUR_ENV'] || undefined
}
