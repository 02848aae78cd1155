import type { Prompts } from '../../cli-plugin/edges/prompts.ts'

/** A question that is expected next, and what the person answers: of `confirm`, yes or no. */
export type Reply = readonly [question: string, answer: string | boolean]

export interface FakePrompts extends Prompts {
  /** What was offered with each question: choices, or a suggestion. */
  readonly offered: readonly (readonly string[])[]
  /** What was told of each choice. */
  readonly hints: ReadonlyMap<string, string | undefined>
  /** What was said of answers that were not taken, each followed by the next one. */
  readonly refused: readonly string[]
  unasked(): readonly string[]
}

/** A person who expects these questions in this order; without any, there is no terminal. */
export function fakePrompts(replies: readonly Reply[] | undefined): FakePrompts {
  const waiting = [...(replies ?? [])]
  const offered: string[][] = []
  const hints = new Map<string, string | undefined>()
  const refused: string[] = []

  function reply(question: string, ...choices: readonly string[]): string | boolean {
    const [expected, answer] = waiting.shift() ?? []
    if (expected !== question) throw new Error(`unexpected question: ${question}`)
    offered.push([...choices])
    return answer ?? false
  }

  return {
    available: replies !== undefined,
    choose: async (question, choices) => {
      for (const { value, hint } of choices) hints.set(value, hint)
      const answer = String(reply(question, ...choices.map(({ value }) => value)))
      const choice = choices.find(({ value }) => value === answer)
      if (choice === undefined || choice.disabled) throw new Error(`not to be chosen: ${answer}`)
      return answer
    },
    async ask(question, input = {}) {
      const { suggestion, refuse } = input
      const answer = String(reply(question, ...(suggestion === undefined ? [] : [suggestion])))
      const refusal = answer === '' ? undefined : refuse?.(answer)
      if (refusal === undefined) return answer || (suggestion ?? '')
      refused.push(refusal)
      return this.ask(question, input)
    },
    confirm: async question => reply(question) === true,
    offered,
    hints,
    refused,
    unasked: () => waiting.map(([question]) => question),
  }
}
