import { LANGUAGES } from '../../language/choose-language.ts'
import { t } from '../../language/t.ts'
import type { Command, Edges } from '../command.ts'
import { commonOptions, parseCommandLine } from '../command-line.ts'
import { commands } from '../commands.ts'
import { checkNames } from '../surroundings/check-typed.ts'
import { knownNames } from './known-names.ts'

interface Candidate {
  readonly word: string
  readonly summary?: string
}

/** Cobra's directive for "no file names". */
const NO_FILES = ':4'

/**
 * Answers a shell that completes the last word: a candidate a line, after a tab its description, then a directive
 * (spf13/cobra, "Shell completions"; docker prints a plugin's answer as it is).
 */
export async function complete(
  words: readonly string[],
  openEdges: () => Edges,
  described = true,
): Promise<string> {
  const typed = words.at(-1) ?? ''
  const lines = (await candidates(words.slice(0, -1), typed, openEdges))
    .filter(({ word }) => word.startsWith(typed))
    .map(({ word, summary }) => (described && summary !== undefined ? `${word}\t${summary}` : word))
  return [...lines, NO_FILES].join('\n')
}

async function candidates(
  [name, ...rest]: readonly string[],
  typed: string,
  openEdges: () => Edges,
): Promise<readonly Candidate[]> {
  if (name === undefined) return typed.startsWith('-') ? [HELP, LANG, VERSION] : commandNames()
  if (name === 'help') return rest.length === 0 ? commandNames() : []
  const command = Object.hasOwn(commands, name) ? await commands[name]?.() : undefined
  if (command === undefined) return []
  if (rest.at(-1) === '--lang') return LANGUAGES.map(word => ({ word }))
  return typed.startsWith('-') ? optionsAfter(rest, command) : namesAfter(rest, command, openEdges)
}

/** What cannot be known at once is not offered. */
async function namesAfter(
  words: readonly string[],
  command: Command,
  openEdges: () => Edges,
): Promise<readonly Candidate[]> {
  try {
    const { values, positionals, command: foreign } = parseCommandLine(command, words)
    checkNames(positionals)
    const wanted = foreign === undefined ? command.names?.[positionals.length] : undefined
    if (wanted === undefined) return []
    const namespace = wanted === 'workload' ? positionals[0] : undefined
    return (await knownNames(values, namespace, openEdges())).map(word => ({ word }))
  } catch {
    return []
  }
}

function optionsAfter(words: readonly string[], command: Command): readonly Candidate[] {
  const isForeign = command.takesCommand === true && words.includes('--')
  if (command.hidden || isForeign || awaitsValue(command, words.at(-1))) return []
  const options = Object.entries({ ...command.options, ...commonOptions }).map(([name, { summary }]) => ({
    word: `--${name}`,
    summary,
  }))
  return [...options, HELP]
}

async function commandNames(): Promise<readonly Candidate[]> {
  const all = await Promise.all(Object.values(commands).map(load => load()))
  const shown = all.filter(({ hidden }) => hidden === undefined)
  return [
    ...shown.map(({ name, summary }) => ({ word: name, summary })),
    { word: 'help', summary: t`Print usage` },
  ]
}

const HELP: Candidate = { word: '--help', summary: t`Print usage` }
const LANG: Candidate = { word: '--lang', summary: commonOptions.lang.summary }
const VERSION: Candidate = { word: '--version', summary: t`Print the version` }

function awaitsValue({ options }: Command, word: string | undefined): boolean {
  return Object.entries(options).some(
    ([name, { type, short }]) =>
      type === 'string' && (word === `--${name}` || (short !== undefined && word === `-${short}`)),
  )
}
