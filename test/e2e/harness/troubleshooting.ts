import { readFileSync } from 'node:fs'

export type Page = 'troubleshooting.md' | 'troubleshooting.zh-TW.md'

/** What the page on troubleshooting says to do about a code. Throws where it says nothing. */
export function adviceOn(code: string, page: Page = 'troubleshooting.md'): string {
  const text = readFileSync(new URL(`../../../docs/guide/${page}`, import.meta.url), 'utf8')
  const advice = new RegExp(`^\\| ${code} \\| (.*) \\|$`, 'm').exec(text)?.[1]
  if (advice === undefined) throw new Error(`${page} has no ${code}`)
  return advice
}

/** What stands between backticks, in its order. */
export const spansOf = (advice: string): readonly string[] =>
  [...advice.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span)
