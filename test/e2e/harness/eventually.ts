import { vi } from 'vitest'

/** Repeats a check until it no longer throws. The deadline is generous: tests judge end states, never times. */
export const eventually = <T>(check: () => T | Promise<T>, seconds = 60): Promise<T> =>
  vi.waitFor(check, { timeout: seconds * 1000, interval: 200 })
