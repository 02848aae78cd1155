import { LABEL } from '../../compose/labels.ts'
import { readEngineEvents, readLogsSince } from '../../session/commands/happenings.ts'
import { tellers } from '../../session/engine-status.ts'
import { oldestFirst, type Stamped, toStamped } from '../../session/happening.ts'
import { toLogLines } from '../../session/log-lines.ts'
import { listContainers, type ObservedContainer } from '../../session/observed.ts'
import type { Edges } from '../command.ts'

/**
 * What has happened, in the order of its times: as far as the engine remembers its events, and as the logs tell of
 * those keepers and sessions that are still there. Milliseconds since 1970.
 */
export async function readPast(since: number, until: number, edges: Edges): Promise<readonly Stamped[]> {
  const observed = await edges.docker(listContainers([`label=${LABEL.role}`]))
  const [events, ...logs] = await Promise.all([
    edges.docker(readEngineEvents(since, until)),
    ...tellers(observed).map(container => readLog(container, since, until, edges)),
  ])
  return [...events, ...logs.flat()].toSorted((a, b) => oldestFirst(a.happening, b.happening))
}

async function readLog(
  container: ObservedContainer,
  since: number,
  until: number,
  { docker }: Edges,
): Promise<readonly Stamped[]> {
  const text = await docker(readLogsSince(container.name, since, until))
  return toLogLines(container.name, text).flatMap(line => toStamped(line, container) ?? [])
}
