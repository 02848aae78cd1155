/**
 * Prints which tests or passages of the guide stand for each row of docs/contract.md, and fails where there is none, or
 * where the table of mutations no longer fits the code. With --mutate [SEED] takes away the code behind ten rows chosen at
 * random, and fails where their tests do not see it.
 */
import { globSync, readFileSync } from 'node:fs'
import { showThatTestsFail, staleMutations } from './contract-mutations.ts'

interface Row {
  readonly id: string
  readonly isAdvice: boolean
}

const LANGUAGES = ['', '.zh-TW']

const rows = readRows()
const tests = findIn(globSync('test/{commands,e2e}/*.test.ts'), /\bS-\d{2,3}\b/g)
const passages = LANGUAGES.map(language => {
  const pages = globSync('docs/guide/*.md').filter(page => page.endsWith('.zh-TW.md') === (language !== ''))
  return findIn(pages, /(?<=<a id=")S-\d{2,3}(?="><\/a>)/g)
})

process.exitCode = process.argv.includes('--mutate') ? await showThatTestsFail() : printTable()

function readRows(): readonly Row[] {
  const text = readFileSync('docs/contract.md', 'utf8')
  const found = [...text.matchAll(/^- \*\*(S-\d{2,3})\*\*( \*advice\*)?/gm)]
  return found.map(([, id = '', advice]) => ({ id, isAdvice: advice !== undefined }))
}

/** Where each id stands, as `file:line`. */
function findIn(files: readonly string[], ids: RegExp): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>()
  for (const file of files.toSorted()) {
    for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
      for (const [id] of line.matchAll(ids))
        places.set(id, [...(places.get(id) ?? []), `${file}:${index + 1}`])
    }
  }
  return places
}

function printTable(): number {
  const gaps = rows.filter(row => !print(row)).map(({ id }) => id)
  const known = new Set(rows.map(({ id }) => id))
  const unknown = [tests, ...passages].flatMap(places => [...places.keys()]).filter(id => !known.has(id))
  if (unknown.length > 0) console.log(`\nNo rows of the contract: ${unknown.join(', ')}`)
  if (gaps.length > 0) console.log(`\n${gaps.length} of ${rows.length} rows have a gap: ${gaps.join(', ')}`)
  const stale = staleMutations()
  if (stale.length > 0) console.log(`\nMutations that are out of date:\n${stale.join('\n')}`)
  return gaps.length + unknown.length + stale.length === 0 && rows.length > 0 ? 0 : 1
}

function print({ id, isAdvice }: Row): boolean {
  const needed = isAdvice ? passages : [tests]
  const places = needed.map(each => each.get(id) ?? [])
  const hasGap = places.some(each => each.length === 0)
  console.log(`${id.padEnd(5)}  ${hasGap ? 'GAP  ' : ''}${places.flat().join('  ')}`)
  return !hasGap
}
