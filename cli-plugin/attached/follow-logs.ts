import { type LogLine, toLogLine } from '../../session/log-lines.ts'
import { byLine } from '../by-line.ts'
import type { Edges } from '../command.ts'
import { exitCodeOfSignal } from '../edges/signals.ts'

/** Tells each line of the containers' logs as it comes, from their beginnings, until all have ended or it is to end. Returns the exit code. */
export async function followLogs(
  containers: readonly string[],
  tell: (line: LogLine) => void,
  { engine, signals }: Edges,
): Promise<number> {
  const follow = (container: string): Promise<number> =>
    engine.attach(['container', 'logs', '--timestamps', '--follow', container], {
      ...{ terminal: false, stdin: 'ignore', end: signals.abort },
      onOutput: byLine(line => tell(toLogLine(container, line))),
    })
  await Promise.all(containers.map(follow))
  const signal = signals.received()
  return signal === undefined ? 0 : exitCodeOfSignal(signal)
}
