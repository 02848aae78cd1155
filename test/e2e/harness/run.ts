import { inject } from 'vitest'

/** What one run of the tests shares, made by the global setup. */
export interface Run {
  /** The process id of the run, which names all that it makes. */
  readonly id: number
  /** Holds all files of the run. `bin` in it has our program, where every person can start it. */
  readonly directory: string
  readonly tester: Account
}

export interface Account {
  readonly name: string
  readonly userId: number
  readonly groupId: number
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly run: Run
  }
}

export const theRun = (): Run => inject('run')
