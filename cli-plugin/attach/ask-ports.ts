import { t } from '../../language/t.ts'
import { type AttachedPort, refuseLocalPort } from '../../session/attachment.ts'
import type { RemotePort } from '../../session/facts.ts'
import type { Edges } from '../command.ts'
import { type Asking, assertTerminal } from './ask.ts'

/** Local ports that are taken, and by which project. */
type TakenPorts = ReadonlyMap<number, string>

/** One port after the other, as many as the person wants of those that there are. Throws USAGE without a terminal. */
export async function askPorts(
  { edges }: Asking,
  remotes: readonly RemotePort[],
  taken: TakenPorts,
): Promise<readonly AttachedPort[]> {
  assertTerminal(
    edges,
    t`A port is missing: give --port LOCAL:REMOTE.`,
    remotes.map(({ shown }) => shown),
  )
  const asked: AttachedPort[] = []
  do {
    asked.push(await askPort(edges, remotes, taken, asked))
  } while (asked.length < remotes.length && (await edges.prompts.confirm(t`Another port?`)))
  return asked
}

async function askPort(
  { prompts }: Edges,
  remotes: readonly RemotePort[],
  taken: TakenPorts,
  asked: readonly AttachedPort[],
): Promise<AttachedPort> {
  const left = remotes.filter(({ identifiers }) => !asked.some(port => identifiers.includes(port.remote)))
  const remote = await prompts.choose(
    t`Remote port:`,
    left.map(({ identifiers, shown }) => ({ value: identifiers.at(-1) ?? '', hint: shown })),
  )
  const refuse = (typed: string) => refuseLocalPort(typed) ?? refuseTaken(Number(typed), taken, asked)
  const target = left.find(({ identifiers }) => identifiers.includes(remote))?.target
  const local = await prompts.ask(t`Local port that your program listens on:`, {
    ...(target !== undefined && { suggestion: firstFree(target, refuse) }),
    refuse,
  })
  return { local: Number(local), remote }
}

function refuseTaken(port: number, taken: TakenPorts, asked: readonly AttachedPort[]): string | undefined {
  const project = taken.get(port)
  if (project !== undefined) return t`Project "${project}" of this session has port ${port}.`
  return asked.some(({ local }) => local === port) ? t`You have named port ${port} already.` : undefined
}

/** The port of the pod's own program, or the next one that nobody has. */
function firstFree(port: number, refuse: (typed: string) => string | undefined): string {
  const following = Array.from({ length: 100 }, (_, index) => String(port + index))
  return following.find(each => refuse(each) === undefined) ?? String(port)
}
