import { execa } from 'execa'
import { KdeTpError } from '../../session/errors.ts'
import type { RunDocker, ToolCommand, ToolOutput } from '../../session/tool-command.ts'

export interface DockerSetting {
  /** The program itself: where docker called us, the one that did. */
  readonly program: string
  /** Docker's own options, which a person typed before our name. */
  readonly dockerOptions: readonly string[]
  /** Ends each call; not those of `hold` and `attach`, which end in order. */
  readonly cancel: AbortSignal
}

/** Calls of docker that live longer than an answer. */
export interface Engine {
  /** Holds a process open in its own process group, where a terminal's Ctrl-C does not reach it. */
  hold(args: readonly string[]): Held
  /** Runs docker on our own streams, or tells `onOutput` what it prints. */
  attach(args: readonly string[], input: AttachInput): Promise<number>
}

export interface Held {
  /** The first line it prints; undefined where it ended without one. */
  readonly firstLine: Promise<string | undefined>
  /** What it printed on standard error, and its exit code. */
  readonly ended: Promise<ToolOutput>
  write(line: string): void
  /** Ends its standard input. */
  end(): void
}

export interface AttachInput {
  readonly terminal: boolean
  /** `copy`: a terminal that no other process group may read from. */
  readonly stdin: 'inherit' | 'copy' | 'ignore'
  readonly onOutput?: (stream: 'stdout' | 'stderr', text: string) => void
}

export interface Docker {
  readonly docker: RunDocker
  /** The same, which no request to end cancels: for what has to be done last. */
  readonly dockerUncancelled: RunDocker
  readonly engine: Engine
}

export function createDocker({ program, dockerOptions, cancel }: DockerSetting): Docker {
  const options = { extendEnv: true, env: { DOCKER_CLI_HINTS: 'false' }, reject: false, stripFinalNewline: false } as const

  const runUnder = (cancelSignal: AbortSignal | undefined): RunDocker => async command => {
    const result = await execa(program, [...dockerOptions, ...command.args], {
      ...options,
      env: { ...options.env, ...command.environment },
      ...(command.stdin === undefined ? { stdin: 'ignore' as const } : { input: command.stdin }),
      ...(command.timeoutSeconds !== undefined && { timeout: command.timeoutSeconds * 1000 }),
      ...(cancelSignal !== undefined && { cancelSignal }),
    })
    if (result.isCanceled) throw new KdeTpError('CANCELLED', 'Stopped, as asked.', { cause: cancel.reason })
    if (result.exitCode === undefined) throw notRun(program, command, result.timedOut === true, result.shortMessage ?? '')
    const output = { stdout: result.stdout, stderr: result.stderr, exitCode: result.exitCode }
    if (output.exitCode !== 0) assertReached(output)
    if (output.exitCode !== 0 && command.anyExitCode === undefined) throw toolFailed(command, output)
    return command.parse(output)
  }

  const engine: Engine = {
    hold(args) {
      const child = execa(program, [...dockerOptions, ...args], { ...options, stdin: 'pipe', detached: true, cleanup: false })
      // A write to a process that has just ended is told by `ended`.
      child.stdin.on('error', () => undefined)
      return {
        firstLine: firstLine(child.stdout),
        ended: child.then(({ stdout, stderr, exitCode }) => ({ stdout, stderr, exitCode: exitCode ?? 1 })),
        write: line => void child.stdin.write(`${line}\n`),
        end: () => void child.stdin.end(),
      }
    },
    async attach(args, { terminal, stdin, onOutput }) {
      const child = execa(program, [...dockerOptions, ...args], {
        ...options,
        buffer: false,
        detached: !terminal,
        cleanup: false,
        stdin: stdin === 'copy' ? process.stdin : stdin,
        stdout: onOutput === undefined ? 'inherit' : 'pipe',
        stderr: onOutput === undefined ? 'inherit' : 'pipe',
      })
      child.stdout?.setEncoding('utf8').on('data', (text: string) => onOutput?.('stdout', text))
      child.stderr?.setEncoding('utf8').on('data', (text: string) => onOutput?.('stderr', text))
      const { exitCode } = await child
      return exitCode ?? 1
    },
  }
  return { docker: runUnder(cancel), dockerUncancelled: runUnder(undefined), engine }
}

function firstLine(stream: NodeJS.ReadableStream): Promise<string | undefined> {
  return new Promise(resolve => {
    let seen = ''
    stream.on('data', (chunk: Buffer | string) => {
      seen += chunk.toString()
      if (seen.includes('\n')) resolve(seen.slice(0, seen.indexOf('\n')))
    })
    stream.on('end', () => resolve(undefined))
  })
}

function assertReached({ stderr }: ToolOutput): void {
  if (!/cannot connect to the docker daemon|error during connect|failed to connect to the docker api|permission denied while trying to connect/i.test(stderr)) return
  const refused = /permission denied/i.test(stderr)
  throw new KdeTpError('ENGINE_UNREACHABLE', 'The Docker engine does not answer.', {
    detail: stderr.trim(),
    hint: refused ? 'Add yourself to the group "docker", or run as a person who may use Docker.' : 'Start Docker, then run the command again.',
  })
}

function toolFailed(command: ToolCommand<unknown>, { stderr, stdout, exitCode }: ToolOutput): KdeTpError {
  return new KdeTpError('TOOL_FAILED', `"docker ${summary(command)}" ended with exit code ${exitCode}.`, {
    detail: (stderr.trim() || stdout.trim()).slice(-4000),
  })
}

function notRun(program: string, command: ToolCommand<unknown>, timedOut: boolean, message: string): KdeTpError {
  if (timedOut) {
    return new KdeTpError('TOOL_FAILED', `"docker ${summary(command)}" gave no answer within ${command.timeoutSeconds} seconds.`)
  }
  if (/ENOENT/.test(message)) {
    return new KdeTpError('TOOL_MISSING', `Could not find "${program}" on PATH.`, { hint: 'Install Docker, or add its folder to PATH.' })
  }
  return new KdeTpError('TOOL_FAILED', `"docker ${summary(command)}" was ended from outside.`, { detail: message })
}

/** Enough of the call to know it by; the rest may hold a person's own words. */
const summary = ({ args }: ToolCommand<unknown>): string => args.slice(0, 3).join(' ')
