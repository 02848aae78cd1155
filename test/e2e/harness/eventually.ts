import { setTimeout as sleep } from 'node:timers/promises'

/** Tests judge end states, never times. A workload may be taken only at the second try, which comes after 45 s. */
const DEADLINE = 180_000

/** Repeats a check until it no longer throws. */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  const end = Date.now() + DEADLINE
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > end) throw error
    }
    await sleep(200)
  }
}
