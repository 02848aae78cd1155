import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/** The host's files, as the commands need them. Paths are absolute. */
export interface Files {
  /** Undefined where there is no such file, or it is a directory. */
  readText(path: string): string | undefined
  readBase64(path: string): string | undefined
  listDirectories(path: string): readonly string[]
  exists(path: string): boolean
  isWritable(path: string): boolean
  /** Whole or not at all: others read the old text until the new one is there. */
  writeText(path: string, content: string, mode: number): void
  makeDirectory(path: string, mode: number): void
}

export const files: Files = {
  readText: path => read(path)?.toString('utf8'),
  readBase64: path => read(path)?.toString('base64'),
  listDirectories(path) {
    if (!existsSync(path)) return []
    return readdirSync(path)
      .filter(name => isDirectory(join(path, name)))
      .sort()
  },
  exists: existsSync,
  isWritable(path) {
    try {
      accessSync(path, constants.W_OK)
      return true
    } catch {
      return false
    }
  },
  writeText(path, content, mode) {
    const draft = join(dirname(path), `.${process.pid}.${Date.now()}.draft`)
    writeFileSync(draft, content, { mode })
    // The process's umask may have taken rights from the mode.
    chmodSync(draft, mode)
    renameSync(draft, path)
  },
  makeDirectory(path, mode) {
    if (isDirectory(path)) return
    mkdirSync(dirname(path), { recursive: true })
    mkdirSync(path, { recursive: true })
    chmodSync(path, mode)
  },
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined
    throw error
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
