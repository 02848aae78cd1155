import { setTimeout as sleep } from 'node:timers/promises'
import type { Mode } from '../../session/mode.ts'
import { namesOf } from '../e2e/harness/engine.ts'
import { type Agent, ENVIRONMENT, namespaceOf, PROJECTS, WORKSPACE } from './place.ts'
import { type Held, hold } from './timing.ts'

/** Attaches a workload and runs a command, which writes something first and ends with its input. */
export function attach(
  mode: Mode,
  agent: Agent,
  workload: string,
  command: string,
  project: (typeof PROJECTS)[number] = 'one',
): Promise<Held> {
  const port = `${8080 + PROJECTS.indexOf(project)}:http`
  return hold('docker', [
    ...['kdetp', mode, namespaceOf(agent), workload, '--workspace', WORKSPACE, '--environment', ENVIRONMENT],
    ...['--project', project, '--agent', agent],
    ...(mode === 'ingest' ? [] : ['--port', port]),
    ...['--', 'bash', '-c', command],
  ])
}

/** Waits until the keeper has taken everything away. */
export async function untilNothingIsLeft(): Promise<void> {
  while ((await namesOf('container', WORKSPACE)).length > 0) await sleep(100)
}
