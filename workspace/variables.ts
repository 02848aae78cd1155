import { t } from '../language/t.ts'
import { ShellWords } from './shell-words.ts'

export type Variables = Readonly<Record<string, string>>

export interface VariableProblem {
  /** Both counted from 1; columns in characters. */
  readonly line: number
  readonly column: number
  readonly message: string
}

export interface ParsedVariables {
  /** What the text itself assigns. */
  readonly variables: Variables
  /** What bash would run, or could not read. None of it was done. */
  readonly problems: readonly VariableProblem[]
}

const BLANKS = /(?:[ \t]|\\\n)+(?:#[^\n]*)?/y
const BETWEEN = /(?:[ \t\n;]|\\\n|&&|#[^\n]*)+/y
const STATEMENT_END = /(?=[\n;]|&&)/y
const LINE_END = /(?=[\n;])/y
const EXPORT = /export(?=[ \t])/y
const NAME = /[A-Za-z_][A-Za-z0-9_]*(?=[ \t\n;]|&&|$)/y
const ASSIGNMENT = /([A-Za-z_][A-Za-z0-9_]*)(\+?)=/y
const WORD = /[^ \t\n;]+/y
const CHARACTER = /./sy

/**
 * Parses a file of assignments as `set -a; source FILE` would, and runs nothing. `$NAME` is what stands above, else
 * what `scope` has, else empty. A value for which bash would run something is left out, and is a problem.
 */
export function parseVariables(text: string, scope: Variables): ParsedVariables {
  // Git on Windows writes CRLF, which bash would keep in every value.
  const source = text.replaceAll('\r\n', '\n')
  const assigned = new Map<string, string>()
  const statement = new Map<string, string>()
  const known = new Map(Object.entries(scope))
  const words = new ShellWords(source, name => statement.get(name) ?? assigned.get(name) ?? known.get(name))

  for (words.take(BETWEEN); !words.atEnd; words.take(BETWEEN)) {
    for (const [name, value] of readStatement(words, statement)) assigned.set(name, value)
    statement.clear()
  }
  return { variables: Object.fromEntries(assigned), problems: toLines(source, words.problems) }
}

/**
 * Reads up to a newline, `;` or `&&`, and returns what is assigned. Assignments see those before them in `statement`;
 * those of an `export` do not, because bash expands all of its words first.
 */
function readStatement(words: ShellWords, statement: Map<string, string>): ReadonlyMap<string, string> {
  const isExport = words.take(EXPORT) !== undefined
  const assigned = isExport ? new Map<string, string>() : statement
  for (words.take(BLANKS); !endsHere(words, STATEMENT_END); words.take(BLANKS)) {
    if (readAssignment(words, assigned) || (isExport && words.take(NAME))) continue
    passOverCommand(words, assigned.size > 0 && !isExport)
    return new Map()
  }
  return new Map(assigned)
}

function readAssignment(words: ShellWords, assigned: Map<string, string>): boolean {
  const assignment = words.take(ASSIGNMENT)
  if (!assignment) return false
  const [, name = '', append] = assignment
  const problemsBefore = words.problems.length
  const value = words.readValue()
  if (words.problems.length === problemsBefore) {
    assigned.set(name, append ? (assigned.get(name) ?? words.lookUp(name)) + value : value)
  }
  return true
}

function passOverCommand(words: ShellWords, followsAssignment: boolean): void {
  const word = JSON.stringify(words.peek(WORD))
  words.report(
    followsAssignment
      ? t`only assignments are read, and ${word} is none; a value with blanks in it needs quotes`
      : t`only assignments are read, and ${word} is none`,
  )
  while (!endsHere(words, LINE_END)) {
    if (words.readValue() === '' && !endsHere(words, LINE_END)) words.take(CHARACTER)
  }
}

const endsHere = (words: ShellWords, end: RegExp): boolean => words.atEnd || words.take(end) !== undefined

/** The first problem of each line: what follows it there is mostly its echo. */
function toLines(source: string, problems: ShellWords['problems']): ParsedVariables['problems'] {
  const lines = new Map<number, VariableProblem>()
  for (const { position, message } of problems) {
    const before = source.slice(0, position).split('\n')
    const line = before.length
    const column = 1 + [...(before.at(-1) ?? '')].length
    if (!lines.has(line)) lines.set(line, { line, column, message })
  }
  return [...lines.values()].sort((a, b) => a.line - b.line)
}
