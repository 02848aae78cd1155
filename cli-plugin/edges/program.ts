import { execa } from 'execa'
import { t } from '../../language/t.ts'
import type { ToolOutput } from '../../session/tool-command.ts'

export interface ProgramCall {
  readonly stdin?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly timeoutSeconds?: number
}

/** Runs a program that is not docker, without a shell. An end of any kind is an answer; one that did not start ends with 127. */
export async function runProgram(
  program: string,
  args: readonly string[],
  call: ProgramCall = {},
): Promise<ToolOutput> {
  const result = await execa(program, [...args], {
    reject: false,
    extendEnv: true,
    ...(call.environment !== undefined && { env: call.environment }),
    ...(call.stdin === undefined ? { stdin: 'ignore' as const } : { input: call.stdin }),
    ...(call.timeoutSeconds !== undefined && { timeout: call.timeoutSeconds * 1000 }),
  })
  const stderr =
    result.timedOut === true
      ? t`no answer within ${call.timeoutSeconds} seconds`
      : result.stderr || (result.shortMessage ?? '')
  return {
    stdout: result.stdout,
    stderr: result.failed ? stderr : result.stderr,
    exitCode: result.exitCode ?? 127,
  }
}
