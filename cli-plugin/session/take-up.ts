import { readdir, readFile, rm } from 'node:fs/promises'
import { SESSION_PATHS } from '../../compose/session.ts'
import {
  errorText,
  heldWorkloads,
  LINE_BROKEN,
  LIST_OWN,
  TAKEN_HERE,
  UNDER_WAY,
  withoutHeaderValues,
} from '../../session/commands/telepresence.ts'
import { deedLine } from '../../session/happening.ts'
import type { ToolOutput } from '../../session/tool-command.ts'
import { runProgram } from '../edges/program.ts'

/** What `attach` has written: a file for each workload that this session attaches, the call's words in it. */
const DIRECTORY = `${SESSION_PATHS.cache}/attachments`
const TRIES = 5

export interface TakingUp {
  readonly log: (line: string) => void
  readonly sleep: (milliseconds: number, abort: AbortSignal) => Promise<void>
  readonly abort: AbortSignal
}

/**
 * Attaches again what this session had and the cluster does not know of any more, as after a `docker restart`. A
 * connection that is made anew mostly has it still, by the identity in the cache.
 */
export async function takeUp(taking: TakingUp): Promise<void> {
  const wished = await readdir(DIRECTORY).catch(() => [])
  // A client writes who holds what when it first lists: one that only asks must have its own first list.
  if (wished.length === 0) return
  const held = heldWorkloads(await runProgram('telepresence', LIST_OWN))
  for (const workload of wished) if (!held.has(workload)) await attachAgain(workload, taking)
}

async function attachAgain(workload: string, taking: TakingUp, tries = 1): Promise<void> {
  const words = await readWords(workload)
  if (words === undefined || taking.abort.aborted) return
  const output = await runProgram('attach', [workload, ...words], { timeoutSeconds: 150 })
  const said = errorText(output)
  if (output.exitCode === 0) {
    const because = 'the connection is new'
    return taking.log(deedLine({ kind: 'repair', what: `attached ${workload} again`, because }))
  }
  if (output.exitCode === UNDER_WAY || TAKEN_HERE.test(said)) return
  if (isPassing(output, said) && tries < TRIES) {
    await taking.sleep(2000 * tries, taking.abort)
    return attachAgain(workload, taking, tries + 1)
  }
  await rm(`${DIRECTORY}/${workload}`, { force: true })
  taking.log(deedLine({ kind: 'lost', what: workload, because: withoutHeaderValues(said, words) }))
}

const NOT_CONNECTED = /not connected|timed out/i

const isPassing = ({ exitCode }: ToolOutput, said: string): boolean =>
  exitCode === 127 || LINE_BROKEN.test(said) || NOT_CONNECTED.test(said)

/** Undefined where somebody has detached it meanwhile. */
async function readWords(workload: string): Promise<readonly string[] | undefined> {
  const text = await readFile(`${DIRECTORY}/${workload}`, 'utf8').catch(() => undefined)
  return text?.split('\0').slice(0, -1)
}
