import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { gzipSync } from 'node:zlib'

declare const KDE_TP_BUILT_PAGE: string | undefined

/** The page's files, gzipped, by their paths in it, as `assets/index-1a2b.js`. */
export type Page = ReadonlyMap<string, Buffer>

/**
 * The page that the build has put into the program; undefined where it had none. Where the sources run as they are, that
 * of `dist/ui`. KDE_TP_PAGE names another directory, for those who work on it.
 */
export function readPage(environment: Readonly<Record<string, string | undefined>>): Page | undefined {
  const directory = environment['KDE_TP_PAGE']
  if (directory !== undefined && directory !== '') return pageIn(directory)
  if (typeof KDE_TP_BUILT_PAGE === 'string') return unpacked(KDE_TP_BUILT_PAGE)
  return pageIn(join(dirname(process.argv[1] ?? ''), '../dist/ui'))
}

/** As the build puts it into the program. */
export function packed(directory: string): string | undefined {
  const page = pageIn(directory)
  if (page === undefined) return undefined
  return JSON.stringify([...page].map(([path, content]) => [path, content.toString('base64')]))
}

function unpacked(text: string): Page {
  const files = JSON.parse(text) as readonly (readonly [string, string])[]
  return new Map(files.map(([path, content]) => [path, Buffer.from(content, 'base64')]))
}

/** Read whole, so that a name which is asked for is never looked up on a disk. */
function pageIn(directory: string): Page | undefined {
  if (!existsSync(join(directory, 'index.html'))) return undefined
  const paths = readdirSync(directory, { recursive: true }).map(String).toSorted()
  const files = paths.filter(path => statSync(join(directory, path)).isFile() && !path.endsWith('.map'))
  const read = (path: string): Buffer => gzipSync(readFileSync(join(directory, path)), { level: 9 })
  return new Map(files.map(path => [path.replaceAll(sep, '/'), read(path)]))
}
