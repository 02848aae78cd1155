import type { SessionInput } from '../../compose/session-input.ts'
import { chooseSubnet } from '../../compose/subnet.ts'
import { t } from '../../language/t.ts'
import { listNetworkIds, networkExists, readSubnets } from '../../session/commands/docker.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Edges } from '../command.ts'
import type { Reach } from '../surroundings/reach.ts'
import type { Call } from './call.ts'

/** The network that the API server is reached from, or one of ours. */
export async function chooseNetwork(call: Call): Promise<SessionInput['network']> {
  const name = call.names.project
  const present = await presentNetwork(call.order.reach, name, call.edges)
  return present ?? { kind: 'own', name, subnet: await freeSubnet(call) }
}

/** The one that is there already; `project` is the Compose project, and so the name of one of ours. */
export async function presentNetwork(
  { sessionNetwork }: Pick<Reach, 'sessionNetwork'>,
  project: string,
  { docker }: Pick<Edges, 'docker'>,
): Promise<SessionInput['network'] | undefined> {
  if (sessionNetwork !== undefined) return { kind: 'external', name: sessionNetwork }
  const [subnet] = (await docker(networkExists(project))) ? await docker(readSubnets([project])) : []
  return subnet === undefined ? undefined : { kind: 'own', name: project, subnet }
}

async function freeSubnet({ order, edges: { docker, files } }: Call): Promise<string> {
  const networks = await docker(readSubnets(await docker(listNetworkIds)))
  const taken = [
    ...networks,
    ...hostRoutes(files.readText('/proc/net/route') ?? ''),
    ...order.target.facts.subnets,
    ...order.wish.alsoProxy,
  ]
  const subnet = chooseSubnet(taken)
  if (subnet !== undefined) return subnet
  throw new KdeTpError('SESSION_FAILED', t`No subnet is free for the session’s network.`, {
    detail: t`Taken: ${taken.join(', ')}`,
  })
}

/** The destinations of Linux' routing table as CIDRs; the file has them as little-endian hexadecimal numbers. */
export function hostRoutes(table: string): readonly string[] {
  return table
    .split('\n')
    .slice(1)
    .map(line => line.split('\t'))
    .filter(fields => fields.length > 7)
    .map(([, destination = '', , , , , , mask = '']) => `${toAddress(destination)}/${bits(mask)}`)
}

const toAddress = (hex: string): string =>
  (hex.match(/../g) ?? [])
    .toReversed()
    .map(byte => Number.parseInt(byte, 16))
    .join('.')

const bits = (hex: string): number => Number.parseInt(hex, 16).toString(2).replaceAll('0', '').length
