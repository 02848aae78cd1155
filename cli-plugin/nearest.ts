import { closest, distance } from 'fastest-levenshtein'

/** Which of the words was probably meant; undefined where none looks like what was typed. */
export function nearestOf(typed: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined
  const nearest = closest(typed, words)
  return distance(typed, nearest) <= Math.max(2, typed.length / 3) ? nearest : undefined
}
