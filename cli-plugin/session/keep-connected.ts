import type { Edges } from '../command.ts'
import { findDaemon, isAlive } from './daemon.ts'
import { removeDnsRedirect } from './dns-redirect.ts'
import { isReachable, writePrivateKubeconfig } from './private-kubeconfig.ts'
import { type TellState, tellState } from './state.ts'
import { type Connection, connect, prepareHome, quit } from './telepresence.ts'

const LOOK_EVERY = 1000
/** So many looks in a row at an API server that does not answer, and the connection is made anew. */
const PATIENCE = 10
const LONGEST_PAUSE = 30_000

/** Connects, stays connected until a signal asks to end, and quits, which ends all attachments. */
export async function keepConnected(connection: Connection, edges: Edges): Promise<void> {
  await prepareHome(connection.namespace)
  const tell = tellState(connection.namespace)
  await removeDnsRedirect()
  let failures = 0
  while (!edges.signals.abort.aborted) {
    const failure = await connectOnce(connection, tell)
    if (failure === undefined) {
      failures = 0
      await watch(edges)
    } else {
      failures += 1
      tell('failed', failure)
      await pause(Math.min(LONGEST_PAUSE, 1000 * 2 ** failures), edges)
    }
    if (!edges.signals.abort.aborted) tell('reconnecting', '')
  }
  tell('ending', '')
  await quit()
}

/** What went wrong; undefined where it is connected. */
async function connectOnce(connection: Connection, tell: TellState): Promise<string | undefined> {
  const server = await writePrivateKubeconfig()
  if (typeof server === 'string') return server
  const failure = await connect(connection)
  if (failure !== undefined) return failure
  const daemon = findDaemon()
  if (daemon === undefined) return 'Telepresence connected, and its daemon ended at once.'
  tell('connected', String(daemon))
  return undefined
}

/** Returns when the daemon has ended, or the API server has been silent for long, or it is time to end. */
async function watch(edges: Edges): Promise<void> {
  const daemon = findDaemon()
  let silence = 0
  while (!edges.signals.abort.aborted && silence < PATIENCE) {
    await pause(LOOK_EVERY, edges)
    if (daemon === undefined || !isAlive(daemon)) {
      // At once, so that Docker's and public names go on resolving for the dev containers.
      await removeDnsRedirect()
      return
    }
    silence = (await isReachable()) ? 0 : silence + 1
  }
  if (edges.signals.abort.aborted) return
  await quit()
  await removeDnsRedirect()
}

/** Sleeps, but not past the request to end. */
function pause(milliseconds: number, { signals, sleep }: Edges): Promise<void> {
  const aborted = new Promise<void>(resolve =>
    signals.abort.addEventListener('abort', () => resolve(), { once: true }),
  )
  return Promise.race([sleep(milliseconds), aborted])
}
