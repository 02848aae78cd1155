import type { SessionInput } from '../../compose/session.ts'
import { chooseSubnet } from '../../compose/subnet.ts'
import { listNetworkIds, networkExists, readSubnets } from '../../session/commands/docker.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Names } from '../../session/plan-intercept.ts'
import type { Edges } from '../command.ts'
import type { InterceptOrder } from './order.ts'

/**
 * kind and k3d environments name a network of Docker's own, where their API server has its name. For all others we make
 * one: Docker's `bridge` has no name service, and Compose can't join it.
 */
export async function chooseNetwork(order: InterceptOrder, { project }: Names, edges: Edges): Promise<SessionInput['network']> {
  const { dockerNetwork, type } = order.environment
  if (type !== 'k8s' || !['bridge', 'host', 'none', ''].includes(dockerNetwork)) return { kind: 'external', name: dockerNetwork }
  return { kind: 'own', name: project, subnet: await ownSubnet(order, project, edges) }
}

/** That of the network which is there already, or a free one. */
async function ownSubnet(order: InterceptOrder, name: string, { docker, files }: Edges): Promise<string> {
  const [present] = (await docker(networkExists(name))) ? await docker(readSubnets([name])) : []
  if (present !== undefined) return present
  const networks = await docker(readSubnets(await docker(listNetworkIds)))
  const taken = [...networks, ...hostRoutes(files.readText('/proc/net/route') ?? ''), ...order.facts.subnets, ...order.wish.alsoProxy]
  const subnet = chooseSubnet(taken)
  if (subnet !== undefined) return subnet
  throw new KdeTpError('SESSION_FAILED', 'No subnet is free for the session’s network.', { detail: `Taken: ${taken.join(', ')}` })
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

const toAddress = (hex: string): string => (hex.match(/../g) ?? []).toReversed().map(byte => Number.parseInt(byte, 16)).join('.')

const bits = (hex: string): number => Number.parseInt(hex, 16).toString(2).replaceAll('0', '').length
