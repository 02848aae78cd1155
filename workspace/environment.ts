import { t } from '../language/t.ts'
import type { WorkspaceFiles } from './files.ts'
import { loadChain, type VariableChain } from './variable-chain.ts'
import { parseVariables, type Variables } from './variables.ts'
import { listEnvironments } from './workspace.ts'

const environmentTypes = ['kind', 'k3d', 'k8s'] as const
const GENERAL_FILES = ['kde.env', 'ngrok.env', 'current.env']

export interface Environment {
  readonly name: string
  /** Its own directory, where its `.env` is. */
  readonly path: string
  /** Where what we write for it lies. */
  readonly filesDirectory: string
  readonly workspacePath: string
  readonly type: (typeof environmentTypes)[number]
  readonly dockerNetwork: string
  /** As it is named to a person: several files are joined by `:`. */
  readonly kubeconfigPath: string
  /** Undefined in a KDE-cli workspace. */
  readonly standalone: Standalone | undefined
  readonly managerNamespace: string
  /** Networks behind the cluster that a session reaches too. */
  readonly alsoProxy: readonly string[]
  /** All that is known: inherited variables, KDE-cli's own and the files', in the order in which KDE-cli loads them. */
  readonly variables: Variables
  readonly problems: readonly string[]
}

/** What takes the place of a KDE-cli workspace where there is none. */
export interface Standalone {
  /** The one project there is. */
  readonly directory: string
  /** The files that the kubeconfig consists of, in their order. */
  readonly kubeconfigPaths: readonly string[]
  readonly context: string
}

const ALSO_PROXY = 'TELEPRESENCE_ALSO_PROXY_CIDR'
const ALSO_PROXY_LINE =
  /([\s\S]*^[ \t]*(?:export[ \t]+)?TELEPRESENCE_ALSO_PROXY_CIDR=)(?:"[^"\n]*"|'[^'\n]*'|[^\s;]*)/m

/** Undefined where there is no such environment. */
export function loadEnvironment(
  workspacePath: string,
  name: string,
  files: WorkspaceFiles,
  inherited: Variables,
): Environment | undefined {
  const found = findEnvironment(workspacePath, name, files)
  if (found === undefined) return undefined
  const path = `${workspacePath}/environments/${found}`
  const { known, problems } = loadVariables(workspacePath, found, files, inherited)
  const type = environmentTypes.find(each => each === known['ENV_TYPE'])
  const unknownType = t`environments/${found}/k8s.env: ENV_TYPE is none of ${environmentTypes.join(', ')}; k8s is assumed`
  return {
    name: found,
    path,
    filesDirectory: `${path}/.telepresence`,
    workspacePath,
    type: type ?? 'k8s',
    dockerNetwork: known['DOCKER_NETWORK'] || (type === 'kind' || type === 'k3d' ? `kde-${found}` : 'bridge'),
    kubeconfigPath: `${path}/kubeconfig/config`,
    standalone: undefined,
    managerNamespace: known['TELEPRESENCE_MANAGER_NAMESPACE'] || 'ambassador',
    alsoProxy: alsoProxyIn(known),
    variables: known,
    problems: type === undefined ? [...problems, unknownType] : problems,
  }
}

export const alsoProxyIn = (variables: Variables): readonly string[] =>
  (variables[ALSO_PROXY] ?? '').split(/[\s,]+/).filter(cidr => cidr !== '')

/** KDE-cli makes environments with lower-case names; one made by hand may have another. */
function findEnvironment(workspacePath: string, name: string, files: WorkspaceFiles): string | undefined {
  const environments = listEnvironments(workspacePath, files)
  return [name.toLowerCase(), name].find(spelling => environments.includes(spelling))
}

function loadVariables(
  workspacePath: string,
  name: string,
  files: WorkspaceFiles,
  inherited: Variables,
): VariableChain {
  const own = kdeVariables(workspacePath, name)
  const folder = workspacePath
  const general = loadChain({ folder, paths: GENERAL_FILES, known: { ...inherited, ...own } }, files)
  const paths = [`environments/${name}/k8s.env`, `environments/${name}/.env`]
  const chain = loadChain({ folder, paths, known: { ...general.known, ...own } }, files)
  return {
    known: withAnswer(chain.known, inherited),
    assigned: { ...general.assigned, ...chain.assigned },
    problems: [...general.problems, ...chain.problems],
  }
}

/** KDE-cli's files would overwrite it, but an inherited variable is how a person answers for one call. */
export function withAnswer(known: Variables, inherited: Variables): Variables {
  const answer = inherited[ALSO_PROXY]
  return { ...known, ...(answer !== undefined && { [ALSO_PROXY]: answer }) }
}

/** What KDE-cli exports itself, misspelling included, so that files may refer to it. */
function kdeVariables(workspacePath: string, name: string): Variables {
  const environmentsPath = `${workspacePath}/environments`
  return {
    KDE_PATH: workspacePath,
    KDE_ENV_FILE: `${workspacePath}/kde.env`,
    ENVIROMENTS_PATH: environmentsPath,
    ENV_PATH: `${environmentsPath}/${name}`,
    KUBECONFIG: `${environmentsPath}/${name}/kubeconfig/config`,
    CUR_ENV: name,
    KUBE_CONFIG_DIR: 'kubeconfig',
    VOLUMES_DIR: 'namespaces',
  }
}

/** The text of an environment's .env with the networks set in it, and all else byte for byte as it was. */
export function withAlsoProxy(dotEnv: string, cidr: string): string {
  const replaced = dotEnv.replace(ALSO_PROXY_LINE, (_, before: string) => `${before}${cidr}`)
  if (parseVariables(replaced, {}).variables[ALSO_PROXY] === cidr) return replaced
  const lineEnd = dotEnv === '' || dotEnv.endsWith('\n') ? '' : '\n'
  return `${dotEnv}${lineEnd}${ALSO_PROXY}=${cidr}\n`
}
