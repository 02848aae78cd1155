import { execa } from 'execa'
import type { ToolOutput } from '../../session/tool-command.ts'
import { DOCKER_RUN, type DockerSetting } from './docker.ts'

/** Calls of docker that live longer than an answer. A request to end cancels none of them: they end in order. */
export interface Engine {
  /** Holds a process open in its own process group, where a terminal's Ctrl-C does not reach it. */
  hold(args: readonly string[]): Held
  /** Runs docker on our own streams, or tells `onOutput` what it prints. Returns its exit code. */
  attach(args: readonly string[], input: AttachInput): Promise<number>
}

export interface Held {
  /** The first line it prints; undefined where it ended without one. */
  readonly firstLine: Promise<string | undefined>
  readonly ended: Promise<ToolOutput>
  write(line: string): void
  /** Ends its standard input. */
  end(): void
}

export interface AttachInput {
  readonly terminal: boolean
  /** `copy`: a terminal that no other process group may read from. `open`: nothing comes, and no end before ours. */
  readonly stdin: 'inherit' | 'copy' | 'open' | 'ignore'
  readonly onOutput?: (stream: 'stdout' | 'stderr', text: string) => void
  /** Of docker's own environment. */
  readonly variables?: Readonly<Record<string, string>>
  /** Ends docker itself; without it, it is left to end by itself. */
  readonly end?: AbortSignal
}

export const createEngine = (setting: DockerSetting): Engine => ({
  hold: args => hold(setting, args),
  attach: (args, input) => attach(setting, args, input),
})

function hold({ program, dockerOptions }: DockerSetting, args: readonly string[]): Held {
  const child = execa(program, [...dockerOptions, ...args], {
    ...DOCKER_RUN,
    stdin: 'pipe',
    detached: true,
    cleanup: false,
  })
  // A write to a process that has just ended is told by `ended`.
  child.stdin.on('error', () => undefined)
  return {
    firstLine: firstLine(child.stdout),
    ended: child.then(({ stdout, stderr, exitCode }) => ({ stdout, stderr, exitCode: exitCode ?? 1 })),
    write: line => void child.stdin.write(`${line}\n`),
    end: () => void child.stdin.end(),
  }
}

async function attach(
  { program, dockerOptions }: DockerSetting,
  args: readonly string[],
  { terminal, stdin, onOutput, variables, end }: AttachInput,
): Promise<number> {
  const output = onOutput === undefined ? 'inherit' : 'pipe'
  const child = execa(program, [...dockerOptions, ...args], {
    ...DOCKER_RUN,
    buffer: false,
    detached: !terminal,
    cleanup: false,
    stdout: output,
    stderr: output,
    stdin: toStdin(stdin),
    ...(variables !== undefined && { env: { ...DOCKER_RUN.env, ...variables } }),
    ...(end !== undefined && { cancelSignal: end }),
  })
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => onOutput?.(stream, text))
  }
  return (await child).exitCode ?? 1
}

function toStdin(stdin: AttachInput['stdin']) {
  if (stdin === 'copy') return process.stdin
  return stdin === 'open' ? 'pipe' : stdin
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
