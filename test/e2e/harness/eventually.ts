import { vi } from 'vitest'

/** Tests judge end states, never times. A workload may be taken only at the second try, which comes after 45 s. */
const DEADLINE = 180_000

/** Repeats a check until it no longer throws. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: DEADLINE, interval: 200 })
