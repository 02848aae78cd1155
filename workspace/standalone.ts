import { alsoProxyIn, type Environment, type Standalone, withAnswer } from './environment.ts'
import type { WorkspaceFiles } from './files.ts'
import type { Project } from './project.ts'
import { loadChain } from './variable-chain.ts'
import type { Variables } from './variables.ts'

/**
 * The environment of a directory without KDE-cli: a context of the kubeconfig. All directories that work on one context
 * share it and its session, so what it is known by is not the directory but where its data lie.
 */
export function standaloneEnvironment(
  standalone: Standalone,
  dataDirectory: string,
  files: WorkspaceFiles,
  inherited: Variables,
): Environment {
  const { known, problems } = loadChain({ folder: dataDirectory, paths: ['.env'], known: inherited }, files)
  const variables = withAnswer(known, inherited)
  return {
    name: standalone.context,
    path: dataDirectory,
    filesDirectory: dataDirectory,
    workspacePath: dataDirectory,
    // An outside cluster: which of Docker's networks it may be on is not known.
    type: 'k8s',
    dockerNetwork: 'bridge',
    kubeconfigPath: standalone.kubeconfigPaths.join(':'),
    standalone,
    managerNamespace: inherited['TELEPRESENCE_MANAGER_NAMESPACE'] || 'ambassador',
    alsoProxy: alsoProxyIn(variables),
    variables,
    problems,
  }
}

/** Known by its path: another directory of the same name is another project. */
export const standaloneProject = ({ directory }: Standalone): Project => ({
  name: directory,
  path: directory,
  developImage: undefined,
  repository: undefined,
  mounts: [],
  variables: {},
  problems: [],
})
