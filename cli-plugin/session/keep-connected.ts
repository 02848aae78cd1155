import { deedLine } from '../../session/happening.ts'
import { QUIT_UNTOLD } from '../../session/keeper-world.ts'
import type { Edges } from '../command.ts'
import { endDaemon, findDaemon, isAlive } from './daemon.ts'
import { removeDnsRedirect } from './dns-redirect.ts'
import { searchIn } from './dns-search.ts'
import { keepAttachments } from './keep-attachments.ts'
import { keepInUse } from './keep-in-use.ts'
import { createListening, type Listening } from './listening.ts'
import { createManagerLine } from './manager-line.ts'
import {
  findServer,
  isReachable,
  refreshToken,
  type ServerAddress,
  writePrivateKubeconfig,
} from './private-kubeconfig.ts'
import { createLog, type TellState, tellState } from './state.ts'
import { type Connection, connect, prepareHome, quit } from './telepresence.ts'

/** A look at the daemon is one at a file of /proc, so it can be frequent. */
const LOOK_EVERY = 2000
/** At every so manieth look the API server is asked as well, which takes a connection; at each one while it is silent. */
const LOOKS_PER_QUESTION = 2
/** So many questions in a row without an answer, and the API server's name is looked up again. */
const PATIENCE = 2
/**
 * After so long without an answer the manager may have forgotten the client (`grpc.connectionTTL`). Telepresence 2.31.2
 * comes back by itself then after a minute or two, and with requests under way in a state in which all of them hang.
 */
const LONG_SILENCE = 30_000
const LONGEST_PAUSE = 30_000

interface Connected {
  /** Telepresence's process. */
  readonly daemon: number
  readonly server: ServerAddress
}

interface Wish extends Connection {
  /** What the session had attached is attached again where a new connection lacks it. */
  readonly takesUp: boolean
}

/**
 * Connects, stays connected until a signal asks to end, and quits, which ends all attachments. Returns the exit code,
 * which tells the keeper whether the cluster knows.
 */
export async function keepConnected(connection: Wish, edges: Edges): Promise<number> {
  const { abort } = edges.signals
  const log = createLog(connection.namespace)
  const tell = tellState(log)
  const listening = createListening(log, edges)
  await removeDnsRedirect()
  searchIn(connection.namespace)
  let failures = 0
  let because: string | undefined
  while (!abort.aborted) {
    const result = await connectOnce(connection, tell)
    failures = typeof result === 'string' ? failures + 1 : 0
    if (typeof result === 'string') {
      await edges.sleep(Math.min(LONGEST_PAUSE, 1000 * 2 ** failures), abort)
      continue
    }
    if (because !== undefined) log(deedLine({ kind: 'repair', what: 'connected again', because }))
    const over = new AbortController()
    const end = AbortSignal.any([abort, over.signal])
    const keeping = { log, sleep: edges.sleep, abort: end, manager: createManagerLine(end) }
    void keepInUse(keeping, hasAnswered => listening('the traffic-manager', hasAnswered))
    if (connection.takesUp) void keepAttachments(keeping)
    because = await watch(result, tell, listening, edges)
    over.abort()
  }
  tell('ending', '')
  const { exitCode } = await quit()
  return exitCode === 0 ? 0 : QUIT_UNTOLD
}

/** The connection, or what went wrong. */
async function connectOnce(connection: Connection, tell: TellState): Promise<Connected | string> {
  // A disk may be full.
  const result = await tryToConnect(connection).catch((error: Error) => error.message)
  if (typeof result === 'string') tell('failed', result)
  else tell('connected', String(result.daemon))
  return result
}

async function tryToConnect(connection: Connection): Promise<Connected | string> {
  await prepareHome(connection.namespace)
  const server = await writePrivateKubeconfig()
  if (server === undefined) return UNRESOLVED
  const failure = await connect(connection)
  if (failure !== undefined) return failure
  const daemon = findDaemon()
  return daemon === undefined ? 'Telepresence connected, and its daemon ended at once.' : { daemon, server }
}

const UNRESOLVED = "The API server's name does not resolve in this network."

/** Returns when the connection has to be made anew, and why, or it is time to end. */
async function watch(
  { daemon, server }: Connected,
  tell: TellState,
  listening: Listening,
  edges: Edges,
): Promise<string | undefined> {
  const { abort } = edges.signals
  const apiServer = listen(server, listening, edges)
  let reason: string | undefined
  for (let looks = 1; !abort.aborted && reason === undefined; looks += 1) {
    await edges.sleep(LOOK_EVERY, abort)
    if (!isAlive(daemon)) reason = 'the daemon has ended'
    else if (apiServer.isSilent() || looks % LOOKS_PER_QUESTION === 0) reason = await apiServer.ask()
  }
  if (reason === undefined || abort.aborted) return undefined
  tell('reconnecting', reason)
  // Not asked to quit, which would end the attachments: the next daemon takes them up by the identity in the cache.
  endDaemon(daemon)
  // At once, so that Docker's and public names go on resolving for the dev containers.
  await removeDnsRedirect()
  return reason
}

interface ApiServer {
  /** Whether the last question had no answer. */
  isSilent(): boolean
  /** Says why what is connected to it is worth nothing any more; undefined where all is well, or may be yet. */
  ask(): Promise<string | undefined>
}

function listen(server: ServerAddress, listening: Listening, { now }: Edges): ApiServer {
  let unanswered = 0
  let answeredAt = now()
  return {
    isSilent: () => unanswered > 0,
    async ask() {
      // What cannot be written now is tried again at the next question.
      await refreshToken().catch(() => undefined)
      const hasAnswered = await isReachable(server)
      listening('the API server', hasAnswered)
      if (!hasAnswered) {
        unanswered += 1
        return unanswered >= PATIENCE && (await hasMoved(server))
          ? 'the API server has another address'
          : undefined
      }
      // This computer's sleep is a silence too.
      const silence = now() - answeredAt
      unanswered = 0
      answeredAt = now()
      return silence > LONG_SILENCE
        ? `the API server did not answer for ${Math.round(silence / 1000)} s`
        : undefined
    },
  }
}

/** A server that is silent for a short while at its old address is left to Telepresence, which comes back by itself. */
async function hasMoved({ host }: ServerAddress): Promise<boolean> {
  const found = await findServer()
  return found !== undefined && found.host !== host
}
