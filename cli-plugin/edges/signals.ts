import { connect } from 'node:net'

export type SignalName = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

const NUMBER: Readonly<Record<SignalName, number>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }

/** Requests to end, from a terminal, a parent, or docker closing the plugin's socket. */
export interface Signals {
  /** Aborted by the first request that nobody takes. */
  readonly abort: AbortSignal
  /** The first request so far. */
  readonly received: () => SignalName | undefined
  /** Hands each request to `take` while the work lasts, instead of aborting. */
  during<T>(take: (signal: SignalName) => void, work: Promise<T>): Promise<T>
}

export const exitCodeOfSignal = (signal: SignalName): number => 128 + NUMBER[signal]

/** Starts listening. A second request that nobody takes ends the process at once: the keeper cleans up. */
export function listenToSignals(pluginSocket: string | undefined): Signals {
  const controller = new AbortController()
  let received: SignalName | undefined
  let taker: ((signal: SignalName) => void) | undefined

  const onSignal = (signal: SignalName): void => {
    const isFirst = received === undefined
    received ??= signal
    if (taker !== undefined) taker(signal)
    else if (isFirst || !controller.signal.aborted) controller.abort(signal)
    else process.exit(exitCodeOfSignal(signal))
  }
  for (const signal of Object.keys(NUMBER) as SignalName[]) process.on(signal, onSignal)
  followPluginSocket(pluginSocket, () => onSignal('SIGTERM'))

  return {
    abort: controller.signal,
    received: () => received,
    async during(take, work) {
      taker = take
      try {
        return await work
      } finally {
        taker = undefined
      }
    },
  }
}

/** Docker never writes to the socket: its end asks a plugin to end (docker/cli, cli-plugins/socket). */
function followPluginSocket(address: string | undefined, onEnd: () => void): void {
  if (address === undefined || address === '') return
  // An address that starts with "@" is in Linux's abstract name space.
  const socket = connect({ path: address.startsWith('@') ? `\0${address.slice(1)}` : address })
  let connected = false
  socket.on('connect', () => {
    connected = true
  })
  // A socket that cannot be reached asks for nothing.
  socket.on('error', () => undefined)
  socket.on('close', () => connected && onEnd())
  socket.resume()
  socket.unref()
}
