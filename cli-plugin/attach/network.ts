import type { SessionInput } from '../../compose/session-input.ts'
import { chooseSubnet } from '../../compose/subnet.ts'
import { t } from '../../language/t.ts'
import { listNetworkIds, networkExists, readSubnets } from '../../session/commands/docker.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Call } from './call.ts'

/** The network that the API server is reached from, or one of ours. */
export async function chooseNetwork(call: Call): Promise<SessionInput['network']> {
  const { sessionNetwork } = call.order.reach
  if (sessionNetwork !== undefined) return { kind: 'external', name: sessionNetwork }
  const name = call.names.project
  return { kind: 'own', name, subnet: await ownSubnet(name, call) }
}

/** That of the network which is there already, or a free one. */
async function ownSubnet(name: string, { order, edges: { docker, files } }: Call): Promise<string> {
  const [present] = (await docker(networkExists(name))) ? await docker(readSubnets([name])) : []
  if (present !== undefined) return present
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
