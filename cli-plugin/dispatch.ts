import { t } from '../language/t.ts'
import { exitCodeOf, KdeTpError } from '../session/errors.ts'
import type { Command } from './command.ts'
import { checkLanguage, parseCommandLine } from './command-line.ts'
import { commands, unknownCommand, visibleCommands } from './commands.ts'
import { createEdges } from './create-edges.ts'
import { type Invocation, parseInvocation } from './invocation.ts'
import { commandHelp, programHelp, usageLine } from './output/help.ts'
import { showAs, toErrorEvent } from './output/show.ts'
import { version } from './version.ts'

/** Runs what was typed and ends the process: the only place that joins commands and the world. */
export async function dispatch(argv: readonly string[]): Promise<never> {
  const invocation = parseInvocation(
    argv,
    process.env['DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND'] !== undefined,
  )
  const [name, ...words] = invocation.words
  const exitCode = await runWord(name, words, invocation)
  await Promise.all([flushed(process.stdout), flushed(process.stderr)])
  // What may still be open here (the plugin's socket, a copied standard input) must not keep the process.
  process.exit(exitCode)
}

type Word = (words: readonly string[], invocation: Invocation) => Promise<number>

/** The words that are no commands. */
const ownWords: Readonly<Record<string, Word>> = {
  '--lang': (words, invocation) => runAfterLanguage(words, invocation),
  '--version': async () => print(`kde-tp version ${version}`),
  '--help': (_, invocation) => printProgramHelp(invocation),
  '-h': (_, invocation) => printProgramHelp(invocation),
  help: ([name], invocation) =>
    name === undefined ? printProgramHelp(invocation) : runWord(name, ['--help'], invocation),
  __complete: (words, invocation) => printCompletion(words, invocation, true),
  __completeNoDesc: (words, invocation) => printCompletion(words, invocation, false),
}

async function runWord(name = '--help', words: readonly string[], invocation: Invocation): Promise<number> {
  if (name.startsWith('--lang=')) return runAfterLanguage([name.split('=')[1] ?? '', ...words], invocation)
  const own = Object.hasOwn(ownWords, name) ? ownWords[name] : undefined
  if (own !== undefined) return own(words, invocation)
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (load === undefined) return explain(await unknownCommand(name, invocation), wantsJson(words))
  return runCommand(await load(), words, invocation)
}

/** It stands before the command's name, and has had its effect. */
async function runAfterLanguage(
  [language = '', name, ...words]: readonly string[],
  invocation: Invocation,
): Promise<number> {
  try {
    checkLanguage(language)
  } catch (error) {
    return explain(error, false)
  }
  return runWord(name, words, invocation)
}

async function runCommand(
  command: Command,
  words: readonly string[],
  invocation: Invocation,
): Promise<number> {
  const ours = command.takesCommand && words.includes('--') ? words.slice(0, words.indexOf('--')) : words
  if (ours.includes('--help') || ours.includes('-h')) {
    return print(commandHelp(invocation.calledAs, command).trimEnd())
  }
  const asJson = wantsJson(ours)
  try {
    const edges = createEdges(invocation.dockerOptions, { asJson, emit: showAs(asJson) })
    return await command.run(parseCommandLine(command, words), edges)
  } catch (error) {
    return explain(withUsage(error, command, invocation), asJson)
  }
}

const wantsJson = (words: readonly string[]): boolean =>
  words.some(
    (word, index) => word === '--format=json' || (word === '--format' && words[index + 1] === 'json'),
  )

/** Shows a failure, expected or not, and returns its exit code. */
function explain(error: unknown, asJson: boolean): number {
  const event = toErrorEvent(error)
  showAs(asJson)(event)
  return event.exitCode
}

/** A wrong word is answered with the right ones. */
function withUsage(error: unknown, command: Command, { calledAs }: Invocation): unknown {
  if (!(error instanceof KdeTpError) || exitCodeOf[error.code] !== 2 || error.hint !== undefined) return error
  const more = t`Run '${calledAs} ${command.name} --help' for more information.`
  return new KdeTpError(error.code, error.message, { hint: `${usageLine(calledAs, command)}\n\n${more}` })
}

async function printProgramHelp({ calledAs }: Invocation): Promise<number> {
  return print(programHelp(calledAs, await visibleCommands(), version).trimEnd())
}

async function printCompletion(
  words: readonly string[],
  { dockerOptions }: Invocation,
  withDescriptions: boolean,
): Promise<number> {
  const { complete } = await import('./completion/complete.ts')
  const openEdges = () => createEdges(dockerOptions, { asJson: true, emit: () => undefined })
  return print(await complete(words, openEdges, withDescriptions))
}

function print(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}

/** An empty write's callback does not wait for what was written to a pipe before it (Bun 1.4.5); that of the end does. */
const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise(resolve => {
    stream.end(() => resolve())
  })
