import { join } from 'node:path'
import { execa } from 'execa'
import type { Mode } from '../../session/mode.ts'
import { type Agent, namespaceOf, variables } from './place.ts'
import { type Held, hold, secondsOf } from './timing.ts'

const BY_HAND = join(import.meta.dirname, 'by-hand')

/** Seconds. */
export const connect = (agent: Agent): Promise<number> => secondsOf(BY_HAND, ['connect', namespaceOf(agent)])

/** Attaches a workload and runs a command, which writes something first and ends with its input. */
export const attach = (mode: Mode, agent: Agent, workload: string, command: string): Promise<Held> =>
  hold(BY_HAND, ['attach', mode, workload, agent, 'bash', '-c', command])

export async function detach(workload: string): Promise<void> {
  await execa(BY_HAND, ['detach', workload], { env: variables })
}

export async function disconnect(): Promise<void> {
  await execa(BY_HAND, ['disconnect'], { env: variables, reject: false })
}
