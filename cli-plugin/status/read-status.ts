import { LABEL } from '../../compose/labels.ts'
import { readCreationTimes, readSessionState } from '../../session/commands/status.ts'
import {
  type EnvironmentStatus,
  type Readings,
  runningSessions,
  toStatus,
} from '../../session/engine-status.ts'
import { KdeTpError } from '../../session/errors.ts'
import { listContainers, type Observed } from '../../session/observed.ts'
import type { Edges } from '../command.ts'

/** Everything of ours on this engine, as it is now. */
export async function readStatus(edges: Edges): Promise<EnvironmentStatus[]> {
  const observed = await edges.docker(listContainers([`label=${LABEL.role}`]))
  if (observed.containers.length === 0) return []
  return toStatus(observed, await readEach(observed, edges))
}

async function readEach(observed: Observed, { docker }: Edges): Promise<Readings> {
  const [createdAt, ...states] = await Promise.all([
    docker(readCreationTimes(observed.containers.map(({ id }) => id))),
    ...runningSessions(observed).map(async ({ id, name }) => {
      const said = await docker(readSessionState(name)).catch(untilTooLate)
      return [id, said ?? 'no answer'] as const
    }),
  ])
  return { createdAt, sessionStates: new Map(states) }
}

/** One that hangs must not hide all others. */
function untilTooLate(error: unknown): undefined {
  if (!(error instanceof KdeTpError) || error.code !== 'TOOL_FAILED') throw error
}
