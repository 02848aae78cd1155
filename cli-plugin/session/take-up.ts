import { readdir, readFile, rm } from 'node:fs/promises'
import { SESSION_PATHS } from '../../compose/session.ts'
import { errorText, heldWorkloads, LINE_BROKEN, TAKEN_HERE } from '../../session/commands/telepresence.ts'
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
  const held = heldWorkloads(
    await runProgram('telepresence', ['list', '--format', 'json', '--progress', 'quiet']),
  )
  for (const workload of await wished()) if (!held.has(workload)) await attachAgain(workload, taking)
}

const wished = (): Promise<readonly string[]> => readdir(DIRECTORY).catch(() => [])

async function attachAgain(workload: string, taking: TakingUp, tries = 1): Promise<void> {
  const words = await readWords(workload)
  if (words === undefined || taking.abort.aborted) return
  const output = await runProgram('attach', [workload, ...words], { timeoutSeconds: 150 })
  const said = errorText(output)
  if (output.exitCode === 0) return taking.log(`repair: attached ${workload} again: the connection is new`)
  if (output.exitCode === UNDER_WAY || TAKEN_HERE.test(said)) return
  if (isPassing(output, said) && tries < TRIES) {
    await taking.sleep(2000 * tries, taking.abort)
    return attachAgain(workload, taking, tries + 1)
  }
  await rm(`${DIRECTORY}/${workload}`, { force: true })
  taking.log(`lost: ${workload}: ${said.replaceAll(/\s+/g, ' ')}`)
}

/** Exit code of `attach` where a command is taking the workload. */
const UNDER_WAY = 75
const NOT_CONNECTED = /not connected|timed out/i

const isPassing = ({ exitCode }: ToolOutput, said: string): boolean =>
  exitCode === 127 || LINE_BROKEN.test(said) || NOT_CONNECTED.test(said)

/** Undefined where somebody has detached it meanwhile. */
async function readWords(workload: string): Promise<readonly string[] | undefined> {
  const text = await readFile(`${DIRECTORY}/${workload}`, 'utf8').catch(() => undefined)
  return text?.split('\0').slice(0, -1)
}
