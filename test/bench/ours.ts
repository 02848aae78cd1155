import { setTimeout as sleep } from 'node:timers/promises'
import { namesOf } from '../e2e/harness/engine.ts'
import { type Agent, ENVIRONMENT, namespaceOf, WORKSPACE } from './place.ts'
import { type Held, hold } from './timing.ts'

/** Takes a workload's requests and runs a command, which writes something first and ends with its input. */
export function intercept(agent: Agent, workload: string, command: string, project = 'one'): Promise<Held> {
  return hold('docker', [
    ...[
      'kdetp',
      'intercept',
      namespaceOf(agent),
      workload,
      '--workspace',
      WORKSPACE,
      '--environment',
      ENVIRONMENT,
    ],
    ...['--project', project, '--port', project === 'one' ? '8080:http' : '9090:http', '--agent', agent],
    ...['--', 'bash', '-c', command],
  ])
}

/** Waits until the keeper has taken everything away. */
export async function untilNothingIsLeft(): Promise<void> {
  while ((await namesOf('container', WORKSPACE)).length > 0) await sleep(100)
}
