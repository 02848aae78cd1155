import { appendFile, readFile } from 'node:fs/promises'
import { connect } from 'node:http2'
import { SESSION_PATHS } from '../../compose/session.ts'
import type { Keeping } from './keep-attachments.ts'

const EVERY = 10_000

/** Any call of Telepresence's service that needs its session counts as use of it; this one asks nobody else. */
const CALL = {
  ':method': 'POST',
  ':path': '/telepresence.connector.Connector/GetConfig',
  'content-type': 'application/grpc',
  te: 'trailers',
}
/** gRPC's frame of a message without fields: not compressed, no bytes. */
const NOTHING = Buffer.alloc(5)
const PATIENCE = 2000
/** What `connections` leaves out. */
const CALLS = '/run/kde-tp/calls'

/**
 * Shows Telepresence's daemon again and again that its session is in use, which it passes on to the traffic-manager: one
 * that nobody uses for as long as `grpc.connectionTTL` is ended there, with all that it has attached. docs/decisions/0024.
 */
export async function keepInUse({ sleep, abort }: Pick<Keeping, 'sleep' | 'abort'>): Promise<void> {
  while (!abort.aborted) {
    await sleep(EVERY, abort)
    const port = await findPort()
    if (port === undefined) continue
    await appendFile(CALLS, '.')
    await call(port)
  }
}

/** A daemon that does not answer is looked after by others. */
function call(port: number): Promise<void> {
  return new Promise(done => {
    const client = connect(`http://127.0.0.1:${port}`)
    const end = () => {
      client.destroy()
      done()
    }
    client.on('error', end)
    const stream = client.request(CALL)
    stream.on('error', end).on('close', end).setTimeout(PATIENCE, end)
    stream.resume().end(NOTHING)
  })
}

/** The daemon writes where it listens into a file of its own. */
async function findPort(): Promise<number | undefined> {
  try {
    const text = await readFile(`${SESSION_PATHS.cache}/userd/daemon.json`, 'utf8')
    return (JSON.parse(text) as { daemon_port?: number }).daemon_port
  } catch {
    return undefined
  }
}
