import { t } from '../../language/t.ts'
import type { AttachedWorkload } from '../../session/attached.ts'
import { KdeTpError } from '../../session/errors.ts'
import {
  containersOf,
  type EnvironmentKey,
  listContainers,
  type Observed,
  type ObservedContainer,
  projectOf,
} from '../../session/observed.ts'
import type { Edges } from '../command.ts'
import { leaseFromKeeper } from './keeper-lease.ts'

const LOOK_EVERY = 200
/** A keeper that has just been started calls nothing abandoned for 30 s, and a session takes a while to quit. */
const PATIENCE = 45_000

/** Has the keeper end an attachment and its dev container, and returns when it has. Throws NOT_ENDED. */
export async function endAttachment(
  attached: AttachedWorkload,
  { key, observed }: { readonly key: EnvironmentKey; readonly observed: Observed },
  edges: Edges,
): Promise<void> {
  const { namespace, workload, devContainer } = attached
  assertSessionAnswers(attached, containersOf(observed, key))
  const name = t`Detach ${workload}`
  edges.emit({ type: 'step', name, state: 'started', because: t`you asked for it` })
  const place = { ...key, project: projectOf(observed, key) }
  const lease = await leaseFromKeeper({ place, namespace, wanted: { type: 'end', devContainer } }, edges)
  await lease.farewell()
  const left = await whatStays(attached, key, edges)
  const isEnded = left.every(container => container.name !== devContainer)
  edges.emit({ type: 'step', name, state: isEnded ? 'done' : 'failed' })
  if (!isEnded) throw notEnded(attached)
  if (!isGoing(attached, left)) return
  const message = t`The session of ${namespace} stays: somebody else is using it.`
  edges.emit({ type: 'remark', message })
}

/** A session that goes away gives everything back, paused too; one that others keep has to be told. */
function assertSessionAnswers(
  { namespace, workload, devContainer }: AttachedWorkload,
  containers: readonly ObservedContainer[],
): void {
  const here = containers.filter(container => container.namespace === namespace)
  const paused = here.find(({ role, state }) => role === 'session' && state === 'paused')
  const isShared = here.some(({ role, name }) => role === 'dev' && name !== devContainer)
  if (paused === undefined || !isShared) return
  throw new KdeTpError(
    'NOT_ENDED',
    t`The session, which another project keeps, is paused and gives "${workload}" not back.`,
    {
      hint: t`Let it go on with: docker unpause ${paused.name}`,
    },
  )
}

/** Commands whose dev container is gone leave by themselves, and with the last one session and keeper go. */
async function whatStays(
  attached: AttachedWorkload,
  key: EnvironmentKey,
  edges: Edges,
): Promise<readonly ObservedContainer[]> {
  const end = edges.now() + PATIENCE
  let there = await lookAt(key, edges)
  while (isGoing(attached, there) && edges.now() < end) {
    await edges.sleep(LOOK_EVERY)
    there = await lookAt(key, edges)
  }
  return there
}

/** The dev container is there, or a session that has none any more, or a keeper that has no session. */
function isGoing(
  { namespace, devContainer }: AttachedWorkload,
  containers: readonly ObservedContainer[],
): boolean {
  const here = containers.filter(container => container.namespace === namespace)
  if (here.some(({ name }) => name === devContainer)) return true
  if (here.length > 0) return here.every(({ role }) => role !== 'dev')
  return containers.length > 0 && containers.every(({ role }) => role === 'keeper')
}

const notEnded = ({ devContainer, workload }: AttachedWorkload): KdeTpError =>
  new KdeTpError('NOT_ENDED', t`The keeper did not remove ${devContainer}.`, {
    hint: t`Remove it with: docker rm -f ${devContainer}`,
    left: t`"${workload}" may still be attached.`,
  })

const lookAt = async (
  key: EnvironmentKey,
  { dockerUncancelled }: Edges,
): Promise<readonly ObservedContainer[]> => containersOf(await dockerUncancelled(listContainers()), key)
