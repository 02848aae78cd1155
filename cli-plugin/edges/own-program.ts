import type { Readable } from 'node:stream'
import { execa } from 'execa'
import { lifeline } from './lifeline.ts'
import { exitCodeOfSignal } from './signals.ts'

/** Starts this very program once more, without a shell, with other words. It has our environment and directory. */
export type RunOwnProgram = (words: readonly string[]) => OwnRun

export interface OwnRun {
  readonly stdout: Readable
  readonly stderr: Readable
  /** Its exit code, once both streams have been read to their ends. */
  readonly ended: Promise<number>
  kill(signal: 'SIGTERM' | 'SIGKILL'): void
}

/** Of a program that could not be started, as a shell has it. */
const NOT_STARTED = 127
const KILLED = 137

/** `dockerOptions` are what a person typed before our name: they go on to each call. */
export const createOwnProgram =
  (dockerOptions: readonly string[], [program = '', ...first] = ownCommand()): RunOwnProgram =>
  words => {
    const child = execa(program, [...first, ...dockerOptions, 'kdetp', ...words], {
      extendEnv: true,
      // Docker's own request to end reaches it through us: as a second one it would end it at once.
      env: { DOCKER_CLI_PLUGIN_SOCKET: lifeline() },
      reject: false,
      buffer: false,
      stdin: 'ignore',
      // So does a terminal's Ctrl-C.
      detached: true,
      cleanup: false,
      // What it has begun it ends in order, which may take longer.
      forceKillAfterDelay: false,
    })
    return {
      stdout: child.stdout,
      stderr: child.stderr,
      ended: child.then(({ exitCode, signal }) => exitCode ?? codeOf(signal)),
      kill: signal => void child.kill(signal),
    }
  }

function codeOf(signal: string | undefined): number {
  if (signal === undefined) return NOT_STARTED
  return signal === 'SIGTERM' || signal === 'SIGINT' || signal === 'SIGHUP'
    ? exitCodeOfSignal(signal)
    : KILLED
}

/** Bun runs the program only as it was compiled: one file. */
const ownCommand = (): readonly string[] =>
  process.versions['bun'] === undefined
    ? [process.execPath, ...process.execArgv, process.argv[1] ?? '']
    : [process.execPath]
