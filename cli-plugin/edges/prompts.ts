import { confirm, isCancel, select, text } from '@clack/prompts'
import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'

export interface Choice {
  readonly value: string
  readonly hint?: string
  /** Shown, and not to be chosen. */
  readonly disabled?: boolean
}

/** Questions to a person. Each throws CANCELLED where the person leaves; none is asked without a terminal. */
export interface Prompts {
  readonly available: boolean
  choose(question: string, choices: readonly Choice[]): Promise<string>
  ask(
    question: string,
    input?: { readonly suggestion?: string; readonly refuse?: (answer: string) => string | undefined },
  ): Promise<string>
  confirm(question: string): Promise<boolean>
}

/** Questions go to standard error: standard output is for results. */
export const prompts = (available: boolean): Prompts => ({
  available,
  async choose(question, choices) {
    const options = choices.map(({ value, hint, disabled }) => ({
      value,
      label: value,
      ...(hint !== undefined && { hint }),
      ...(disabled !== undefined && { disabled }),
    }))
    return answered(await select({ message: question, options, output: questionsTo(process.stderr) }))
  },
  async ask(question, { suggestion, refuse } = {}) {
    const answer = await text({
      message: question,
      output: questionsTo(process.stderr),
      ...(suggestion !== undefined && { placeholder: suggestion, defaultValue: suggestion }),
      validate: value => (value === undefined || value === '' ? undefined : refuse?.(value)),
    })
    return answered(answer)
  },
  async confirm(question) {
    return answered(
      await confirm({ message: question, initialValue: false, output: questionsTo(process.stderr) }),
    )
  },
})

/** A terminal that does not know its size says 0, at which each letter would get a line of its own. */
function questionsTo(terminal: NodeJS.WriteStream): NodeJS.WriteStream {
  if (terminal.columns === 0) terminal.columns = 80
  if (terminal.rows === 0) terminal.rows = 24
  return terminal
}

function answered<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer))
    throw new KdeTpError('CANCELLED', t`Left at a question.`, { left: t`Nothing was changed.` })
  return answer as Exclude<T, symbol>
}
