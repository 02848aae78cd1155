import { dirname } from 'node:path'
import { KdeTpError } from '../session/errors.ts'
import type { Edges } from './command.ts'

/** Where answers are kept that may be asked for again. Nothing decides by them that could not be read anew. */
export const cacheDirectory = ({ environment, person }: Pick<Edges, 'environment' | 'person'>): string =>
  `${environment['XDG_CACHE_HOME'] || `${person.home}/.cache`}/kde-tp`

/** Keeps an answer for the next time. A home or a disk that takes nothing costs that time, and no more. */
export function keepInCache(path: string, answer: unknown, { files }: Pick<Edges, 'files'>): void {
  try {
    files.makeDirectory(dirname(path), 0o700)
    files.writeText(path, JSON.stringify(answer), 0o600)
  } catch (error) {
    if (!(error instanceof KdeTpError)) throw error
  }
}
