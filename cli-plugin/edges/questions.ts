import type { Readable, Writable } from 'node:stream'
import { styleText } from 'node:util'
import { AutocompletePrompt, type State, TextPrompt } from '@clack/core'
import { limitOptions, S_BAR, symbol } from '@clack/prompts'
import widthOf from 'fast-string-width'
import { t } from '../../language/t.ts'
import { padded } from '../output/table.ts'

// The library's own drawings of these two speak English alone, hide all hints but one, and check only after Enter.

const MOST_ROWS = 12
/** Lines of a list that are no rows, and the width of the bar before each line. */
const AROUND_ROWS = { rowPadding: 4, columnPadding: 3 }

export interface Choice {
  readonly value: string
  readonly hint?: string
  /** Shown, and not to be chosen. */
  readonly disabled?: boolean
}

export interface TextInput {
  /** What Enter alone answers. */
  readonly suggestion?: string
  /** Says what is wrong with what is typed so far. */
  readonly refuse?: (typed: string) => string | undefined
}

/** Where a question is drawn, and what its keys come from; default: standard input. */
export interface Streams {
  readonly output: Writable
  readonly input?: Readable
}

/** A list that what is typed filters. A symbol where the person leaves. */
export function askChoice(question: string, choices: readonly Choice[], streams: Streams) {
  const width = Math.max(0, ...choices.map(({ value }) => widthOf(value)))
  const first = choices.find(({ disabled }) => disabled !== true)
  return new AutocompletePrompt<Choice>({
    ...streams,
    options: [...choices],
    filter: (typed, { value, hint = '' }) => `${value} ${hint}`.toLowerCase().includes(typed.toLowerCase()),
    ...(first !== undefined && { initialValue: [first.value] }),
    validate: chosen =>
      chosen === undefined || first === undefined ? t`None of these can be chosen.` : undefined,
    render() {
      if (isOver(this.state)) return drawOver(this.state, question, this.selectedValues[0])
      const rows = limitOptions<Choice>({
        output: streams.output,
        maxItems: MOST_ROWS,
        ...AROUND_ROWS,
        cursor: this.cursor,
        options: this.filteredOptions,
        style: (choice, isFocused) => drawChoice(choice, isFocused, width),
      })
      const typed = `${styleText('dim', t`Filter:`)} ${this.userInputWithCursor}`
      const none = rows.length === 0 ? [styleText('yellow', t`Nothing matches.`)] : []
      const last =
        this.state === 'error'
          ? styleText('yellow', this.error)
          : styleText('dim', t`↑/↓ moves, typing filters, Enter chooses, Ctrl-C leaves.`)
      return draw(this.state, question, [typed, ...none, ...rows, last])
    },
  }).prompt()
}

/** A line of text, which is checked while it is typed. A symbol where the person leaves. */
export function askText(question: string, { suggestion = '', refuse }: TextInput, streams: Streams) {
  const problemOf = (typed: string | undefined) => (typed ? refuse?.(typed) : undefined)
  return new TextPrompt({
    ...streams,
    defaultValue: suggestion,
    validate: problemOf,
    render() {
      if (isOver(this.state)) return drawOver(this.state, question, this.value)
      const problem = problemOf(this.userInput)
      const typed = this.userInput === '' ? styleText('dim', suggestion || '_') : this.userInputWithCursor
      const state = problem === undefined ? 'active' : 'error'
      return draw(state, question, [typed, ...(problem === undefined ? [] : [styleText('yellow', problem)])])
    },
  }).prompt()
}

const isOver = (state: State): boolean => state === 'submit' || state === 'cancel'

const drawOver = (state: State, question: string, answer = ''): string =>
  draw(state, question, state === 'submit' ? [styleText('dim', answer)] : [])

const draw = (state: State, question: string, lines: readonly string[]): string =>
  [`${symbol(state)}  ${question}`, ...lines.map(line => `${styleText('gray', S_BAR)}  ${line}`)].join('\n')

function drawChoice({ value, hint, disabled }: Choice, isFocused: boolean, width: number): string {
  const text = hint === undefined ? value : `${padded(value, width)}  ${styleText('dim', hint)}`
  if (disabled === true) return `  ${styleText('gray', text)}`
  return isFocused ? `${styleText('green', '›')} ${text}` : `  ${text}`
}
