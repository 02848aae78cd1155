import { succeeded, type ToolCommand } from '../../session/tool-command.ts'
import type { Call } from './call.ts'

/** Whether all requests can be said to arrive: with a sidecar, once the pods from before its injection are gone. */
export function awaitArrival(call: Call, container: string | undefined): Promise<boolean> {
  const { order, names, edges } = call
  const { mode, workload, agent } = order.wish.attachment
  const isThere = agent === 'node' || (order.target.facts.hasOnlyAgents && mode !== 'replace')
  if (isThere || mode === 'ingest') return Promise.resolve(true)
  const replaced = mode === 'replace' ? container : undefined
  const arrived = edges.docker(arrival(names.session, order.wish.namespace, workload, replaced))
  // Awaited after the dev container's start, which may fail first.
  arrived.catch(() => undefined)
  return arrived
}

const arrival = (
  session: string,
  namespace: string,
  workload: string,
  replaced: string | undefined,
): ToolCommand<boolean> => ({
  args: [
    ...[
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
    ...(replaced === undefined ? [] : ['--replaced', replaced]),
  ],
  anyExitCode: true,
  timeoutSeconds: 60,
  parse: succeeded,
})
