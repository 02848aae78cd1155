import { inject } from 'vitest'

/** What one run of the tests shares, made by `openRun`. */
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

let own: Run | undefined

/** For programs that play scenarios and are no tests. */
export const begin = (run: Run): void => {
  own = run
}

export const theRun = (): Run => own ?? inject('run')
