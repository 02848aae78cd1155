import { t } from '../../language/t.ts'
import { readLogs } from '../../session/commands/docker.ts'
import { LINE_BROKEN, TAKEN_HERE, UNHEARD } from '../../session/commands/telepresence.ts'
import { type ErrorCode, KdeTpError } from '../../session/errors.ts'
import type { SessionEvent } from '../../session/events.ts'
import { listContainers, type Observed } from '../../session/observed.ts'
import { type AttachPlan, planAttach } from '../../session/plan-attach.ts'
import type { Edges } from '../command.ts'
import type { Progress } from './call.ts'
import { carryOut } from './carry-out.ts'
import type { AttachOrder } from './order.ts'
import { WorldChanged } from './start-keeper.ts'

interface Race {
  /** So often may one call lose it. */
  readonly mostAttempts: number
}

const KEEPER_LEFT: Race = { mostAttempts: 5 }
const RACES: readonly (Race & { readonly code: ErrorCode; readonly detail: RegExp })[] = [
  {
    // Compose has no lock: another command may create between our look and our step.
    code: 'TOOL_FAILED',
    detail:
      /already in use|already exists|is being removed|already in progress|no such container|cannot join network|bind source path does not exist/i,
    mostAttempts: 5,
  },
  // Another command of this session has attached the workload, and its dev container may be there by now. Each attempt
  // has waited for that.
  { code: 'ATTACH_FAILED', detail: TAKEN_HERE, mostAttempts: 5 },
  // Each attempt has made the session connect anew.
  { code: 'ATTACH_FAILED', detail: UNHEARD, mostAttempts: 3 },
  // Each attempt has waited for the line to come back.
  { code: 'ATTACH_FAILED', detail: LINE_BROKEN, mostAttempts: 2 },
]
const LONGEST_PAUSE = 2000

/** The plan of an order that nothing has been done for. */
export const plan = ({ wish, target, ...order }: AttachOrder, observed = order.observed): AttachPlan =>
  planAttach(wish, {
    observed,
    lacksTrafficManager: target.lacksTrafficManager,
    hasOnlyAgents: target.facts.hasOnlyAgents,
    holdsLease: false,
  })

const planUnderLease = ({ wish, target }: AttachOrder, observed: Observed): AttachPlan =>
  planAttach(wish, {
    observed,
    lacksTrafficManager: false,
    hasOnlyAgents: target.facts.hasOnlyAgents,
    holdsLease: true,
  })

/** Carries an order out, and leaves only what it is to leave, however it ends. Returns the exit code. */
export async function attach(order: AttachOrder, edges: Edges): Promise<number> {
  const progress: Progress = {}
  try {
    await attempt(order, progress, edges)
  } catch (error) {
    throw await undone(error, progress, edges)
  }
  await progress.lease?.farewell()
  edges.emit(toResult(progress))
  return progress.exitCode ?? 0
}

function toResult({ exitCode, names }: Progress): SessionEvent {
  return {
    type: 'result',
    exitCode: exitCode ?? 0,
    ...(names !== undefined && {
      composeProject: names.project,
      sessionContainer: names.session,
      devContainer: names.devContainer,
    }),
  }
}

async function attempt(
  order: AttachOrder,
  progress: Progress,
  edges: Edges,
  lost: readonly Race[] = [],
): Promise<void> {
  try {
    if (progress.lease === undefined) {
      const observed = lost.length === 0 ? order.observed : await edges.docker(listContainers())
      await carryOutAll(upToLease(plan(order, observed)), order, progress, edges)
    }
    const observed = await edges.docker(listContainers())
    await carryOutAll(planUnderLease(order, observed), order, progress, edges)
  } catch (error) {
    progress.compose?.giveUp()
    assertNotCleared(progress, error)
    const race = raceOf(error)
    const attempts = 1 + lost.filter(each => each === race).length
    if (race === undefined || attempts >= race.mostAttempts) throw await givenUp(error, order, edges)
    await edges.sleep(Math.min(LONGEST_PAUSE, 200 * attempts), edges.signals.abort)
    await attempt(order, progress, edges, [...lost, race])
  }
}

/** A keeper that ends each time it is started says why in its log. */
async function givenUp(error: unknown, order: AttachOrder, edges: Edges): Promise<unknown> {
  if (!(error instanceof WorldChanged)) return error
  const { names } = plan(order)
  return new KdeTpError('SESSION_FAILED', t`The keeper ${names.keeper} ends each time it is started.`, {
    detail: await edges.docker(readLogs(names.keeper, 20)),
    hint: t`Look whether program and runtime image are of one build: run scripts/install, or set KDE_TP_IMAGE.`,
    left: t`The container ${names.keeper} is there; remove it with: docker rm -f ${names.keeper}`,
    cause: error,
  })
}

/** What is there may change until the lease is held, so the rest is planned anew under it. */
function upToLease({ names, steps }: AttachPlan): AttachPlan {
  const last = steps.findIndex(({ kind }) => kind === 'take-lease')
  return { names, steps: steps.slice(0, last + 1) }
}

async function carryOutAll(
  { names, steps }: AttachPlan,
  order: AttachOrder,
  progress: Progress,
  edges: Edges,
): Promise<void> {
  for (const step of steps) {
    assertNotCleared(progress)
    const { name, because } = step
    edges.emit({ type: 'step', name, because, state: 'started' })
    try {
      await carryOut(step, { order, names, progress, edges })
    } catch (error) {
      edges.emit({ type: 'step', name, state: 'failed' })
      throw error
    }
    edges.emit({ type: 'step', name, state: 'done' })
  }
  progress.names = names
}

/** Throws CLEARED where somebody has ended all of the environment meanwhile: what is missing then is not made anew. */
function assertNotCleared({ lease }: Progress, cause?: unknown): void {
  if (lease?.isRevoked() !== true) return
  const message = t`Somebody has cleared this environment while the command was at work.`
  throw new KdeTpError('CLEARED', message, { cause, left: t`What this command had made is gone with it.` })
}

/** Undefined where trying again is of no use. */
function raceOf(error: unknown): Race | undefined {
  if (error instanceof WorldChanged) return KEEPER_LEFT
  if (!(error instanceof KdeTpError)) return undefined
  return RACES.find(({ code, detail }) => code === error.code && detail.test(error.detail ?? ''))
}

/** Hands everything that was made to the keeper, and says so. */
async function undone(error: unknown, { lease, takenFrom }: Progress, { emit }: Edges): Promise<unknown> {
  if (lease === undefined) return error
  emit({ type: 'remark', message: t`Taking away what this command has made.` })
  await lease.farewell()
  if (!(error instanceof KdeTpError)) return error
  if (takenFrom !== undefined) return error.leaving(goneFor(takenFrom))
  return error.left === undefined ? error.leaving(t`What this command had made was taken away again.`) : error
}

const goneFor = (holders: readonly string[]): string =>
  t`What this command had made was taken away again. The attachment of ${holders.join(t` and `)} was ended before, and stays so: the cluster answers by itself.`
