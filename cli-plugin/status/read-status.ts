import { LABEL } from '../../compose/labels.ts'
import { readMaking, readRecentLog, readSessionState } from '../../session/commands/status.ts'
import {
  type EnvironmentStatus,
  type Readings,
  runningSessions,
  tellers,
  toStatus,
} from '../../session/engine-status.ts'
import { listContainers, type Observed } from '../../session/observed.ts'
import type { Edges } from '../command.ts'
import { untilTooLate } from './until-too-late.ts'

const NO_ANSWER = { state: 'no answer', lost: [] }

/** Everything of ours on this engine, as it is now. */
export async function readStatus(edges: Edges): Promise<EnvironmentStatus[]> {
  const observed = await edges.docker(listContainers([`label=${LABEL.role}`]))
  if (observed.containers.length === 0) return []
  return toStatus(observed, await readEach(observed, edges))
}

async function readEach(observed: Observed, { docker }: Edges): Promise<Readings> {
  const [making, states, logs] = await Promise.all([
    docker(readMaking(observed.containers.map(({ id }) => id))),
    Promise.all(
      runningSessions(observed).map(async ({ id, name }) => {
        const said = await docker(readSessionState(name)).catch(untilTooLate)
        return [id, said ?? NO_ANSWER] as const
      }),
    ),
    Promise.all(
      tellers(observed).map(async ({ id }) => {
        const log = await docker(readRecentLog(id)).catch(untilTooLate)
        return [id, log ?? ''] as const
      }),
    ),
  ])
  return { making, sessionStates: new Map(states), logs: new Map(logs) }
}
