import { type AttachResult, attach } from '../../session/commands/telepresence.ts'
import { KdeTpError } from '../../session/errors.ts'
import { containersOf, isRunning, listContainers } from '../../session/observed.ts'
import { awaitArrival } from './await-arrival.ts'
import type { Call } from './call.ts'
import { callCompose } from './start-dev-container.ts'

const TRY_EVERY = 1000
/** So often before what is to be done is decided anew; with all that, longer than an attach may take. */
const MOST_TRIES = 30

export async function attachWorkload(call: Call): Promise<void> {
  const compose = callCompose(call)
  call.progress.compose = compose
  const { environment } = await attachInTurn(call).catch(error => {
    compose.giveUp()
    throw error
  })
  call.progress.lease?.add({ type: 'attached' })
  call.progress.reported = environment
  call.progress.arrival = awaitArrival(call)
}

/**
 * Waits for another command that has taken the workload for this session a moment before: its dev container comes up
 * next, and then what is to be done is decided anew. Where it has failed, the workload is free.
 */
async function attachInTurn(call: Call, tries = 1): Promise<AttachResult> {
  const { order, names, edges } = call
  try {
    return await edges.docker(attach(names.session, order.wish.attachment))
  } catch (error) {
    if (!isTakenHere(error) || tries === MOST_TRIES || (await hasDevContainer(call))) throw error
    await edges.sleep(TRY_EVERY, edges.signals.abort)
    return attachInTurn(call, tries + 1)
  }
}

const isTakenHere = (error: unknown): boolean =>
  error instanceof KdeTpError && error.code === 'ATTACH_FAILED' && /already exists/.test(error.detail ?? '')

async function hasDevContainer({ order: { wish }, edges: { docker } }: Call): Promise<boolean> {
  return containersOf(await docker(listContainers()), wish).some(
    container =>
      isRunning(container) &&
      container.namespace === wish.namespace &&
      container.attachment?.workload === wish.attachment.workload,
  )
}
