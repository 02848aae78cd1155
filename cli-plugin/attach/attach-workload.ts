import { t } from '../../language/t.ts'
import {
  type AttachResult,
  attach,
  connectAnew,
  LINE_BROKEN,
  startOver,
  TAKEN_HERE,
  UNHEARD,
} from '../../session/commands/telepresence.ts'
import { KdeTpError } from '../../session/errors.ts'
import { containersOf, isRunning, listContainers } from '../../session/observed.ts'
import { awaitArrival } from './await-arrival.ts'
import type { Call } from './call.ts'
import { compareHeaders } from './compare-headers.ts'
import { callCompose } from './start-dev-container.ts'
import { takeFromOthers } from './take-over.ts'
import { tellArrival } from './tell-arrival.ts'

const TRY_EVERY = 1000
/** So often before what is to be done is decided anew; with all that, longer than an attach may take. */
const MOST_TRIES = 30

export async function attachWorkload(call: Call): Promise<void> {
  call.progress.compose = callCompose(call)
  const attached = await attachInTurn(call)
  call.progress.lease?.add({ type: 'attached' })
  call.progress.attached = attached
  call.progress.arrival = awaitArrival(call, attached.container)
}

/** What a dev container that runs has lost, or is about to have again by itself. Throws ALREADY_ATTACHED. */
export async function attachAgain(call: Call): Promise<void> {
  try {
    const { container } = await attachInTurn(call)
    call.progress.arrival = awaitArrival(call, container)
    await tellArrival(call)
  } catch (error) {
    if (!failedBy(TAKEN_HERE, error)) throw error
    if (call.order.wish.headers.length > 0) await compareHeaders(call)
    const { workload } = call.order.wish.attachment
    call.edges.emit({ type: 'remark', message: t`"${workload}" is attached as it was.` })
  }
}

/** Tries again where what is in the way passes by itself. */
async function attachInTurn(call: Call, tries = 1): Promise<AttachResult> {
  const { order, names, edges } = call
  const { attachment, headers } = order.wish
  try {
    return await takeFromOthers(call, () => edges.docker(attach(names.session, attachment, headers)))
  } catch (error) {
    if (failedBy(UNHEARD, error)) await edges.docker(connectAnew(names.session, attachment.workload))
    if (tries === MOST_TRIES || !(await passes(error, call))) throw error
    await edges.sleep(TRY_EVERY, edges.signals.abort)
    return attachInTurn(call, tries + 1)
  }
}

/**
 * A broken line to the traffic-manager, and another command that has taken the workload for this session a moment
 * before: its dev container comes up next, and then what is to be done is decided anew. Where it has failed, the
 * workload is free.
 */
async function passes(error: unknown, call: Call): Promise<boolean> {
  const { order, names, edges } = call
  if (!failedBy(LINE_BROKEN, error)) return failedBy(TAKEN_HERE, error) && !(await hasDevContainer(call))
  await edges.docker(startOver(names.session, order.wish.attachment.workload))
  return true
}

const failedBy = (reason: RegExp, error: unknown): boolean =>
  error instanceof KdeTpError && error.code === 'ATTACH_FAILED' && reason.test(error.detail ?? '')

async function hasDevContainer({ order: { wish }, edges: { docker } }: Call): Promise<boolean> {
  return containersOf(await docker(listContainers()), wish).some(
    container =>
      isRunning(container) &&
      container.namespace === wish.namespace &&
      container.attachment?.workload === wish.attachment.workload,
  )
}
