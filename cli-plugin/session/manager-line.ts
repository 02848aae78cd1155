import { appendFile, readFile } from 'node:fs/promises'
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2'
import { SESSION_PATHS } from '../../compose/session.ts'

/** Leads to the traffic-manager through Telepresence's daemon, without a process of its own. */
export interface ManagerLine {
  /** Whether the manager answers; undefined where there is no daemon to ask, which others look after. */
  ask(): Promise<boolean | undefined>
}

/** Telepresence's daemon passes it on to the manager. */
const CALL = {
  ':method': 'POST',
  ':path': '/telepresence.connector.Connector/AgentImageFQN',
  'content-type': 'application/grpc',
  te: 'trailers',
}
/** gRPC's frame of a message without fields: not compressed, no bytes. */
const NOTHING = Buffer.alloc(5)
const PATIENCE = 5000
/** gRPC's words for a server that is not there. A manager without an injector says the last one too, and nothing more. */
const NOT_ANSWERED: readonly unknown[] = ['1', '4', '14']

/** What `connections` leaves out. */
const CALLS = '/run/kde-tp/calls'

/** For one connection, until it is over. */
export function createManagerLine(over: AbortSignal): ManagerLine {
  let daemon: ClientHttp2Session | undefined
  over.addEventListener('abort', () => daemon?.destroy())
  return {
    async ask() {
      if (daemon === undefined || daemon.closed || daemon.destroyed) daemon = await callDaemon()
      return daemon === undefined || over.aborted ? undefined : call(daemon)
    },
  }
}

async function callDaemon(): Promise<ClientHttp2Session | undefined> {
  const port = await findPort()
  if (port === undefined) return undefined
  // On a full disk one connection too many is counted.
  await appendFile(CALLS, '.').catch(() => undefined)
  const daemon = connect(`http://127.0.0.1:${port}`)
  // What waits for an answer hears of it too.
  return daemon.on('error', () => daemon.destroy())
}

function call(daemon: ClientHttp2Session): Promise<boolean | undefined> {
  return new Promise(done => {
    const stream = daemon.request(CALL)
    let answer: boolean | undefined
    const read = (headers: IncomingHttpHeaders): void => {
      if (headers['grpc-status'] !== undefined) answer = isOfManager(headers)
    }
    stream.on('response', read).on('trailers', read)
    stream.on('error', () => undefined).on('close', () => done(answer))
    stream.setTimeout(PATIENCE, () => {
      answer = false
      stream.destroy()
    })
    stream.resume().end(NOTHING)
  })
}

const isOfManager = ({ 'grpc-status': status, 'grpc-message': message = '' }: IncomingHttpHeaders): boolean =>
  !NOT_ANSWERED.includes(status) || (status === '14' && message === '')

/** The daemon writes where it listens into a file of its own. */
async function findPort(): Promise<number | undefined> {
  try {
    const text = await readFile(`${SESSION_PATHS.cache}/userd/daemon.json`, 'utf8')
    return (JSON.parse(text) as { daemon_port?: number }).daemon_port
  } catch {
    return undefined
  }
}
