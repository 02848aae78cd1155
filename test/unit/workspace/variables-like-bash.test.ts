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
const path = join(folder, 'assignments.env')
afterAll(() => rmSync(folder, { recursive: true }))

/** What bash itself makes of the text. */
function sourceInBash(text: string): Record<string, string> {
  writeFileSync(path, text)
  const output = execFileSync('bash', ['--norc', '-c', 'set -a; source "$0"; exec env -0', path], {
    env: { ...scope, PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
  })
  const pairs = output
    .split('\0')
    .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
  return Object.fromEntries(pairs.filter(([name]) => names.some(known => known === name)))
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

test('every file of assignments means what it means to bash', { timeout: 120_000 }, ({ expect }) => {
  fc.assert(
    fc.property(file, text => {
      const { variables, problems } = parseVariables(text, scope)
      expect({ problems, variables: { OUTER: scope.OUTER, EMPTY: '', ...variables } }).toEqual({
        problems: [],
        variables: sourceInBash(text),
      })
    }),
  )
})
