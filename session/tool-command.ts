/** What a program printed and how it ended. */
export interface ToolOutput {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

/** A call of a program, as data: what to run, and how to read its answer. Nothing here runs it. */
export interface ToolCommand<T> {
  readonly args: readonly string[]
  /** Text for its standard input, which is else empty. The program comes up while it is awaited. */
  readonly stdin?: string | Promise<string>
  readonly environment?: Readonly<Record<string, string>>
  /** The program says no by its exit code, and `parse` reads that too. Otherwise such an end is an error. */
  readonly anyExitCode?: true
  /** What it prints is how far it has come, which a person at a terminal sees as it comes, and `parse` does not. */
  readonly showsProgress?: true
  /** Seconds after which it is killed, with an error. */
  readonly timeoutSeconds?: number
  parse(output: ToolOutput): T
}

/** Runs docker with the arguments. Throws TOOL_FAILED, ENGINE_UNREACHABLE, TOOL_MISSING or CANCELLED. */
export type RunDocker = <T>(command: ToolCommand<T>) => Promise<T>

export const nothing = (): void => undefined
export const text = ({ stdout }: ToolOutput): string => stdout.trim()
export const succeeded = ({ exitCode }: ToolOutput): boolean => exitCode === 0

/** One JSON value a line. */
export function jsonLines({ stdout }: ToolOutput): readonly unknown[] {
  return stdout
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line) as unknown)
}
