import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { toFileError } from './file-errors.ts'

/**
 * The host's files, as the commands need them. Paths are absolute. What cannot be read or written throws
 * FILE_UNREADABLE, FILE_UNWRITABLE or DISK_FULL.
 */
export interface Files {
  /** Undefined where there is no such file, or it is a directory. */
  readText(path: string): string | undefined
  readBase64(path: string): string | undefined
  listDirectories(path: string): readonly string[]
  /** Without links in it. Undefined where there is no such directory. */
  realDirectory(path: string): string | undefined
  /** The id of the group whose a file is. */
  groupOf(path: string): number | undefined
  /** Names of the files in `path`; none where it does not exist. */
  listFiles(path: string): readonly string[]
  exists(path: string): boolean
  /** Whole or not at all: others read the old text until the new one is there. */
  writeText(path: string, content: string, mode: number): void
  makeDirectory(path: string, mode: number): void
  /** That a directory, or the nearest above it that is there, can be written to. Throws FILE_UNWRITABLE. */
  assertWritable(path: string): void
  /** With all in it. False where that is not allowed. */
  removeDirectory(path: string): boolean
}

export const files: Files = {
  readText: path => read(path)?.toString('utf8'),
  readBase64: path => read(path)?.toString('base64'),
  listDirectories: path =>
    told(path, 'read', () =>
      existsSync(path)
        ? readdirSync(path)
            .filter(name => isDirectory(join(path, name)))
            .sort()
        : [],
    ),
  realDirectory: path => (isDirectory(path) ? realpathSync(path) : undefined),
  listFiles: path =>
    told(path, 'read', () =>
      existsSync(path)
        ? readdirSync(path)
            .filter(name => !isDirectory(join(path, name)))
            .sort()
        : [],
    ),
  groupOf: path => statSync(path, { throwIfNoEntry: false })?.gid,
  exists: existsSync,
  writeText: (path, content, mode) => told(path, 'write', () => replace(path, content, mode)),
  makeDirectory(path, mode) {
    if (isDirectory(path)) return
    told(path, 'write', () => {
      mkdirSync(dirname(path), { recursive: true })
      mkdirSync(path, { recursive: true })
      chmodSync(path, mode)
    })
  },
  assertWritable: path => told(path, 'write', () => accessSync(nearestThere(path), constants.W_OK)),
  removeDirectory(path) {
    try {
      rmSync(path, { recursive: true, force: true })
      return true
    } catch {
      return false
    }
  },
}

function told<T>(path: string, doing: 'read' | 'write', act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw toFileError(error, path, doing)
  }
}

function replace(path: string, content: string, mode: number): void {
  const draft = join(dirname(path), `.${process.pid}.${Date.now()}.draft`)
  try {
    writeFileSync(draft, content, { mode })
    // The process's umask may have taken rights from the mode.
    chmodSync(draft, mode)
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

const nearestThere = (path: string): string => (existsSync(path) ? path : nearestThere(dirname(path)))

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined
    throw toFileError(error, path, 'read')
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
