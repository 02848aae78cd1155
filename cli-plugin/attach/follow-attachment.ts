import { t } from '../../language/t.ts'
import { readNews } from '../../session/commands/changes.ts'
import { toldIn } from '../../session/happening.ts'
import { toLogLine } from '../../session/log-lines.ts'
import type { News } from '../../session/news.ts'
import type { Renewal } from '../../session/remote-environment.ts'
import { byLine } from '../by-line.ts'
import type { Edges } from '../command.ts'
import { type RenewedWorkload, renewEnvironment } from './renew-environment.ts'

/** What is written while the session is away is read when it is back. */
const PAUSE = 1000

/** Says what has befallen an attachment, and returns what its dev container's next process has to get anew. */
export async function catchUp(renewed: RenewedWorkload, edges: Edges): Promise<Renewal | undefined> {
  const all = await edges.docker(readNews(renewed.session)).catch(() => [])
  const news = all.find(({ workload }) => workload === renewed.workload)
  if (news === undefined) return undefined
  edges.emit({ type: 'remark', message: textOf(news) })
  return news.kind === 'lost' ? undefined : renewEnvironment(renewed, edges)
}

/** Says what befalls an attachment, and copies its pods' variables where they change, until `end`. */
export async function followAttachment(
  renewed: RenewedWorkload,
  end: AbortSignal,
  edges: Edges,
): Promise<void> {
  const { session, workload } = renewed
  const tell = async (news: News): Promise<void> => {
    if (news.kind === 'changed') await renewEnvironment(renewed, edges)
    edges.emit({ type: 'remark', message: textOf(news) })
  }
  // The person's shell comes first.
  await edges.sleep(PAUSE, end)
  let seen = ''
  const read = (line: string): void => {
    const { time, text } = toLogLine(session, line)
    const news = time > seen ? toNews(text) : undefined
    seen = time || seen
    if (news?.workload === workload) tell(news).catch(() => undefined)
  }
  while (!end.aborted) {
    const from = seen === '' ? ['--tail', '0'] : ['--since', seen]
    await edges.engine.attach(['container', 'logs', '--timestamps', '--follow', ...from, session], {
      ...{ terminal: false, stdin: 'ignore', end },
      onOutput: byLine(read),
    })
    await edges.sleep(PAUSE, end)
  }
}

function toNews(text: string): News | undefined {
  const told = toldIn(text)
  if (told?.kind !== 'lost' && told?.kind !== 'changed') return undefined
  return { kind: told.kind, at: told.at, workload: told.what, text: told.because }
}

const textOf = (news: News): string => (news.kind === 'lost' ? lost(news) : changed(news))

const lost = ({ workload, at, text }: News): string =>
  t`"${workload}" was lost at ${at}: ${text}. It is left to them: leave, and attach it again, if it is to be yours.`

const changed = ({ workload, at, text }: News): string =>
  t`The environment of "${workload}" changed at ${at}: ${text}. Its copies are written anew; what runs keeps the old, and a new shell by 'docker kde-tp exec' gets the new.`
