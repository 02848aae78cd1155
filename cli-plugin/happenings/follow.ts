import { LABEL } from '../../compose/labels.ts'
import { engineEvents, logsSince, toEngineHappening } from '../../session/commands/happenings.ts'
import { isTeller, tellers } from '../../session/engine-status.ts'
import { type Stamped, type Teller, toStamped } from '../../session/happening.ts'
import { toLogLine } from '../../session/log-lines.ts'
import { isRunning, listContainers } from '../../session/observed.ts'
import { byLine } from '../by-line.ts'
import type { Edges } from '../command.ts'

export interface Following {
  /** What came before is left out: milliseconds since 1970. */
  readonly since: number
  /** Ends it. */
  readonly end: AbortSignal
  /** May be told one thing twice. */
  readonly tell: (happening: Stamped) => void
}

/**
 * Tells what happens as it comes, by the engine and by the logs of all keepers and sessions, also of those that come up
 * later. Returns the exit code of docker's `events`.
 */
export async function follow({ since, end, tell }: Following, edges: Edges): Promise<number> {
  const stream = (args: readonly string[], onLine: (line: string) => void): Promise<number> => {
    const take = byLine(onLine)
    // What docker says of itself comes on the other stream.
    const onOutput: typeof take = (from, text) => from === 'stdout' && take(from, text)
    return edges.engine.attach(args, { terminal: false, stdin: 'ignore', end, onOutput })
  }
  const followLog = (name: string, teller: Teller): Promise<number> =>
    stream(logsSince(name, since, 'follow'), line => {
      const stamped = toStamped(toLogLine(name, line), teller)
      if (stamped !== undefined) tell(stamped)
    })
  const events = stream(engineEvents(since), line => {
    const event = toEngineHappening(JSON.parse(line))
    if (event === undefined) return
    tell(event)
    // Its log ended when it did.
    if (event.happening.kind === 'started' && isTeller(event.teller))
      void followLog(event.happening.what, event.teller)
  })
  const observed = await edges.docker(listContainers([`label=${LABEL.role}`]))
  for (const container of tellers(observed).filter(isRunning)) void followLog(container.name, container)
  return await events
}
