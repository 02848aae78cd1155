import { t } from '../../language/t.ts'
import { type AttachedWorkload, attachedWorkloads } from '../../session/attached.ts'
import { KdeTpError } from '../../session/errors.ts'
import { containersOf, listContainers, type ObservedContainer, projectOf } from '../../session/observed.ts'
import { assertUnderstood } from '../../session/schema.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { KeptPlace } from '../attach/compose-input.ts'
import type { Edges } from '../command.ts'
import { keyOf, type PlaceTyped, readEnvironment } from '../surroundings/read-workspace.ts'
import { chooseAttached } from './choose-attached.ts'

/** A dev container that runs, and what is beside it. */
export interface RunningDevContainer {
  readonly attached: AttachedWorkload
  readonly environment: Environment
  readonly place: KeptPlace
  /** All of the engine. */
  readonly containers: readonly ObservedContainer[]
  readonly session: ObservedContainer | undefined
}

/** The one that is meant; what is not typed is asked for. Throws NOT_ATTACHED where none runs. */
export async function chooseRunning(
  names: readonly string[],
  typed: PlaceTyped,
  edges: Edges,
): Promise<RunningDevContainer> {
  const environment = readEnvironment(typed, edges)
  const key = keyOf(environment)
  const observed = await edges.docker(listContainers())
  const ours = containersOf(observed, key)
  assertUnderstood(ours)
  const running = attachedWorkloads(ours).filter(({ isRunning }) => isRunning)
  const attached = await chooseAttached(names, running, edges)
  if (attached === undefined)
    throw new KdeTpError('NOT_ATTACHED', t`No dev container is running here.`, {
      hint: t`Start one with: docker kde-tp intercept`,
    })
  const isItsSession = ({ role, namespace }: ObservedContainer): boolean =>
    role === 'session' && namespace === attached.namespace
  return {
    attached,
    environment,
    place: { ...key, project: projectOf(observed, key) },
    containers: observed.containers,
    session: ours.find(isItsSession),
  }
}
