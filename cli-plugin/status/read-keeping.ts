import { LABEL } from '../../compose/labels.ts'
import { keeperName } from '../../compose/names.ts'
import { readPlan } from '../../session/commands/status.ts'
import { environmentsOf, keeperState } from '../../session/engine-status.ts'
import type { EventOf } from '../../session/events.ts'
import { type PlannedStep, plannedSteps } from '../../session/keeper-step.ts'
import { RESTART_GRACE } from '../../session/keeper-world.ts'
import { listContainers, type ObservedContainer, projectOf } from '../../session/observed.ts'
import type { Edges } from '../command.ts'
import { type KeptContainers, readWorld } from '../keeper/read-world.ts'
import { untilTooLate } from './until-too-late.ts'

type Keeping = EventOf<'keeping'>['environments']

/** What the keeper of each environment would do now. */
export async function readKeeping(edges: Edges): Promise<Keeping> {
  const observed = await edges.docker(listContainers([`label=${LABEL.role}`]))
  return Promise.all(environmentsOf(observed).map(containers => readOne(containers, edges)))
}

async function readOne(containers: readonly ObservedContainer[], edges: Edges): Promise<Keeping[number]> {
  const { workspacePath = '', environment = '' } = containers[0] ?? {}
  const key = { workspacePath, environment }
  const kept = { ...key, name: keeperName(projectOf({ containers }, key)) }
  const keeper = keeperState(containers)
  const steps = await (keeper === 'running' ? askKeeper(kept, edges) : planOfNext(kept, edges))
  return { workspace: workspacePath, environment, keeper, ...(steps !== undefined && { steps }) }
}

/** It alone knows the leases. */
const askKeeper = (kept: KeptContainers, { docker }: Edges): Promise<PlannedStep[] | undefined> =>
  docker(readPlan(kept.name, kept)).catch(untilTooLate)

/** There are no leases without a keeper; the next one would give living commands time to take theirs again. */
async function planOfNext(kept: KeptContainers, edges: Edges): Promise<PlannedStep[]> {
  const now = edges.now()
  const nothingKnown = { known: [], retryAt: new Map<string, number>() }
  const mind = { ...nothingKnown, graceUntil: now + RESTART_GRACE, keptSince: now, startedAt: now }
  return plannedSteps(await readWorld(kept, mind, () => [], edges))
}
