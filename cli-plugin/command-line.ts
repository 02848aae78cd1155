import { parseArgs } from 'node:util'
import { usage } from '../session/errors.ts'
import type { Command, Options, Typed, Values } from './command.ts'

/** Reads a command's own words. Throws USAGE. */
export function parseCommandLine<S extends Options>(command: Command<S>, words: readonly string[]): Typed<S> {
  const dashes = words.indexOf('--')
  const typed = dashes === -1 || command.takesCommand === undefined ? words : words.slice(0, dashes)
  const parsed = parse(command, typed)
  const most = command.positionals ?? 0
  const surplus = parsed.positionals[most]
  if (surplus !== undefined)
    throw usage(`"${command.name}" takes ${atMost(most)}, so "${surplus}" is one too many.`)
  return {
    values: parsed.values as Values<S>,
    positionals: parsed.positionals,
    command: dashes === -1 || command.takesCommand === undefined ? undefined : words.slice(dashes + 1),
  }
}

function parse(command: Command, words: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, short, multiple }]) => [
      name,
      { type, ...(short !== undefined && { short }), ...(multiple !== undefined && { multiple }) },
    ]),
  )
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw usage(sentence(error instanceof Error ? error.message : String(error)))
  }
}

const atMost = (most: number): string =>
  most === 0 ? 'no arguments' : `at most ${most} argument${most === 1 ? '' : 's'}`

/** parseArgs explains at length how to pass a word that starts with a dash; its first sentence is enough. */
function sentence(message: string): string {
  const first = message.split('. ')[0] ?? message
  return first.endsWith('.') ? first : `${first}.`
}
