import type { Edges } from './command.ts'

/** Where answers are kept that may be asked for again. Nothing decides by them that could not be read anew. */
export const cacheDirectory = ({ environment, person }: Pick<Edges, 'environment' | 'person'>): string =>
  `${environment['XDG_CACHE_HOME'] || `${person.home}/.cache`}/kde-tp`
