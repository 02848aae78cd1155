import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { docker } from '../e2e/harness/engine.ts'
import { eventually } from '../e2e/harness/eventually.ts'
import { leftoversOf } from '../e2e/harness/leftovers.ts'
import type { Ended, Started } from '../e2e/harness/person.ts'
import { type Probe, type ProbeAnswer, startProbe } from '../e2e/harness/probe.ts'
import type { Round } from './row.ts'

type Answerer = 'the dev container' | 'the cluster'

/** A request may take a second to fail, so fewer answers than in this many milliseconds say nothing. */
const STEADY = 1200

/** When the answers begin that all come from there, up to the last: milliseconds since 1970. */
function steadySince(answers: readonly ProbeAnswer[], who: Answerer): number {
  const inOrder = answers.toSorted((a, b) => a.time.localeCompare(b.time))
  const isTheirs = ({ status, body }: ProbeAnswer): boolean =>
    status === 200 && body.startsWith(`answered by ${who}`)
  const first = inOrder.findLastIndex(answer => !isTheirs(answer)) + 1
  const [begin, end] = [inOrder[first], inOrder.at(-1)].map(answer => Date.parse(answer?.time ?? ''))
  if (begin === undefined || end === undefined || !(end - begin >= STEADY))
    throw new Error(`not answered by ${who} yet, but: ${inOrder[first - 1]?.body ?? 'nobody'}`)
  return begin
}

export const answeredBy = (who: Answerer, probe: Probe, since = 0): Promise<number> =>
  eventually(() =>
    steadySince(
      probe.answers().filter(({ time }) => Date.parse(time) >= since),
      who,
    ),
  )

/** Plays a round while a client in the cluster asks. */
export async function whileAsking<T>(
  { workload, scenario }: Pick<Round, 'workload' | 'scenario'>,
  play: (probe: Probe) => Promise<T>,
): Promise<T> {
  const probe = startProbe(`http://${workload}.${scenario.namespace}/`, '1s')
  try {
    return await play(probe)
  } finally {
    await probe.stop()
  }
}

const PATIENCE = 120_000

/** How a command ended. One that does not end is a breach. */
export async function endOf({ ended, stdout, stderr }: Started): Promise<Ended> {
  const never = sleep(PATIENCE, undefined, { ref: false }).then(() => {
    throw new Error(`a command does not end: ${stdout()}${stderr()}`)
  })
  return Promise.race([ended, never])
}

/** When a check first held: milliseconds since 1970. */
export async function momentOf(check: () => Promise<unknown>): Promise<number> {
  await eventually(check)
  return Date.now()
}

export const secondsSince = (since: number, ...moments: readonly number[]): number =>
  (Math.max(...moments) - since) / 1000

/** The seconds from a moment on until the cluster answers by itself and nothing of ours is left; nobody holds it. */
export async function secondsUntilOver(round: Round, probe: Probe, since: number): Promise<number> {
  const seconds = secondsSince(
    since,
    ...(await Promise.all([answeredBy('the cluster', probe, since), untilNothingIsLeft(round)])),
  )
  await eventually(async () => expect(await round.holder(), 'who holds the workload').toBeUndefined())
  return seconds
}

const untilNothingIsLeft = ({ scenario }: Round): Promise<number> =>
  momentOf(async () => expect(await leftoversOf(scenario.workspace), 'what is left').toEqual([]))

/** Ids, start times and main processes of containers: what is another after a restart. */
export const identityOf = (container: string): Promise<string> =>
  docker(['inspect', '--format', '{{.Id}} {{.State.StartedAt}} {{.State.Pid}}', container])

/** The roles of what runs of ours in a workspace, or with `--all` of what is there. */
export async function rolesIn(workspace: string, ...options: readonly string[]): Promise<readonly string[]> {
  const filter = `label=kde-tp.workspace=${workspace}`
  const roles = await docker(['ps', ...options, '--filter', filter, '--format', '{{.Label "kde-tp.role"}}'])
  return roles.split('\n').toSorted()
}

/** The processes in a container that answer, by their numbers on the engine's host. */
export const serversIn = async (container: string): Promise<readonly string[]> =>
  (await docker(['top', container, '-o', 'pid,args']))
    .split('\n')
    .filter(line => line.includes('serve.py'))
    .toSorted()
