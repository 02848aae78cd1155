import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { pipeline } from 'node:stream'
import { setTimeout } from 'node:timers/promises'

const RETRY_AFTER = 200
const MOST_TRIES = 50

/**
 * Leads each connection on, both ways, until `end`. Addresses are HOST:PORT, or the path of a socket. The address to
 * listen on may come up a moment later: its network is being made.
 */
export type Relay = (listen: string, to: string, end: AbortSignal) => Promise<void>

export const relay: Relay = async (listen, to, end) => {
  const server = createServer({ allowHalfOpen: true }, inward => leadOn(inward, to))
  // One that a relay which was killed has left.
  if (isPath(listen)) rmSync(listen, { force: true })
  for (let tries = 1; !(await isListening(server, listen)); tries += 1) {
    if (tries === MOST_TRIES) throw new Error(`${listen} is not an address of this computer, or is in use`)
    await setTimeout(RETRY_AFTER)
  }
  await once(end, 'abort')
  server.close()
}

function leadOn(inward: Socket, to: string): void {
  const outward = connect({ ...parseAddress(to), allowHalfOpen: true })
  // An end of either side is the other's.
  pipeline(inward, outward, () => outward.destroy())
  pipeline(outward, inward, () => inward.destroy())
}

function isListening(server: Server, address: string): Promise<boolean> {
  return new Promise(resolve => {
    const failed = (): void => resolve(false)
    server.once('error', failed)
    server.listen(parseAddress(address), () => {
      server.off('error', failed)
      resolve(true)
    })
  })
}

const isPath = (address: string): boolean => address.startsWith('/')

function parseAddress(
  address: string,
): { readonly host: string; readonly port: number } | { readonly path: string } {
  if (isPath(address)) return { path: address }
  const colon = address.lastIndexOf(':')
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) }
}
