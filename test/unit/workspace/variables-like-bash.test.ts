import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, test } from 'vitest'
import { parseVariables } from '../../../workspace/variables.ts'

const scope = { HOME: '/home/ada', OUTER: 'from "outside"', EMPTY: '' }
const names = ['A', 'B', 'C', 'D', 'OUTER', 'EMPTY'] as const

const folder = mkdtempSync(join(tmpdir(), 'kde-tp-variables-'))
afterAll(() => rmSync(folder, { recursive: true }))

// Sources each file, and prints the variables that are set then and an empty one. One bash does for all files, because
// it runs no program for any: each starts from the same variables.
const SOURCE_EACH = `
for file in "$0"/*; do
  unset ${names.join(' ')}
  OUTER=$outer EMPTY=
  set -a
  source "$file"
  set +a
  for name in ${names.join(' ')}; do
    [ -v "$name" ] && printf '%s=%s\\0' "$name" "\${!name}"
  done
  printf '\\0'
done`

/** What bash itself makes of each text. */
function sourceInBash(texts: readonly string[]): readonly Record<string, string>[] {
  for (const [index, text] of texts.entries())
    writeFileSync(join(folder, String(index).padStart(6, '0')), text)
  const output = execFileSync('bash', ['--norc', '-c', SOURCE_EACH, folder], {
    env: { HOME: scope.HOME, outer: scope.OUTER, PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return toMeanings(output.split('\0').slice(0, -1))
}

function toMeanings(pairs: readonly string[]): readonly Record<string, string>[] {
  const meanings: Record<string, string>[] = []
  let variables: Record<string, string> = {}
  for (const pair of pairs) {
    if (pair !== '') {
      variables[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1)
      continue
    }
    meanings.push(variables)
    variables = {}
  }
  return meanings
}

const name = fc.constantFrom(...names)
const characters = (allowed: string) => fc.string({ unit: fc.constantFrom(...allowed), maxLength: 8 })

const plain = characters('abz019_-+./:,@%^=?!*[]{}~#é')
// A line that goes on in the next is joined even inside a name or behind `~`: left out, hence the dots.
const continued = fc.constant('.\\\n.')
const escaped = fc.constantFrom(...'ab$`"\\\' \t;&|()<>#~=!{}n').map(character => `\\${character}`)
const singleQuoted = characters('a $`"\\\n#;=~é{}').map(text => `'${text}'`)
const ansiQuoted = fc
  .array(
    fc.constantFrom(
      'a',
      ' ',
      '$',
      '"',
      '\n',
      '\\n',
      '\\t',
      "\\'",
      '\\\\',
      '\\x41',
      '\\101',
      '\\u00e9',
      '\\q',
      '\\e',
    ),
  )
  .map(parts => `$'${parts.join('')}'`)
const variable = name.chain(known => fc.constantFrom(`$${known}`, `\${${known}}`))
const loneDollar = fc.constantFrom('$.', '$/', '$%', '$=')

const { quoted, piece } = fc.letrec<{ quoted: string; piece: string }>(tie => {
  const word = fc.array(tie('piece'), { maxLength: 2 }).map(pieces => pieces.join(''))
  // Inside "${A:-…}" bash wants single quotes in pairs though it keeps them, and reads "\a" as if unquoted: left out.
  const innerQuoted = fc.tuple(characters('ab #;|&~'), variable).map(parts => `"${parts.join('')}"`)
  const quotedWord = fc.oneof(characters('ab #;|&~'), variable, innerQuoted)
  const alternative = (text: fc.Arbitrary<string>) =>
    fc.tuple(name, fc.constantFrom('-', ':-', '+', ':+'), text).map(parts => `\${${parts.join('')}}`)
  const quotedPart = fc.oneof(
    { maxDepth: 2 },
    characters("ab '\n#;|&()<>~*=é"),
    escaped,
    continued,
    variable,
    loneDollar,
    alternative(quotedWord),
  )
  return {
    quoted: fc.array(quotedPart, { maxLength: 4 }).map(parts => `"${parts.join('')}"`),
    piece: fc.oneof(
      { maxDepth: 2 },
      ...[plain, escaped, continued, singleQuoted, ansiQuoted, variable, loneDollar, tie('quoted')],
      alternative(word.filter(text => !/[{}~]/.test(text))),
    ),
  }
})

const value = fc.array(fc.oneof(piece, quoted, fc.constantFrom('~', '~/x', ':~/y')), { maxLength: 4 })
const assignment = fc
  .tuple(name, fc.constantFrom('=', '=', '=', '+='), value)
  .map(([known, operator, parts]) => `${known}${operator}${parts.join('')}`)
const assignments = fc.array(assignment, { minLength: 1, maxLength: 3 }).map(all => all.join(' '))
// `export A={a,b}` is two words to bash, and `A={a,b}` is one: left out, because nobody wants the two.
const exported = assignments.filter(all => !/(^|[^$])\{/.test(all)).map(all => `export ${all}`)
const statement = fc.oneof(assignments, exported, fc.constantFrom('export A', 'export A B'))
const line = fc.oneof(
  fc.array(statement, { minLength: 1, maxLength: 2 }).map(all => all.join(' && ')),
  fc.tuple(statement, statement).map(both => both.join(' ; ')),
  assignment.map(one => `\t ${one}\t# a comment, 'with a quote`),
  assignment.map(one => `${one};`),
  fc.constantFrom('', '  ', '# nothing = here'),
)
// Bash's directory stack, which we report.
const directoryStack = /[=:]~(?:[+-]0*|0+)(?=[/:\s;&|]|$)/
const file = fc
  .array(line, { maxLength: 6 })
  .map(lines => lines.join('\n'))
  .filter(text => !directoryStack.test(text))

const meaningToUs = (text: string) => {
  const { variables, problems } = parseVariables(text, scope)
  return { problems, variables: { OUTER: scope.OUTER, EMPTY: '', ...variables } }
}

/** So many each time, however much else is tried with random values. */
const AMOUNT = 10_000

test(`${AMOUNT} files of assignments mean what they mean to bash`, ({ expect }) => {
  const { seed = Date.now() } = fc.readConfigureGlobal()
  const texts = fc.sample(file, { numRuns: AMOUNT, seed })
  const meanings = sourceInBash(texts)
  expect(meanings.length).toBe(texts.length)
  for (const [index, text] of texts.entries()) {
    const toBash = { problems: [], variables: meanings[index] }
    expect(meaningToUs(text), `seed ${seed}, ${JSON.stringify(text)}`).toEqual(toBash)
  }
})
