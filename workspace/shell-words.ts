import { t } from '../language/t.ts'
/** Something that bash would do and we do not, and where it stands. */
export interface ShellProblem {
  readonly position: number
  readonly message: string
}

const ENDS_WORD = /[ \t\n;&|()<>]/
const NAME = '[A-Za-z_][A-Za-z0-9_]*'
const token = {
  continuation: /\\\n/y,
  escaped: /\\(.)/sy,
  escapedInQuotes: /\\([$`"\\])/y,
  escapedBrace: /\\(\})/y,
  singleQuoted: /'([^']*)'/y,
  doubleQuoted: /"(?:[^"\\]|\\.)*"/sy,
  ansiQuoted: /\$'((?:[^'\\]|\\.)*)'/sy,
  openingQuote: /\$?"/y,
  home: /~(?=[/: \t\n;&|()<>]|$)/y,
  directory: /~(?:[+-]0*|0+)(?=[/: \t\n;&|()<>]|$)/y,
  variable: new RegExp(`\\$(?:(${NAME})|\\{(${NAME})\\})`, 'y'),
  alternative: new RegExp(`\\$\\{(${NAME})(:?)([-+])`, 'y'),
  command: /\$\(|`/y,
  unsupported: /\$(?:[0-9@*#?$!-]|\[[^\]]*\]|\{[^}]*\}?)/y,
}

/**
 * Reads words of a shell script as bash does, and expands variables in them.
 * Runs nothing: what bash would run is passed over and named.
 */
export class ShellWords {
  readonly problems: ShellProblem[] = []
  readonly #text: string
  readonly #lookUp: (name: string) => string | undefined
  #position = 0

  constructor(text: string, lookUp: (name: string) => string | undefined) {
    this.#text = text
    this.#lookUp = lookUp
  }

  get atEnd(): boolean {
    return this.#position >= this.#text.length
  }

  /** Moves past `pattern`, which is sticky, if it stands here. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position
    const match = pattern.exec(this.#text)
    if (match === null) return undefined
    this.#position = pattern.lastIndex
    return match
  }

  peek(pattern: RegExp): string {
    const match = this.take(pattern)?.[0] ?? ''
    this.#position -= match.length
    return match
  }

  lookUp(name: string): string {
    return this.#lookUp(name) ?? ''
  }

  report(message: string, position = this.#position): void {
    this.problems.push({ position, message })
  }

  /** What stands behind `NAME=`, up to a blank or an operator: bash splits and globs nothing there. */
  readValue(): string {
    let value = ''
    let mayBeTilde = true
    while (!this.atEnd && !ENDS_WORD.test(this.#next())) {
      const directory = mayBeTilde ? this.#readTilde() : undefined
      mayBeTilde = this.#next() === ':'
      value += directory ?? this.#readPiece()
    }
    return value
  }

  /** Undefined where a `~` stands for itself; that of another person, `~ada`, does so here too. */
  #readTilde(): string | undefined {
    const start = this.#position
    if (this.take(token.home)) return this.#lookUp('HOME') ?? '~'
    const directory = this.take(token.directory)
    if (!directory) return undefined
    this.report(t`${directory[0]} is not supported; ~ is`, start)
    return ''
  }

  #next(): string {
    return this.#text.charAt(this.#position)
  }

  #readCharacter(): string {
    this.#position += 1
    return this.#text.charAt(this.#position - 1)
  }

  /** A piece of text with no double quotes around it: a quoted part, an expansion or a character. */
  #readPiece(): string {
    if (this.take(token.continuation)) return ''
    const literal = this.take(token.escaped) ?? this.take(token.singleQuoted)
    if (literal) return literal[1] ?? ''
    const ansi = this.take(token.ansiQuoted)
    if (ansi) return decodeAnsi(ansi[1] ?? '')
    const start = this.#position
    if (this.take(token.openingQuote)) return this.#readQuoted(start)
    if (this.#next() === "'") return this.#neverClosed(start) ?? ''
    return this.#readExpansion(false) ?? this.#readCharacter()
  }

  #readQuoted(start: number): string {
    return this.#readUntil('"', start, () => this.#readQuotedPiece()) ?? ''
  }

  #readQuotedPiece(): string {
    if (this.take(token.continuation)) return ''
    return this.take(token.escapedInQuotes)?.[1] ?? this.#readExpansion(true) ?? this.#readCharacter()
  }

  /** Undefined where a `$` stands for itself, or none stands here. */
  #readExpansion(quoted: boolean): string | undefined {
    const start = this.#position
    const variable = this.take(token.variable)
    if (variable) return this.lookUp(variable[1] ?? variable[2] ?? '')
    const alternative = this.take(token.alternative)
    if (alternative) return this.#readAlternative(alternative, quoted, start)
    const command = this.take(token.command)
    if (command) return this.#passOverCommand(command[0] === '`' ? '`' : ')', start)
    const unsupported = this.take(token.unsupported)
    if (!unsupported) return undefined
    this.report(
      t`${unsupported[0]} is not supported; $NAME, \${NAME}, \${NAME:-text} and \${NAME:+text} are`,
      start,
    )
    return ''
  }

  /** `${NAME:-text}` and its like: the text is read in any case, and what is wrong with it counts if it is used. */
  #readAlternative([, name = '', colon, operator]: RegExpExecArray, quoted: boolean, start: number): string {
    const value = this.#lookUp(name)
    const isGiven = colon ? (value ?? '') !== '' : value !== undefined
    const isUsed = isGiven === (operator === '+')
    const problemsBefore = this.problems.length
    const readPiece = quoted ? () => this.#readQuotedAlternativePiece() : () => this.#readPiece()
    const text = this.#readUntil('}', start, readPiece)
    if (text === undefined) return ''
    if (isUsed) return text
    this.problems.length = problemsBefore
    return operator === '-' ? (value ?? '') : ''
  }

  #readQuotedAlternativePiece(): string {
    const start = this.#position
    if (this.take(token.openingQuote)) return this.#readQuoted(start)
    return this.take(token.escapedBrace)?.[1] ?? this.#readQuotedPiece()
  }

  #readUntil(end: string, start: number, readPiece: () => string): string | undefined {
    let text = ''
    while (!this.atEnd) {
      if (this.#next() === end) {
        this.#position += 1
        return text
      }
      text += readPiece()
    }
    return this.#neverClosed(start)
  }

  #neverClosed(start: number): undefined {
    this.report(t`the ${this.#text.charAt(start)} here is never closed`, start)
    this.#position = this.#text.length
  }

  /** Quotes and inner parentheses do not end a command. */
  #passOverCommand(end: string, start: number): string {
    let depth = 1
    this.report(t`a command would be run here`, start)
    while (!this.atEnd && depth > 0) {
      if (this.take(token.escaped) ?? this.take(token.singleQuoted) ?? this.take(token.doubleQuoted)) continue
      const character = this.#readCharacter()
      if (character === '(' && end === ')') depth += 1
      if (character === end) depth -= 1
    }
    return ''
  }
}

const ANSI_ESCAPE =
  /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|([abeEfnrtv\\'"?]))/g
const ansiCharacters = new Map(
  Object.entries({ a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }),
)

/** The text between `$'` and `'`. */
function decodeAnsi(text: string): string {
  return text.replace(ANSI_ESCAPE, (_, x?: string, u?: string, U?: string, octal?: string, letter = '') => {
    const hex = x ?? u ?? U
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255)
    return ansiCharacters.get(letter) ?? letter
  })
}
