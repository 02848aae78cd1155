import { unmountVolumes } from '../../session/commands/mount-volumes.ts'
import { mountPointsBelow } from '../../session/judge-mounts.ts'
import type { EnvironmentKey } from '../../session/observed.ts'
import { directoriesOf, filesDirectoryOf } from '../../workspace/directories.ts'
import { MOUNTS } from '../attach/mount-volumes.ts'
import type { Edges } from '../command.ts'
import { runtimeImage } from '../version.ts'

/** What became of an environment's files. Paths of directories. */
export interface ClearedFiles {
  readonly removed: readonly string[]
  /** On purpose. */
  readonly kept: readonly string[]
  /** For want of rights. */
  readonly refused: readonly string[]
}

/** Unmounts an environment's volumes, also those that have no mounter any more. */
export async function unmountLeft(
  { workspacePath, environment }: EnvironmentKey,
  edges: Edges,
): Promise<void> {
  const { files, docker } = edges
  const filesDirectory = filesDirectoryOf({ workspacePath, environment }, files)
  const { remoteMounts } = directoriesOf({ filesDirectory })
  for (const directory of mountPointsBelow(remoteMounts, files.readText(MOUNTS) ?? ''))
    await docker(unmountVolumes(runtimeImage(edges.environment), directory))
}

/** Removes the copied variables of one environment, and what a keeper could not remove of the rest. Logs stay. */
export function clearFiles(workspacePath: string, environment: string, { files }: Edges): ClearedFiles {
  const directories = directoriesOf({
    filesDirectory: filesDirectoryOf({ workspacePath, environment }, files),
  })
  const { environmentCopies, run, remoteMounts } = directories
  const unwanted = [environmentCopies, run, remoteMounts].filter(files.exists)
  const removed = unwanted.filter(files.removeDirectory)
  return {
    removed,
    kept: [directories.logs].filter(files.exists),
    refused: unwanted.filter(path => !removed.includes(path)),
  }
}
