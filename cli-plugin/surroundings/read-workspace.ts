import { resolve } from 'node:path'
import { t } from '../../language/t.ts'
import { KdeTpError, nameOneOf, usage } from '../../session/errors.ts'
import type { EnvironmentKey } from '../../session/observed.ts'
import { type Environment, loadEnvironment } from '../../workspace/environment.ts'
import { listProjects, loadProject, type Project } from '../../workspace/project.ts'
import { standaloneProject } from '../../workspace/standalone.ts'
import type { Variables } from '../../workspace/variables.ts'
import { currentEnvironment, findWorkspace, listEnvironments } from '../../workspace/workspace.ts'
import type { Edges } from '../command.ts'
import { readStandalone } from './read-standalone.ts'

/** How a person names the place of a command. */
export interface PlaceTyped {
  readonly workspace?: string | undefined
  readonly environment?: string | undefined
}

/**
 * The environment that is meant: of the KDE-cli workspace around, or where there is none, a context of the kubeconfig.
 * Throws WORKSPACE_MISSING, ENVIRONMENT_UNKNOWN, WORKSPACE_INVALID or KUBECONFIG_INVALID.
 */
export function readEnvironment(input: PlaceTyped, edges: Edges): Environment {
  const inherited = inheritedVariables(edges)
  const { start, workspacePath } = whereabouts(input.workspace, edges)
  const environment =
    workspacePath === undefined
      ? readStandalone(start, input.environment, edges, inherited)
      : readKdeEnvironment(workspacePath, input.environment, edges, inherited)
  if (environment.problems.length > 0) throw invalid(environment.problems)
  return environment
}

function readKdeEnvironment(
  workspacePath: string,
  typed: string | undefined,
  edges: Edges,
  inherited: Variables,
): Environment {
  const { files, workingDirectory } = edges
  const names = () => listEnvironments(workspacePath, files)
  const name = typed ?? currentEnvironment({ workspacePath, workingDirectory, inherited }, files)
  if (name === undefined) throw environmentUnknown(t`No environment is current in this workspace.`, names())
  const environment = loadEnvironment(workspacePath, name, files, inherited)
  if (environment !== undefined) return environment
  const message = t`The workspace ${workspacePath} has no environment "${name}".`
  throw environmentUnknown(message, names())
}

/** The project that is known before anything is asked. Throws as readProject does, or USAGE. */
export function readNamedProject(
  environment: Environment,
  typed: string | undefined,
  edges: Edges,
): Project | undefined {
  const { standalone } = environment
  if (standalone === undefined)
    return typed === undefined ? undefined : readProject(environment, typed, edges)
  if (typed === undefined) return standaloneProject(standalone)
  throw usage(
    t`--project names a project of a KDE-cli workspace, and ${standalone.directory} is in none: the directory itself is the project.`,
  )
}

/** What the labels of all that is the environment's say. */
export const keyOf = ({ workspacePath, name }: Environment): EnvironmentKey => ({
  workspacePath,
  environment: name,
})

/** Throws PROJECT_UNKNOWN or WORKSPACE_INVALID. */
export function readProject(environment: Environment, name: string, { files }: Edges): Project {
  const project = loadProject(environment, name, files)
  if (project === undefined) {
    const names = listProjects(environment, files)
    throw new KdeTpError('PROJECT_UNKNOWN', t`Environment "${environment.name}" has no project "${name}".`, {
      hint: names.length === 0 ? t`Make one under ${environment.path}/namespaces.` : nameOneOf(names),
    })
  }
  if (project.problems.length > 0) throw invalid(project.problems)
  return project
}

/** The KDE-cli workspace that is meant, or where there is none, the directory. Throws WORKSPACE_MISSING. */
function whereabouts(
  typed: string | undefined,
  edges: Edges,
): { readonly start: string; readonly workspacePath: string | undefined } {
  const start = startOf(typed, edges)
  const workspacePath = findWorkspace(start, edges.files)
  if (workspacePath !== undefined && workspacePath !== start && typed !== undefined)
    throw notTheWorkspace(start, workspacePath)
  return { start, workspacePath }
}

/** The KDE-cli workspace that is meant. Throws WORKSPACE_MISSING. */
export function kdeWorkspaceFrom(typed: string | undefined, edges: Edges): string {
  const { start, workspacePath } = whereabouts(typed, edges)
  if (workspacePath !== undefined) return workspacePath
  throw new KdeTpError('WORKSPACE_MISSING', t`There is no kde.env in ${start} and no directory above it.`, {
    hint: t`Go into a KDE-cli workspace, or name one with --workspace.`,
  })
}

/** A workspace by what labels call it, and the environments that it has. */
export interface WorkspacePlace {
  readonly workspacePath: string
  readonly environments: readonly string[]
}

/** The workspace that is meant; without KDE-cli that of one context. Throws as readEnvironment does. */
export function workspaceFrom(
  input: { readonly workspace?: string | undefined; readonly environment?: string | undefined },
  edges: Edges,
): WorkspacePlace {
  const { start, workspacePath } = whereabouts(input.workspace, edges)
  if (workspacePath !== undefined)
    return { workspacePath, environments: listEnvironments(workspacePath, edges.files) }
  const context = readStandalone(start, input.environment, edges, inheritedVariables(edges))
  return { workspacePath: context.workspacePath, environments: [context.name] }
}

/** Real, so that one workspace is one however it is named. */
function startOf(typed: string | undefined, { files, workingDirectory }: Edges): string {
  if (typed === undefined) return workingDirectory
  const start = files.realDirectory(resolve(workingDirectory, typed))
  if (start !== undefined) return start
  throw new KdeTpError('WORKSPACE_MISSING', t`There is no directory ${resolve(workingDirectory, typed)}.`, {
    hint: t`Name the directory of a workspace with --workspace.`,
  })
}

const notTheWorkspace = (start: string, workspacePath: string): KdeTpError =>
  new KdeTpError('WORKSPACE_MISSING', t`There is no kde.env in ${start}.`, {
    hint: t`It is in a workspace; name that with: --workspace ${workspacePath}`,
  })

export function environmentUnknown(message: string, names: readonly string[]): KdeTpError {
  return new KdeTpError('ENVIRONMENT_UNKNOWN', message, {
    hint:
      names.length === 0 ? t`Make one with KDE-cli.` : t`Name one with --environment: ${names.join(', ')}.`,
  })
}

const invalid = (problems: readonly string[]): KdeTpError =>
  new KdeTpError('WORKSPACE_INVALID', t`The workspace’s files have lines that cannot be used.`, {
    detail: problems.join('\n'),
    hint: t`Put these lines right; NAME=VALUE and $NAME are understood there, and nothing is run.`,
  })

/** The shell's variables. */
export const inheritedVariables = ({ environment }: Edges): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
