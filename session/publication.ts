import { t } from '../language/t.ts'

/** A port of a dev container that the engine's host reaches. */
export interface Publication {
  /** Of the host, without brackets. */
  readonly address: string
  readonly hostPort: number
  readonly port: number
}

/** Nobody but the person's own computer, unless they say so: what is developed is seldom fit for a network. */
const LOOPBACK = '127.0.0.1'

/** `[[ADDRESS:]HOSTPORT:]PORT` as docker has it; the answer says what is wrong with it. */
export function parsePublication(typed: string): Publication | string {
  const match = /^(?:(?:\[([0-9a-fA-F:]+)\]|(\d+\.\d+\.\d+\.\d+)):)?(?:(\d+):)?(\d+)$/.exec(typed)
  if (match === null) return t`"${typed}" is not [[ADDRESS:]HOSTPORT:]PORT, as 3000 or 8080:3000.`
  const [, v6, v4, hostPort, port] = match
  const ports = [hostPort ?? port, port].map(Number)
  if (ports.some(each => each < 1 || each > 65535))
    return t`"${typed}" has a port that is none: a number from 1 to 65535 is.`
  const [atHost = 0, inside = 0] = ports
  return { address: v6 ?? v4 ?? LOOPBACK, hostPort: atHost, port: inside }
}

/** As Compose and docker write it. */
export const publicationText = (publication: Publication): string =>
  `${hostAddress(publication)}:${publication.port}`

/** As `127.0.0.1:3000` or `[::1]:3000`. */
export const hostAddress = ({ address, hostPort }: Publication): string =>
  `${address.includes(':') ? `[${address}]` : address}:${hostPort}`

/** Both want the same port of the host. */
export const wantsSamePort = (one: Publication, other: Publication): boolean =>
  one.hostPort === other.hostPort &&
  (one.address === other.address || [one, other].some(({ address }) => isEvery(address)))

const isEvery = (address: string): boolean => address === '0.0.0.0' || address === '::'
