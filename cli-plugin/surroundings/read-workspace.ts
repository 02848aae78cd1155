import { resolve } from 'node:path'
import { KdeTpError } from '../../session/errors.ts'
import { type Environment, loadEnvironment } from '../../workspace/environment.ts'
import { listProjects, loadProject, type Project } from '../../workspace/project.ts'
import { currentEnvironment, findWorkspace, listEnvironments } from '../../workspace/workspace.ts'
import type { Edges } from '../command.ts'

/** The environment that is meant. Throws WORKSPACE_MISSING, ENVIRONMENT_UNKNOWN or WORKSPACE_INVALID. */
export function readEnvironment(
  input: { readonly workspace?: string | undefined; readonly environment?: string | undefined },
  edges: Edges,
): Environment {
  const { files, workingDirectory } = edges
  const inherited = definedOnly(edges.environment)
  const workspacePath = workspaceFrom(input.workspace, edges)
  const name = (
    input.environment ?? currentEnvironment({ workspacePath, workingDirectory, inherited }, files)
  )?.toLowerCase()
  if (name === undefined)
    throw environmentUnknown('No environment is current in this workspace.', workspacePath, edges)
  const environment = loadEnvironment(workspacePath, name, files, inherited)
  if (environment === undefined)
    throw environmentUnknown(
      `The workspace ${workspacePath} has no environment "${name}".`,
      workspacePath,
      edges,
    )
  if (environment.problems.length > 0) throw invalid(environment.problems)
  return environment
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

function workspaceFrom(typed: string | undefined, { files, workingDirectory }: Edges): string {
  const start = typed === undefined ? workingDirectory : resolve(workingDirectory, typed)
  const found = findWorkspace(start, files)
  if (found !== undefined && (typed === undefined || found === start)) return found
  const place = typed === undefined ? `${workingDirectory} and no directory above it` : start
  throw new KdeTpError('WORKSPACE_MISSING', `There is no kde.env in ${place}.`, {
    hint: 'Go into a KDE-cli workspace, or name one with --workspace.',
  })
}

function environmentUnknown(message: string, workspacePath: string, { files }: Edges): KdeTpError {
  const names = listEnvironments(workspacePath, files)
  return new KdeTpError('ENVIRONMENT_UNKNOWN', message, {
    hint: names.length === 0 ? 'Make one with KDE-cli.' : `Name one with --environment: ${names.join(', ')}.`,
  })
}

const invalid = (problems: readonly string[]): KdeTpError =>
  new KdeTpError(
    'WORKSPACE_INVALID',
    'The workspace’s files have lines that cannot be read without running them.',
    {
      detail: problems.join('\n'),
      hint: 'Write plain NAME=VALUE lines there.',
    },
  )

const definedOnly = (environment: Edges['environment']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
