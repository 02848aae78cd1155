import { keeperName } from '../../compose/names.ts'
import { t } from '../../language/t.ts'
import { removeContainer } from '../../session/commands/docker.ts'
import { KdeTpError } from '../../session/errors.ts'
import { ALL_OF_IT } from '../../session/lease.ts'
import { containersOf, type EnvironmentKey, listContainers, projectOf } from '../../session/observed.ts'
import { byEnvironment, listOwned, type OwnedEnvironment, type OwnedThing } from '../../session/owned.ts'
import { assertUnderstood } from '../../session/schema.ts'
import type { KeptPlace } from '../attach/compose-input.ts'
import type { Edges } from '../command.ts'
import { leaseFromKeeper } from './keeper-lease.ts'

const LOOK_EVERY = 300
/** Commands that were at work take away what they were still making. */
const PATIENCE = 30_000

/** All that this engine has of ours. */
export async function readOwned({ docker }: Pick<Edges, 'docker'>): Promise<readonly OwnedEnvironment[]> {
  const kinds = ['container', 'network', 'volume'] as const
  return byEnvironment((await Promise.all(kinds.map(kind => docker(listOwned(kind))))).flat())
}

/** Has the keeper end all of one environment, and returns when nothing of it is left. Throws NOT_ENDED, or TOOL_TOO_OLD. */
export async function clearEnvironment(environment: OwnedEnvironment, edges: Edges): Promise<void> {
  const name = t`Clear ${environment.environment} of ${environment.workspacePath}`
  const observed = await edges.docker(listContainers())
  assertUnderstood(containersOf(observed, environment))
  edges.emit({ type: 'step', name, state: 'started', because: t`you asked for it` })
  const place = {
    workspacePath: environment.workspacePath,
    environment: environment.environment,
    project: projectOf(observed, environment),
  }
  let left = await endAll(place, edges)
  if (left.length > 0) {
    // A keeper that hangs. Another one knows as much: all that it goes by is labels.
    await edges.dockerUncancelled(removeContainer(keeperName(place.project)))
    left = await endAll(place, edges)
  }
  edges.emit({ type: 'step', name, state: left.length === 0 ? 'done' : 'failed' })
  if (left.length > 0) throw notEnded(left)
}

/** Returns what is left after all. */
async function endAll(place: KeptPlace, edges: Edges): Promise<readonly OwnedThing[]> {
  const wanted = { type: 'end-all' } as const
  const lease = await leaseFromKeeper({ place, namespace: ALL_OF_IT, wanted }, edges)
  await lease.farewell()
  const end = edges.now() + PATIENCE
  let left = await thingsOf(place, edges)
  while (left.length > 0 && edges.now() < end) {
    await edges.sleep(LOOK_EVERY)
    left = await thingsOf(place, edges)
  }
  return left
}

const thingsOf = async (
  { workspacePath, environment }: EnvironmentKey,
  { dockerUncancelled }: Edges,
): Promise<readonly OwnedThing[]> =>
  (await readOwned({ docker: dockerUncancelled }))
    .filter(each => each.workspacePath === workspacePath && each.environment === environment)
    .flatMap(({ things }) => things)

function notEnded(left: readonly OwnedThing[]): KdeTpError {
  const names = left.map(({ kind, name }) => `${kind} ${name}`)
  const [first] = left
  return new KdeTpError('NOT_ENDED', t`The keeper could not remove everything.`, {
    detail: names.join('\n'),
    left: t`What is named above is still there.`,
    hint: t`Look what holds it with: docker ${first?.kind} inspect ${first?.name}`,
  })
}
