/** Where the page is at home, and all that it asks of that place: Docker Desktop, or a browser and `docker kde-tp ui`. */
export interface Home {
  /** Runs our program; lines of its output as they come. Resolves with its exit code. Aborting kills it. */
  run(words: readonly string[], on: Listener, end?: AbortSignal): Promise<number>
  /** What `status` has told a moment ago, as a line, where this home knows: something to show until it is read. */
  lastStatus?(): Promise<string | undefined>
  openExternal(url: string): void
  /** Undefined where this home has none: then the command to paste is shown. */
  shell?(of: ShellOf): WebSocket
  /** Why one that was never open was refused, as a sentence; undefined where it would open now. */
  refusal?(of: ShellOf): Promise<string | undefined>
}

/** In which dev container; what is undefined is found by the program itself. */
export interface ShellOf {
  readonly namespace: string
  readonly workload: string
  readonly workspace?: string | undefined
  readonly environment?: string | undefined
}

export interface Listener {
  out(line: string): void
  err?(line: string): void
}

/** Of a program that was killed at our wish, as a shell has it. */
export const KILLED = 130
