import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** Every entry below a directory, with its rights and what it holds. */
export function filesBelow(directory: string): Readonly<Record<string, string>> {
  const paths = readdirSync(directory, { recursive: true }).map(String)
  return Object.fromEntries(paths.map(path => [path, describe(join(directory, path))]))
}

function describe(path: string): string {
  const entry = lstatSync(path)
  const mode = entry.mode.toString(8)
  if (entry.isSymbolicLink()) return `${mode} -> ${readlinkSync(path)}`
  return entry.isFile() ? `${mode} ${createHash('sha256').update(readFileSync(path)).digest('hex')}` : mode
}
