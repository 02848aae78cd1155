import { resolve } from 'node:path'
import { KdeTpError, usage } from '../../session/errors.ts'
import { type Environment, loadEnvironment } from '../../workspace/environment.ts'
import { listProjects, loadProject, type Project } from '../../workspace/project.ts'
import { standaloneProject } from '../../workspace/standalone.ts'
import type { Variables } from '../../workspace/variables.ts'
import { currentEnvironment, findWorkspace, listEnvironments } from '../../workspace/workspace.ts'
import type { Edges } from '../command.ts'
import { readStandalone } from './read-standalone.ts'

/**
 * The environment that is meant: of the KDE-cli workspace around, or where there is none, a context of the kubeconfig.
 * Throws WORKSPACE_MISSING, ENVIRONMENT_UNKNOWN, WORKSPACE_INVALID or KUBECONFIG_INVALID.
 */
export function readEnvironment(
  input: { readonly workspace?: string | undefined; readonly environment?: string | undefined },
  edges: Edges,
): Environment {
  const inherited = definedOnly(edges.environment)
  const start = startOf(input.workspace, edges)
  const workspacePath = findWorkspace(start, edges.files)
  if (workspacePath !== undefined && workspacePath !== start && input.workspace !== undefined)
    throw notTheWorkspace(start, workspacePath)
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
  const name = typed ?? currentEnvironment({ workspacePath, workingDirectory, inherited }, files)
  if (name === undefined)
    throw environmentUnknown('No environment is current in this workspace.', workspacePath, edges)
  const environment = loadEnvironment(workspacePath, name, files, inherited)
  if (environment !== undefined) return environment
  const message = `The workspace ${workspacePath} has no environment "${name}".`
  throw environmentUnknown(message, workspacePath, edges)
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
    `--project names a project of a KDE-cli workspace, and ${standalone.directory} is in none: the directory itself is the project.`,
  )
}

/** Throws PROJECT_UNKNOWN or WORKSPACE_INVALID. */
export function readProject(environment: Environment, name: string, { files }: Edges): Project {
  const project = loadProject(environment, name, files)
  if (project === undefined) {
    const names = listProjects(environment, files)
    throw new KdeTpError('PROJECT_UNKNOWN', `Environment "${environment.name}" has no project "${name}".`, {
      hint:
        names.length === 0
          ? `Make one under ${environment.path}/namespaces.`
          : `Name one of: ${names.join(', ')}.`,
    })
  }
  if (project.problems.length > 0) throw invalid(project.problems)
  return project
}

/** Real, so that one workspace is one however it is named. */
function startOf(typed: string | undefined, { files, workingDirectory }: Edges): string {
  if (typed === undefined) return workingDirectory
  const start = files.realDirectory(resolve(workingDirectory, typed))
  if (start !== undefined) return start
  throw new KdeTpError('WORKSPACE_MISSING', `There is no directory ${resolve(workingDirectory, typed)}.`, {
    hint: 'Name the directory of a workspace with --workspace.',
  })
}

const notTheWorkspace = (start: string, workspacePath: string): KdeTpError =>
  new KdeTpError('WORKSPACE_MISSING', `There is no kde.env in ${start}.`, {
    hint: `It is in a workspace; name that with: --workspace ${workspacePath}`,
  })

function environmentUnknown(message: string, workspacePath: string, { files }: Edges): KdeTpError {
  const names = listEnvironments(workspacePath, files)
  return new KdeTpError('ENVIRONMENT_UNKNOWN', message, {
    hint: names.length === 0 ? 'Make one with KDE-cli.' : `Name one with --environment: ${names.join(', ')}.`,
  })
}

const invalid = (problems: readonly string[]): KdeTpError =>
  new KdeTpError('WORKSPACE_INVALID', 'The workspace’s files have lines that cannot be used.', {
    detail: problems.join('\n'),
    hint: 'Put these lines right; NAME=VALUE and $NAME are understood there, and nothing is run.',
  })

const definedOnly = (environment: Edges['environment']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
