import { setTimeout } from 'node:timers/promises'
import { execa } from 'execa'
import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { RunDocker, ToolCommand, ToolOutput } from '../../session/tool-command.ts'

export interface DockerSetting {
  /** The program itself: where docker called us, the one that did. */
  readonly program: string
  /** Docker's own options, which a person typed before our name. */
  readonly dockerOptions: readonly string[]
  /** A person watches standard error, so that progress may be drawn there. */
  readonly isWatched?: boolean
}

/** How docker is run in each of our calls: an end of any kind is an answer, and it gives no advice of its own. */
export const DOCKER_RUN = {
  extendEnv: true,
  env: { DOCKER_CLI_HINTS: 'false' },
  reject: false,
  stripFinalNewline: false,
} as const

/** Runs docker and reads its answer, until `cancel` ends the call. */
export function createDocker(
  { program, dockerOptions, isWatched }: DockerSetting,
  cancel?: AbortSignal,
): RunDocker {
  return async command => {
    const result = await execa(program, [...dockerOptions, ...command.args], {
      ...optionsOf(command, isWatched === true),
      ...(cancel !== undefined && { cancelSignal: cancel }),
    })
    if (result.isCanceled) throw cancelled(cancel)
    const { stdout = '', stderr, exitCode, timedOut, shortMessage = '' } = result
    try {
      if (exitCode === undefined) throw notRun(program, command, timedOut === true, shortMessage)
      return toAnswer(command, { stdout, stderr, exitCode })
    } catch (error) {
      throw (await isCancelledNow(cancel)) ? cancelled(cancel) : error
    }
  }
}

const optionsOf = (command: ToolCommand<unknown>, isWatched: boolean) => ({
  ...DOCKER_RUN,
  env: { ...DOCKER_RUN.env, ...command.environment },
  ...streams(command, isWatched),
  ...(command.timeoutSeconds !== undefined && { timeout: command.timeoutSeconds * 1000 }),
})

/** A terminal's Ctrl-C reaches docker too, which may fail by it before we have heard of it. */
async function isCancelledNow(cancel: AbortSignal | undefined): Promise<boolean> {
  if (cancel !== undefined && !cancel.aborted) await setTimeout(50)
  return cancel?.aborted === true
}

const cancelled = (cancel: AbortSignal | undefined): KdeTpError =>
  new KdeTpError('CANCELLED', t`Stopped, as asked.`, { cause: cancel?.reason })

function streams({ stdin, showsProgress }: ToolCommand<unknown>, isWatched: boolean) {
  return {
    ...(stdin === undefined && { stdin: 'ignore' as const }),
    ...(typeof stdin === 'string' && { input: stdin }),
    ...(stdin instanceof Promise && { stdin: arriving(stdin) }),
    ...(isWatched && showsProgress && { stdout: process.stderr.fd }),
  }
}

async function* arriving(text: Promise<string>): AsyncGenerator<string> {
  yield await text
}

function toAnswer<T>(command: ToolCommand<T>, output: ToolOutput): T {
  if (output.exitCode !== 0) {
    assertReached(output)
    if (command.anyExitCode === undefined) throw toolFailed(command, output)
  }
  return command.parse(output)
}

const NOT_REACHED =
  /cannot connect to the docker daemon|error during connect|failed to connect to the docker api|permission denied while trying to connect/i

function assertReached({ stderr }: ToolOutput): void {
  if (!NOT_REACHED.test(stderr)) return
  const isForbidden = /permission denied/i.test(stderr)
  throw new KdeTpError('ENGINE_UNREACHABLE', t`The Docker engine does not answer.`, {
    detail: stderr.trim(),
    hint: isForbidden
      ? t`Add yourself to the group "docker", or run as a person who may use Docker.`
      : t`Start Docker, then run the command again.`,
  })
}

function toolFailed(command: ToolCommand<unknown>, { stderr, stdout, exitCode }: ToolOutput): KdeTpError {
  return new KdeTpError('TOOL_FAILED', t`"docker ${summary(command)}" ended with exit code ${exitCode}.`, {
    detail: (stderr.trim() || stdout.trim()).slice(-4000),
  })
}

function notRun(
  program: string,
  command: ToolCommand<unknown>,
  timedOut: boolean,
  message: string,
): KdeTpError {
  if (timedOut) {
    const sentence = t`"docker ${summary(command)}" gave no answer within ${command.timeoutSeconds} seconds.`
    return new KdeTpError('TOOL_FAILED', sentence)
  }
  if (/ENOENT/.test(message)) {
    return new KdeTpError('TOOL_MISSING', t`Could not find "${program}" on PATH.`, {
      hint: t`Install Docker, or add its folder to PATH.`,
    })
  }
  return new KdeTpError('TOOL_FAILED', t`"docker ${summary(command)}" was ended from outside.`, {
    detail: message,
  })
}

/** Enough of the call to know it by; the rest may hold a person's own words. */
const summary = ({ args }: ToolCommand<unknown>): string => args.slice(0, 3).join(' ')
