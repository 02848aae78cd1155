import { setTimeout as sleep } from 'node:timers/promises'

/** Tests judge end states, never times. A workload may be taken only at the second try, which comes after 45 s. */
const DEADLINE = 180_000
const LONGEST_PAUSE = 1000

/** Repeats a check until it no longer throws. */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  const end = Date.now() + DEADLINE
  // Each look takes work from what is waited for.
  for (let pause = 200; ; pause = Math.min(LONGEST_PAUSE, pause * 1.3)) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > end) throw error
    }
    await sleep(pause)
  }
}
