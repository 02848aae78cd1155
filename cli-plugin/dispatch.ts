import { realpathSync } from 'node:fs'
import { homedir, hostname, userInfo } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { exitCodeOf, KdeTpError, usage } from '../session/errors.ts'
import type { SessionEvent } from '../session/events.ts'
import type { Command, Edges } from './command.ts'
import { parseCommandLine } from './command-line.ts'
import { commands } from './commands.ts'
import { createDocker } from './edges/docker.ts'
import { files } from './edges/files.ts'
import { installation } from './edges/installation.ts'
import { prompts } from './edges/prompts.ts'
import { exitCodeOfSignal, listenToSignals } from './edges/signals.ts'
import { type Invocation, parseInvocation } from './invocation.ts'
import { commandHelp, programHelp, usageLine } from './output/help.ts'
import { humanLines } from './output/human.ts'
import { version } from './version.ts'

/** Runs what was typed and ends the process: the only place that joins commands and the world. */
export async function dispatch(argv: readonly string[]): Promise<never> {
  const originalCommand = process.env['DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND']
  const invocation = parseInvocation(argv, originalCommand !== undefined)
  const [name, ...words] = invocation.words
  const exitCode = await runNamed(name, words, invocation)
  // Streams that a person's terminal or a pipe still reads are flushed by Node before it ends by itself; what may still
  // be open here (the plugin socket, a copied standard input) must not keep the process.
  await Promise.all([flushed(process.stdout), flushed(process.stderr)])
  process.exit(exitCode)
}

async function runNamed(name: string | undefined, words: readonly string[], invocation: Invocation): Promise<number> {
  if (name === '--version') return print(`kde-tp version ${version}`)
  if (name === undefined || name === '--help' || name === '-h') return printProgramHelp(invocation)
  if (name === 'help') return words[0] === undefined ? printProgramHelp(invocation) : runNamed(words[0], ['--help'], invocation)
  if (name === '__complete' || name === '__completeNoDesc') {
    const { complete } = await import('./complete.ts')
    return print(await complete(words, name === '__complete'))
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (load === undefined) return explain(unknownCommand(name, invocation), false)
  return runCommand(await load(), words, invocation)
}

async function runCommand(command: Command, words: readonly string[], invocation: Invocation): Promise<number> {
  const ours = words.includes('--') && command.takesCommand ? words.slice(0, words.indexOf('--')) : words
  if (ours.includes('--help') || ours.includes('-h')) return print(commandHelp(invocation.calledAs, command).trimEnd())
  const asJson = wantsJson(ours)
  try {
    const edges = createEdges(invocation, asJson)
    return await command.run(parseCommandLine(command, words), edges)
  } catch (error) {
    if (error instanceof KdeTpError && error.code === 'USAGE') {
      return explain(usage(error.message, error.hint ?? `${usageLine(invocation.calledAs, command)}\n\nRun '${invocation.calledAs} ${command.name} --help' for more information.`), asJson)
    }
    return explain(error, asJson)
  }
}

const wantsJson = (words: readonly string[]): boolean =>
  words.some((word, index) => word === '--format=json' || (word === '--format' && words[index + 1] === 'json'))

function createEdges(invocation: Invocation, asJson: boolean): Edges {
  const signals = listenToSignals(process.env['DOCKER_CLI_PLUGIN_SOCKET'])
  const program = process.env['DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND'] ?? 'docker'
  const terminal = { stdin: process.stdin.isTTY === true, stdout: process.stdout.isTTY === true }
  return {
    ...createDocker({ program, dockerOptions: invocation.dockerOptions, cancel: signals.abort }),
    files,
    installation,
    prompts: prompts(terminal.stdin && process.stderr.isTTY === true && !asJson),
    signals,
    environment: process.env,
    workingDirectory: realpathSync(process.cwd()),
    person: person(),
    terminal,
    now: Date.now,
    sleep: milliseconds => sleep(milliseconds),
    emit: event => emit(event, asJson),
    print: text => void process.stdout.write(text),
  }
}

function person(): Edges['person'] {
  const { username, uid, gid } = userInfo()
  return { name: nameOf(uid) ?? username, host: hostname(), home: homedir(), userId: Math.max(uid, 0), groupId: Math.max(gid, 0) }
}

/** The compiled program's userInfo knows nobody's name where USER is not set, as in a cron job. */
function nameOf(userId: number): string | undefined {
  const lines = (files.readText('/etc/passwd') ?? '').split('\n').map(line => line.split(':'))
  return lines.find(([, , id]) => id === String(userId))?.[0]
}

function emit(event: SessionEvent, asJson: boolean): void {
  if (asJson) {
    process.stdout.write(`${JSON.stringify(event)}\n`)
    return
  }
  const line = humanLines(event)
  if (line !== undefined) process.stderr.write(`${line}\n`)
}

/** Shows a failure, expected or not, and returns its exit code. */
function explain(error: unknown, asJson: boolean): number {
  if (!(error instanceof KdeTpError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    emit({ type: 'error', code: 'BUG', message: `This is a bug in kde-tp ${version}.`, detail: stack, exitCode: 70 }, asJson)
    return 70
  }
  const { code, message, hint, left, detail, cause } = error
  const signal = typeof cause === 'string' && (cause === 'SIGINT' || cause === 'SIGTERM' || cause === 'SIGHUP') ? cause : undefined
  const exitCode = signal === undefined ? exitCodeOf[code] : exitCodeOfSignal(signal)
  emit(
    {
      ...{ type: 'error', code, message, exitCode, left: left ?? 'Nothing was changed.' },
      ...(hint !== undefined && { hint }),
      ...(detail !== undefined && detail !== '' && { detail }),
    },
    asJson,
  )
  return exitCode
}

function unknownCommand(name: string, { calledAs }: Invocation): KdeTpError {
  return usage(`"${name}" is not a command of ${calledAs}.`, `Run '${calledAs} --help' for the commands there are.`)
}

async function printProgramHelp({ calledAs }: Invocation): Promise<number> {
  const all = await Promise.all(Object.values(commands).map(load => load()))
  return print(programHelp(calledAs, all, version).trimEnd())
}

function print(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}

const flushed = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise(resolve => {
    stream.write('', () => resolve())
  })
