import { execa } from 'execa'
import { NODE } from './cluster.ts'
import { docker } from './engine.ts'

export interface ProbeAnswer {
  readonly status: number
  readonly body: string
}

export interface Probe {
  /** How many answers there are by now. */
  count(): number
  stop(): Promise<readonly ProbeAnswer[]>
}

/** Asks from inside the cluster every 20 ms. */
export function startProbe(url: string): Probe {
  const probe = ['kubectl', 'exec', '--namespace', 'default', 'probe', '--', 'app', 'probe', url]
  const child = execa('docker', ['exec', NODE, 'timeout', '600', ...probe], { reject: false })
  let count = 0
  child.stdout.on('data', (chunk: Buffer | string) => {
    count += chunk.toString().split('\n').length - 1
  })
  return {
    count: () => count,
    async stop() {
      await docker(['exec', NODE, 'pkill', '--full', `app probe ${url}`])
      const { stdout } = await child
      const lines = stdout.split('\n').filter(line => line.endsWith('}'))
      return lines.map(line => JSON.parse(line) as ProbeAnswer)
    },
  }
}
