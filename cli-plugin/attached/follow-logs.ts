import { containerStarts, followedLog } from '../../session/commands/happenings.ts'
import { type LogLine, toLogLine } from '../../session/log-lines.ts'
import { byLine } from '../by-line.ts'
import type { Edges } from '../command.ts'
import { exitCodeOfSignal } from '../edges/signals.ts'

/**
 * Tells each line of the containers' logs as it comes, from their beginnings, also of those that start again or are made
 * anew meanwhile; until all have ended or it is to end. Returns the exit code.
 */
export async function followLogs(
  containers: readonly string[],
  tell: (line: LogLine) => void,
  { engine, signals, now }: Edges,
): Promise<number> {
  const over = new AbortController()
  const end = AbortSignal.any([signals.abort, over.signal])
  const run = (args: readonly string[], onLine: (line: string) => void): Promise<number> =>
    engine.attach(args, { terminal: false, stdin: 'ignore', end, onOutput: byLine(onLine) })
  const toldUntil = new Map<string, string>()
  let followed = 0
  const follow = async (container: string): Promise<void> => {
    followed += 1
    const since = toldUntil.get(container) ?? ''
    await run(followedLog(container, since), line => {
      const told = toLogLine(container, line)
      if (told.time !== '' && told.time <= since) return
      tell(told)
      if (told.time !== '') toldUntil.set(container, told.time)
    })
    followed -= 1
    if (followed === 0) over.abort()
  }
  const starts = run(containerStarts(now()), name => {
    if (containers.includes(name)) void follow(name)
  })
  await Promise.all([...containers.map(follow), starts])
  const signal = signals.received()
  return signal === undefined ? 0 : exitCodeOfSignal(signal)
}
