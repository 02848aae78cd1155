import { LIST_OWN, type ListedAttachment, listedAttachments } from '../../session/commands/list-own.ts'
import {
  CONFLICT,
  errorText,
  holderIn,
  LINE_BROKEN,
  TAKEN_HERE,
  UNDER_WAY,
  withoutHeaderValues,
} from '../../session/commands/telepresence.ts'
import { deedLine } from '../../session/happening.ts'
import { changedNames } from '../../session/remote-environment.ts'
import type { ToolOutput } from '../../session/tool-command.ts'
import { runProgram } from '../edges/program.ts'
import { attachedAt, keepChange, lose, readKnown, readWished, readWords, tellNews } from './attachments.ts'
import type { ManagerLine } from './manager-line.ts'
import type { Log } from './state.ts'

const TRIES = 5
/** A look takes a tenth of a second of a core. */
const LOOK_EVERY = 60_000
/** A client has heard by then of what it holds. */
const LOOK_SOON = 10_000
/** What is missing in two looks at this distance has been ended in the cluster. */
const LOOK_AGAIN = 5000

export interface Keeping {
  readonly log: Log
  readonly sleep: (milliseconds: number, abort: AbortSignal) => Promise<void>
  /** The end of the connection. */
  readonly abort: AbortSignal
  readonly manager: ManagerLine
}

/**
 * Attaches again what this session had and the cluster does not know of any more, as after a `docker restart`, and then
 * looks from time to time what has become of it. What somebody else has taken, or has ended, stays theirs.
 */
export async function keepAttachments(keeping: Keeping): Promise<void> {
  const { log, sleep, abort } = keeping
  // A disk may be full: what cannot be kept is found again by the next look.
  const tellFailure = (error: unknown): false => {
    log(`could not look after the attachments: ${error}`)
    return false
  }
  await sleep((await takeUp(keeping).catch(tellFailure)) ? LOOK_SOON : LOOK_EVERY, abort)
  while (!abort.aborted) {
    await look(keeping).catch(tellFailure)
    await sleep(LOOK_EVERY, abort)
  }
}

/** A connection that is made anew mostly has all of it still, by the identity in the cache. False where there was nothing. */
async function takeUp(keeping: Keeping): Promise<boolean> {
  const wished = await readWished()
  // A client writes who holds what when it first lists: one that only asks must have its own first list.
  if (wished.size === 0) return false
  const listed = await listOwn()
  for (const workload of wished.keys()) {
    const { conflict } = listed?.get(workload) ?? {}
    if (conflict === undefined) await attachAgain(workload, keeping)
    else if (conflict !== '') await giveUp(workload, conflict, keeping)
  }
  return true
}

async function attachAgain(workload: string, keeping: Keeping, tries = 1): Promise<void> {
  const words = await readWords(workload)
  if (words === undefined || keeping.abort.aborted) return
  const output = await runProgram('attach', [workload, ...words], { timeoutSeconds: 150 })
  const said = errorText(output)
  if (output.exitCode === 0) {
    const because = 'the connection is new'
    return keeping.log(deedLine({ kind: 'repair', what: `attached ${workload} again`, because }))
  }
  if (output.exitCode === UNDER_WAY || TAKEN_HERE.test(said)) return
  if (isPassing(output, said) && tries < TRIES) {
    await keeping.sleep(2000 * tries, keeping.abort)
    return attachAgain(workload, keeping, tries + 1)
  }
  await lose(workload, CONFLICT.test(said) ? takenBy(said) : withoutHeaderValues(said, words), keeping.log)
}

async function look(keeping: Keeping): Promise<void> {
  const wished = await readWished()
  if (wished.size === 0 || keeping.abort.aborted) return
  const listed = await listOwn()
  for (const workload of wished.keys())
    await lookForChange(workload, listed?.get(workload)?.environment, keeping)
  if (listed !== undefined) await lookForLosses(wished, listed, keeping)
}

/** Another pod's variables may be others than those that the dev container was made with. */
async function lookForChange(
  workload: string,
  now: ListedAttachment['environment'],
  { log }: Keeping,
): Promise<void> {
  const known = await readKnown(workload)
  if (known === undefined || now === undefined) return
  const names = changedNames(known.now, now)
  if (names.length === 0) return
  await keepChange(workload, { ...known, now })
  const text = `its pods have other environment variables: ${names.join(', ')}`
  await tellNews({ kind: 'changed', workload, at: new Date().toISOString(), text }, log)
}

/** Its connection has lasted, so what it holds no more has been taken or ended by somebody. */
async function lookForLosses(wished: Wished, listed: Listed, keeping: Keeping): Promise<void> {
  const doubtful = [...lossesIn(listed, [...wished.keys()]).keys()]
  // What a manager has forgotten that was away, its clients tell it again within seconds.
  if (doubtful.length === 0 || !(await keeping.manager.ask())) return
  await keeping.sleep(LOOK_AGAIN, keeping.abort)
  for (const [workload, conflict] of lossesIn(await listOwn(), doubtful)) {
    // Detached and attached again in between, it is another one.
    const isSame = (await attachedAt(workload)) === wished.get(workload)
    if (isSame && !keeping.abort.aborted) await giveUp(workload, conflict, keeping)
  }
}

type Wished = ReadonlyMap<string, number>
type Listed = ReadonlyMap<string, ListedAttachment>

/**
 * Of these workloads those that the client holds no more, and what is said of who does; empty where nothing is. One that
 * could not tell holds all.
 */
function lossesIn(listed: Listed | undefined, workloads: readonly string[]): ReadonlyMap<string, string> {
  if (listed === undefined) return new Map()
  const lost = workloads.filter(workload => listed.get(workload)?.conflict !== '')
  return new Map(lost.map(workload => [workload, listed.get(workload)?.conflict ?? '']))
}

/** One that hangs tells nothing. */
const listOwn = async (): Promise<Listed | undefined> =>
  listedAttachments(await runProgram('telepresence', LIST_OWN, { timeoutSeconds: 30 }))

const ENDED = 'somebody else has ended it in the cluster'
const takenBy = (said: string): string => `${holderIn(said) ?? 'another session'} has taken it`

async function giveUp(workload: string, conflict: string, { log }: Keeping): Promise<void> {
  await lose(workload, conflict === '' ? ENDED : takenBy(conflict), log)
  // What the manager still keeps of it would stay in the list as an error.
  if (conflict !== '') await runProgram('telepresence', ['detach', workload], { timeoutSeconds: 60 })
}

const NOT_CONNECTED = /not connected|timed out/i

const isPassing = ({ exitCode }: ToolOutput, said: string): boolean =>
  exitCode === 127 || LINE_BROKEN.test(said) || NOT_CONNECTED.test(said)
