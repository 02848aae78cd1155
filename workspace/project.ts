import { t } from '../language/t.ts'
import type { Environment } from './environment.ts'
import type { WorkspaceFiles } from './files.ts'
import { loadChain } from './variable-chain.ts'
import type { Variables } from './variables.ts'

export interface Project {
  readonly name: string
  readonly path: string
  readonly developImage: string | undefined
  /** The name of the directory that holds the source, from GIT_REPO_URL. */
  readonly repository: string | undefined
  readonly mounts: readonly Mount[]
  /** What project.env and then the project's .env assign: what the dev container gets. */
  readonly variables: Variables
  readonly problems: readonly string[]
}

export interface Mount {
  /** A path, or the name of a volume. */
  readonly source: string
  readonly target: string
  readonly readOnly: boolean
}

/** A directory is a project if it has a project.env. */
export function listProjects(environment: Environment, files: WorkspaceFiles): readonly string[] {
  const folder = `${environment.path}/namespaces`
  const isProject = (name: string) => files.exists(`${folder}/${name}/project.env`)
  return files.listDirectories(folder).filter(isProject).toSorted()
}

/** Undefined where there is no such project. */
export function loadProject(
  environment: Environment,
  name: string,
  files: WorkspaceFiles,
): Project | undefined {
  if (!listProjects(environment, files).includes(name)) return undefined
  const path = `${environment.path}/namespaces/${name}`
  const before = { ...environment.variables, PROJECT_NAME: name, PROJECT_PATH: path }
  const own = loadChain({ folder: path, paths: ['project.env', '.env'], known: before }, files)
  const pipeline = loadChain({ folder: path, paths: ['.pipeline.env'], known: own.known }, files)
  const { mounts, problems } = parseMounts(pipeline.known, path, files)
  const withFolder = (problem: string) => `environments/${environment.name}/namespaces/${name}/${problem}`
  return {
    name,
    path,
    developImage: pipeline.known['DEVELOP_IMAGE'] || undefined,
    repository: repositoryName(pipeline.known['GIT_REPO_URL'] ?? ''),
    mounts,
    variables: own.assigned,
    problems: [...[...own.problems, ...pipeline.problems].map(withFolder), ...problems],
  }
}

/** As `git clone` names it: `https://host/team/shop.git`, `git@host:shop.git` and `./shop` are all "shop". */
function repositoryName(url: string): string | undefined {
  const name =
    url
      .replace(/\/+$/, '')
      .replace(/\.git$/, '')
      .split(/[/:]/)
      .at(-1) ?? ''
  return /^\.{0,2}$/.test(name) ? undefined : name
}

const MOUNT = /^([^:]+):(\/[^:]*)(?::([^:]*))?$/

/** Every KDE_MOUNT_<NAME>=source:target[:options], in the order of the names. */
function parseMounts(
  variables: Variables,
  projectPath: string,
  files: WorkspaceFiles,
): Pick<Project, 'mounts' | 'problems'> {
  const mounts: Mount[] = []
  const problems: string[] = []
  for (const name of Object.keys(variables)
    .filter(each => each.startsWith('KDE_MOUNT_'))
    .toSorted()) {
    const [, written, target, options = ''] = MOUNT.exec(variables[name] ?? '') ?? []
    if (written === undefined || target === undefined) {
      problems.push(t`${name} is "${variables[name]}", and not source:target or source:target:ro`)
      continue
    }
    const source = inProject(written, projectPath)
    // Docker would make it, as a directory of root's.
    if (source.includes('/') && !files.exists(source))
      problems.push(t`${name} names ${source}, which is not there`)
    mounts.push({ source, target, readOnly: options.split(',').includes('ro') })
  }
  return { mounts, problems }
}

/** Docker takes a source without a slash for a volume's name, and one with a dot for a path from where it runs. */
const inProject = (source: string, projectPath: string): string =>
  /^\.{1,2}(\/|$)/.test(source) ? `${projectPath}/${source}` : source
