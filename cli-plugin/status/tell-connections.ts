import { LABEL } from '../../compose/labels.ts'
import { followConnections } from '../../session/commands/status.ts'
import { runningSessions } from '../../session/engine-status.ts'
import { listContainers, type ObservedContainer } from '../../session/observed.ts'
import { byLine } from '../by-line.ts'
import type { Edges } from '../command.ts'
import { exitCodeOfSignal } from '../edges/signals.ts'

/**
 * Tells how many connections a second the network of each session has that runs now, until all of them have ended or it is
 * to end. One of an older version cannot tell. Returns the exit code.
 */
export async function tellConnections(edges: Edges): Promise<number> {
  const sessions = runningSessions(await edges.docker(listContainers([`label=${LABEL.role}`])))
  await Promise.all(sessions.map(session => follow(session, edges)))
  const signal = edges.signals.received()
  return signal === undefined ? 0 : exitCodeOfSignal(signal)
}

function follow(session: ObservedContainer, { engine, signals, emit }: Edges): Promise<number> {
  const { name, workspacePath = '', environment = '', namespace = '' } = session
  const place = { workspace: workspacePath, environment, namespace }
  const onOutput = byLine(line => {
    // That a session has no such program is told here too.
    if (/^\d+$/.test(line)) emit({ type: 'connections', ...place, perSecond: Number(line) })
  })
  return engine.attach(followConnections(name), {
    ...{ terminal: false, stdin: 'open', end: signals.abort, onOutput },
  })
}
