import { directoriesOf, filesDirectoryOf } from '../../workspace/directories.ts'
import type { Edges } from '../command.ts'

/** What became of an environment's files. Paths of directories. */
export interface ClearedFiles {
  readonly removed: readonly string[]
  /** On purpose. */
  readonly kept: readonly string[]
  /** For want of rights. */
  readonly refused: readonly string[]
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
