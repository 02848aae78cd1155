import { parseArgs } from 'node:util'
import { LANGUAGES, type Language } from '../language/choose-language.ts'
import { t } from '../language/t.ts'
import { KdeTpError, usage } from '../session/errors.ts'
import type { Command, Option, Options, Typed, Values } from './command.ts'
import { nearestOf } from './nearest.ts'
import { oneOf } from './surroundings/check-typed.ts'

/** What every command understands, and no command has to do with. */
export const commonOptions: Options & { readonly lang: Option } = {
  lang: {
    type: 'string',
    value: LANGUAGES.join('|'),
    summary: t`Language of the messages (default: that of the locale)`,
  },
}

/** Reads a command's own words. Throws USAGE or OPTION_UNKNOWN. */
export function parseCommandLine<S extends Options>(command: Command<S>, words: readonly string[]): Typed<S> {
  const dashes = words.indexOf('--')
  const typed = dashes === -1 || command.takesCommand === undefined ? words : words.slice(0, dashes)
  const parsed = parse(command, typed)
  if (parsed.values['lang'] !== undefined) checkLanguage(String(parsed.values['lang']))
  const most = command.positionals ?? 0
  const surplus = parsed.positionals[most]
  if (surplus !== undefined) throw tooMany(command.name, most, surplus)
  return {
    values: parsed.values as Values<S>,
    positionals: parsed.positionals,
    command: dashes === -1 || command.takesCommand === undefined ? undefined : words.slice(dashes + 1),
  }
}

function parse(command: Command, words: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries({ ...commonOptions, ...command.options }).map(([name, { type, short, multiple }]) => [
      name,
      { type, ...(short !== undefined && { short }), ...(multiple !== undefined && { multiple }) },
    ]),
  )
  try {
    return parseArgs({ args: withValues(command, words), options, allowPositionals: true, strict: true })
  } catch (error) {
    throw problemOf(error instanceof Error ? error.message : String(error), Object.keys(options))
  }
}

/** `parseArgs` knows no option that may go without its value. */
const withValues = ({ options }: Command, words: readonly string[]): string[] =>
  words.map(word => {
    const bare = word.startsWith('--') ? options[word.slice(2)]?.valueWhenBare : undefined
    return bare === undefined ? word : `${word}=${bare}`
  })

/** Of `--lang`, which has its effect before anything else is read. Throws USAGE. */
export const checkLanguage = (typed: string): Language => oneOf(typed, LANGUAGES, 'lang')

function tooMany(name: string, most: number, surplus: string): KdeTpError {
  if (most === 0) return usage(t`"${name}" takes no arguments, so "${surplus}" is one too many.`)
  if (most === 1) return usage(t`"${name}" takes at most one argument, so "${surplus}" is one too many.`)
  return usage(t`"${name}" takes at most ${most} arguments, so "${surplus}" is one too many.`)
}

/** What parseArgs says, of which the first quoted words are the option, as an error of ours. */
function problemOf(message: string, options: readonly string[]): KdeTpError {
  const option = /'(?:-\w, )?(--?[^' ]+)/.exec(message)?.[1] ?? ''
  if (message.startsWith('Unknown option')) return optionUnknown(option, options)
  if (message.includes('not take')) return usage(t`${option} takes no value.`)
  return usage(t`${option} needs a value.`)
}

function optionUnknown(option: string, options: readonly string[]): KdeTpError {
  const nearest = nearestOf(option.replace(/^-+/, ''), options)
  const message =
    nearest === undefined || !option.startsWith('--')
      ? t`There is no option ${option}.`
      : t`There is no option ${option}; the nearest is --${nearest}.`
  return new KdeTpError('OPTION_UNKNOWN', message)
}
