import { succeeded, type ToolCommand } from '../../session/tool-command.ts'
import type { Call } from './call.ts'

/** Whether all requests can be said to arrive: with a sidecar, once the pods from before its injection are gone. */
export function awaitArrival({ order: { wish, target }, names, edges: { docker } }: Call): Promise<boolean> {
  if (wish.attachment.agent === 'node' || target.facts.hasOnlyAgents) return Promise.resolve(true)
  const arrived = docker(arrival(names.session, wish.namespace, wish.attachment.workload))
  // Awaited after the dev container's start, which may fail first.
  arrived.catch(() => undefined)
  return arrived
}

const arrival = (session: string, namespace: string, workload: string): ToolCommand<boolean> => ({
  args: [
    'exec',
    session,
    'kde-tp',
    'look',
    '--session',
    '--namespace',
    namespace,
    '--until-arrival',
    workload,
  ],
  anyExitCode: true,
  timeoutSeconds: 60,
  parse: succeeded,
})
