const FIRST_PAUSE = 5_000
const LONGEST_PAUSE = 300_000

/** What fails is tried again, later each time. */
export interface Retries {
  /** The longest pause in milliseconds; default: five minutes. */
  readonly failed: (target: string, longest?: number) => void
  readonly succeeded: (target: string) => void
  /** When each may be tried again: milliseconds since 1970. */
  readonly times: () => ReadonlyMap<string, number>
}

export function createRetries(now: () => number): Retries {
  const pauses = new Map<string, number>()
  const times = new Map<string, number>()
  return {
    failed(target, longest = LONGEST_PAUSE) {
      const pause = Math.min(longest, (pauses.get(target) ?? FIRST_PAUSE / 2) * 2)
      pauses.set(target, pause)
      times.set(target, now() + pause)
    },
    succeeded(target) {
      pauses.delete(target)
      times.delete(target)
    },
    times: () => new Map(times),
  }
}
