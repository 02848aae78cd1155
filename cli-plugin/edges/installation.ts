import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Person } from './person.ts'
import { runProgram } from './program.ts'

/** What `setup` sees and changes of the computer. Paths are absolute. */
export interface Installation {
  readonly platform: string
  /** The file of the program that runs; undefined where Node runs it. */
  readonly program: string | undefined
  /** Whether a file can be made there, were it for a directory that must be made first. */
  isWritable(directory: string): boolean
  isProgram(path: string): boolean
  exists(path: string): boolean
  isSameFile(one: string, other: string): boolean
  /** Where a symbolic link points, as it was written. */
  linkTarget(path: string): string | undefined
  /** PATH as a new login shell has it; undefined where the shell gives no answer. */
  loginPath(shell: string, person: Person): Promise<string | undefined>
  /** What a file says to docker's question for a plugin's metadata; empty where it says nothing. */
  metadata(plugin: string): Promise<string>
  /** These make the directory too. What was there is replaced at once: nobody meets a half of it. */
  copy(source: string, path: string): void
  write(content: string, path: string): void
  link(target: string, path: string): void
  remove(path: string): void
  /** Removes the directory and those above it as far as they were made here and nothing is in them. */
  leave(directory: string): void
}

/** Stands in each directory that was made here, so that it can be told from one that was there before. */
const MADE_HERE = '.made-by-kde-tp'

export const installation: Installation = {
  platform: process.platform,
  // The sources of a compiled program lie in a file system of its own.
  program: process.argv[1]?.startsWith('/$bunfs/') ? realpathSync(process.execPath) : undefined,
  isWritable: directory => may(constants.W_OK | constants.X_OK, nearest(directory)),
  isProgram: path => isFile(path) && may(constants.X_OK, path),
  exists: path => seen(path, lstatSync) !== undefined,
  isSameFile: (one, other) => isFile(one) && isFile(other) && realpathSync(one) === realpathSync(other),
  linkTarget: path => (seen(path, lstatSync)?.isSymbolicLink() ? readlinkSync(path) : undefined),
  loginPath,
  metadata: async plugin =>
    (await runProgram(plugin, ['docker-cli-plugin-metadata'], { timeoutSeconds: 10 })).stdout,
  copy: (source, path) => place(path, draft => copyFileSync(source, draft)),
  write: (content, path) => place(path, draft => writeFileSync(draft, content)),
  link: (target, path) => place(path, draft => symlinkSync(target, draft)),
  remove: path => rmSync(path, { force: true }),
  leave,
}

async function loginPath(shell: string, { home, name }: Person): Promise<string | undefined> {
  // A profile may print things of its own: the answer is what stands between two zero bytes.
  const question = `printf '\\000%s\\000' "$PATH"`
  const clean = ['-i', `HOME=${home}`, `USER=${name}`, `LOGNAME=${name}`, `SHELL=${shell}`]
  const { stdout } = await runProgram('env', [...clean, shell, '-lc', question], { timeoutSeconds: 10 })
  return stdout.split('\0')[1]
}

function place(path: string, make: (draft: string) => void): void {
  makeDirectory(dirname(path))
  const draft = join(dirname(path), `.kde-tp.${process.pid}.draft`)
  rmSync(draft, { force: true })
  try {
    make(draft)
    if (!lstatSync(draft).isSymbolicLink()) chmodSync(draft, 0o755)
    renameSync(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
}

function makeDirectory(path: string): void {
  if (seen(path, statSync) !== undefined) return
  makeDirectory(dirname(path))
  mkdirSync(path)
  chmodSync(path, 0o755)
  writeFileSync(join(path, MADE_HERE), '')
}

function leave(directory: string): void {
  const mark = join(directory, MADE_HERE)
  if (!isFile(mark)) return
  rmSync(mark)
  if (readdirSync(directory).length === 0) rmdirSync(directory)
  leave(dirname(directory))
}

function nearest(directory: string): string {
  return seen(directory, statSync) === undefined ? nearest(dirname(directory)) : directory
}

function may(rights: number, path: string): boolean {
  try {
    accessSync(path, rights)
    return true
  } catch {
    return false
  }
}

const isFile = (path: string): boolean => seen(path, statSync)?.isFile() ?? false

/** What cannot be looked at, as a folder of somebody else's on PATH, is as good as missing. */
function seen(path: string, look: (path: string) => Stats): Stats | undefined {
  try {
    return look(path)
  } catch {
    return undefined
  }
}
