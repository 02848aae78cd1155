import { basename, isAbsolute, join, resolve } from 'node:path'
import type { Edges } from '../command.ts'
import type { Installation } from '../edges/installation.ts'
import { SHIM, SHIM_SCRIPT } from '../shim/shim.ts'

/** Whose a file is: nobody's, ours (`setup` made it), the program that runs, or somebody else's. */
export type Owner = 'nobody' | 'setup' | 'program' | 'other'

/** A directory on PATH that may take our files. */
export interface Directory {
  readonly path: string
  readonly isWritable: boolean
  readonly docker: Owner
  readonly hasShimScript: boolean
  readonly kdeTp: Owner
}

/** PATH as one kind of shell has it. */
export interface SearchPath {
  readonly directories: readonly string[]
  /** The first docker on it that is none of ours. */
  readonly docker: string | undefined
}

/** What `setup` decides by. */
export interface Computer {
  readonly program: string
  readonly pluginFile: string
  readonly plugin: Owner
  /** The present one first, then those of new login shells. */
  readonly searchPaths: readonly SearchPath[]
  /** The best to use first. */
  readonly directories: readonly Directory[]
}

export const PLUGIN = 'docker-kdetp'
export const PROGRAM = 'kde-tp'
const SYSTEM_PLUGINS = '/usr/local/lib/docker/cli-plugins'
const VENDOR = '"Vendor":"kde-tp"'

export async function observeComputer(edges: Edges, program: string): Promise<Computer> {
  const { installation, environment } = edges
  const shells = [...new Set(['/bin/sh', '/bin/bash', environment['SHELL'] ?? '/bin/sh'])]
  const loginPaths = await Promise.all(shells.map(shell => installation.loginPath(shell, edges.person)))
  const searchPaths = [environment['PATH'] ?? '', ...loginPaths.filter(path => path !== undefined)].map(
    path => observeSearchPath(path, installation),
  )
  const pluginFile = join(pluginDirectory(edges), PLUGIN)
  return {
    program,
    pluginFile,
    plugin: await ownerOfPlugin(pluginFile, program, installation),
    searchPaths,
    directories: directoriesOf(edges, searchPaths).map(path => observeDirectory(path, program, installation)),
  }
}

/** Root installs for everybody, others for themselves. */
const isRoot = ({ person }: Edges): boolean => person.userId === 0

function pluginDirectory(edges: Edges): string {
  if (isRoot(edges)) return SYSTEM_PLUGINS
  // Docker, too, takes an empty DOCKER_CONFIG for none.
  return resolve(edges.environment['DOCKER_CONFIG'] || join(edges.person.home, '.docker'), 'cli-plugins')
}

/**
 * Those that are meant for programs of one's own, and are made where they are missing, come before what else PATH
 * holds: often a language's tools.
 */
function directoriesOf(edges: Edges, searchPaths: readonly SearchPath[]): readonly string[] {
  const { home } = edges.person
  const system = ['/usr/local/bin', '/usr/local/sbin']
  const known = isRoot(edges) ? system : [join(home, '.local/bin'), join(home, 'bin'), ...system]
  const others = searchPaths.flatMap(({ directories }) => directories).filter(edges.installation.exists)
  return [...new Set([...known, ...others])].filter(path => !isRoot(edges) || !path.startsWith(`${home}/`))
}

function observeSearchPath(path: string, installation: Installation): SearchPath {
  const directories = path
    .split(':')
    .filter(isAbsolute)
    .map(directory => resolve(directory))
  const holder = directories.find(
    directory =>
      installation.isProgram(join(directory, SHIM)) && ownerOfDocker(directory, installation) === 'other',
  )
  return { directories, docker: holder === undefined ? undefined : join(holder, SHIM) }
}

const observeDirectory = (path: string, program: string, installation: Installation): Directory => ({
  path,
  isWritable: installation.isWritable(path),
  docker: ownerOfDocker(path, installation),
  hasShimScript: installation.exists(join(path, SHIM_SCRIPT)),
  kdeTp: ownerOfKdeTp(join(path, PROGRAM), program, installation),
})

function ownerOfDocker(directory: string, { exists, linkTarget }: Installation): Owner {
  const path = join(directory, SHIM)
  if (!exists(path)) return 'nobody'
  return linkTarget(path) === SHIM_SCRIPT ? 'setup' : 'other'
}

function ownerOfKdeTp(
  path: string,
  program: string,
  { exists, linkTarget, isSameFile }: Installation,
): Owner {
  if (!exists(path)) return 'nobody'
  const target = linkTarget(path)
  if (target !== undefined && basename(target) === PLUGIN) return 'setup'
  return isSameFile(path, program) ? 'program' : 'other'
}

async function ownerOfPlugin(path: string, program: string, installation: Installation): Promise<Owner> {
  if (!installation.exists(path)) return 'nobody'
  if (installation.isSameFile(path, program)) return 'program'
  return (await installation.metadata(path)).includes(VENDOR) ? 'setup' : 'other'
}
