export interface WakeUp {
  readonly wake: () => void
  /** Ends at the first `wake` since the last sleep, or after so many milliseconds. */
  sleep(milliseconds: number): Promise<void>
}

export function createWakeUp(): WakeUp {
  let isDue = false
  let ring: (() => void) | undefined
  return {
    wake() {
      isDue = true
      ring?.()
    },
    async sleep(milliseconds) {
      if (!isDue) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, Math.max(0, milliseconds))
          ring = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      isDue = false
      ring = undefined
    },
  }
}
