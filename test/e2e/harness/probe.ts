import { execa } from 'execa'
import { NODE } from './cluster.ts'

export interface ProbeAnswer {
  /** When it was asked, by the clock of this computer. */
  readonly time: string
  readonly status: number
  readonly body: string
}

export interface Probe {
  /** What came by now. */
  answers(): readonly ProbeAnswer[]
  stop(): Promise<readonly ProbeAnswer[]>
}

/** Asks from inside the cluster every 20 ms, whether or not the last was answered. */
export function startProbe(url: string, seconds = 600): Probe {
  const probe = ['kubectl', 'exec', '--namespace', 'default', 'probe', '--', 'app', 'probe', url]
  const child = execa('docker', ['exec', NODE, 'timeout', String(seconds), ...probe], {
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
