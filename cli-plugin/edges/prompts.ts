import { confirm, isCancel } from '@clack/prompts'
import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'
import { askChoice, askText, type Choice, type TextInput } from './questions.ts'

/** Questions to a person. Each throws CANCELLED where the person leaves; none is asked without a terminal. */
export interface Prompts {
  readonly available: boolean
  choose(question: string, choices: readonly Choice[]): Promise<string>
  ask(question: string, input?: TextInput): Promise<string>
  confirm(question: string): Promise<boolean>
}

/** Questions go to standard error: standard output is for results. */
export const prompts = (available: boolean): Prompts => ({
  available,
  choose: async (question, choices) =>
    String(answered(await askChoice(question, choices, { output: questionsTo(process.stderr) }))),
  ask: async (question, input = {}) =>
    answered(await askText(question, input, { output: questionsTo(process.stderr) })) ?? '',
  confirm: async question =>
    answered(
      await confirm({
        message: question,
        active: t`Yes`,
        inactive: t`No`,
        initialValue: false,
        output: questionsTo(process.stderr),
      }),
    ),
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
