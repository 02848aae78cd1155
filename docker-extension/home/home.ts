/** Where the page is at home, and all that it asks of that place: Docker Desktop, or a browser and `docker kde-tp ui`. */
export interface Home {
  /** Runs our program; lines of its output as they come. Resolves with its exit code. Aborting kills it. */
  run(words: readonly string[], on: Listener, end?: AbortSignal): Promise<number>
  openExternal(url: string): void
  /** Undefined where this home has none: then the command to paste is shown. */
  shell?(words: { readonly namespace: string; readonly workload: string }): WebSocket
}

export interface Listener {
  out(line: string): void
  err?(line: string): void
}

/** Of a program that was killed at our wish, as a shell has it. */
export const KILLED = 130
