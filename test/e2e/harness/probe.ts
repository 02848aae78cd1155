import { execa } from 'execa'
import { NODE } from './cluster.ts'

export interface ProbeAnswer {
  /** When it was asked, by the clock of this computer. */
  readonly time: string
  readonly status: number
  readonly body: string
}

const LONGEST = '600'

export interface Probe {
  /** What came by now. */
  answers(): readonly ProbeAnswer[]
  stop(): Promise<readonly ProbeAnswer[]>
}

/**
 * Asks from inside the cluster every 20 ms, whether or not the last was answered. A request that takes longer than its
 * `patience` has failed: who looks for failures, and not for their times, has much of it.
 */
export function startProbe(url: string, patience: '1s' | '30s' = '30s'): Probe {
  const probe = ['kubectl', 'exec', '--namespace', 'default', 'probe', '--', 'app', 'probe', url, patience]
  const child = execa('docker', ['exec', NODE, 'timeout', LONGEST, ...probe], {
    reject: false,
    buffer: false,
  })
  const answers: ProbeAnswer[] = []
  const ended = (async () => {
    for await (const line of child) if (line.endsWith('}')) answers.push(JSON.parse(line) as ProbeAnswer)
  })().catch(() => undefined)
  return {
    answers: () => answers,
    async stop() {
      await execa('docker', ['exec', NODE, 'pkill', '--full', `app probe ${url}`], { reject: false })
      await ended
      return answers
    },
  }
}
