import { t } from '../../language/t.ts'
import { readLogs } from '../../session/commands/docker.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { ToolCommand, ToolOutput } from '../../session/tool-command.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import type { Call } from './call.ts'

/** Longer than Telepresence's own limits for a first connect. */
const PATIENCE_SECONDS = 150

/** Throws SESSION_FAILED, with the session's log: its container is removed afterwards. */
export async function waitForSession({ order, names: { session }, edges: { docker } }: Call): Promise<void> {
  const output = await docker(stateOf(session))
  if (output.exitCode === 0) return
  const logs = await docker(readLogs(session, 20))
  throw new KdeTpError('SESSION_FAILED', t`The session ${session} could not connect to the cluster.`, {
    detail: logs || output.stderr.trim() || output.stdout.trim(),
    hint: t`Its whole log is in ${directoriesOf(order.environment).logs}.`,
  })
}

const stateOf = (session: string): ToolCommand<ToolOutput> => ({
  args: ['exec', session, 'session-state', '--wait'],
  anyExitCode: true,
  timeoutSeconds: PATIENCE_SECONDS,
  parse: output => output,
})
