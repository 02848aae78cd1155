import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Edges } from '../command.ts'
import type { Page } from '../edges/page.ts'
import { toErrorEvent } from '../output/show.ts'
import { type Admission, createAdmission } from './admission.ts'
import { answer, refuse } from './answer.ts'
import { givePage } from './give-page.ts'
import { createLastStatus, type LastStatus } from './last-status.ts'
import { isFromOurPage, isNavigation, isOurHost, isReading } from './origin.ts'
import { createRuns, type Runs } from './run.ts'
import { createShells, type Shells } from './shell.ts'
import { refuseUpgrade } from './upgrade.ts'

export interface Served {
  /** With the token that admits whoever brings it first. */
  readonly url: string
  /** Ends all that the page has started, for ten seconds in order, and then the server. */
  close(): Promise<void>
}

const LAST_WORDS = 10_000

/** The parts of the server, as one request meets them. */
interface Parts {
  readonly port: number
  readonly page: Page
  readonly admission: Admission
  readonly lastStatus: LastStatus
  readonly runs: Runs
  readonly shells: Shells
}

/** Serves the page on this computer alone; port 0 takes a free one. Throws PORT_TAKEN. */
export async function serve(port: number, page: Page, edges: Edges): Promise<Served> {
  const server = createServer()
  const lastStatus = createLastStatus(edges.ownProgram, edges.now)
  const parts: Parts = {
    port: await listen(server, port),
    page,
    admission: createAdmission(),
    lastStatus,
    runs: createRuns(edges.ownProgram, lastStatus.note),
    shells: createShells(edges),
  }
  // A request that fails is a bug, and fails alone.
  const drop = (stream: { destroy(): unknown }) => (error: unknown) => {
    stream.destroy()
    edges.emit(toErrorEvent(error))
  }
  server.on('request', (request, response) => {
    onRequest(request, response, parts).catch(drop(response))
  })
  server.on('upgrade', (request, socket, head) => {
    onUpgrade(request, socket, head, parts).catch(drop(socket))
  })
  lastStatus.refresh()
  return {
    url: `http://127.0.0.1:${parts.port}/?token=${parts.admission.token}`,
    async close() {
      server.close()
      const over = new AbortController()
      const ended = Promise.all([lastStatus.end(), parts.runs.end(), parts.shells.end()])
      await Promise.race([ended, edges.sleep(LAST_WORDS, over.signal)])
      over.abort()
      lastStatus.kill()
      parts.runs.kill()
      server.closeAllConnections()
    },
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new KdeTpError('PORT_TAKEN', t`Port ${port} of 127.0.0.1 is not free for the page.`, {
      detail: error instanceof Error ? error.message : String(error),
      hint: t`Without --port a free one is taken.`,
    })
  }
  return (server.address() as AddressInfo).port
}

async function onRequest(request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> {
  const { path, query } = placeOf(request)
  const foreign = foreignIn(request, parts.port, isNavigation(request) || isFromOurPage(request))
  if (foreign !== undefined) return refuse(response, 403, foreign)
  if (path === '/') return admit(query.get('token') ?? '', request, response, parts.admission)
  const name = nameIn(path, request, parts.admission)
  if (name === undefined) return refuse(response, 403, notAdmitted())
  if (!isReading(request.method))
    return refuse(response, 405, t`This is asked for by ${READING}.`, { allow: READING })
  if (name === 'run') return refuse(response, 426, t`This is asked for as a web socket.`, WEB_SOCKET)
  if (name === 'shell') return parts.shells.tell(query, response)
  if (name === 'status') return tellStatus(await parts.lastStatus.tell(), response)
  // Whoever loads the page asks for it next.
  if (name === '') parts.lastStatus.refresh()
  return givePage(parts.page, name, request, response)
}

const READING = 'GET,HEAD'
const WEB_SOCKET = { connection: 'close, upgrade', upgrade: 'websocket' }

const tellStatus = (line: string | undefined, response: ServerResponse): undefined =>
  line === undefined
    ? answer(response, 204, '')
    : answer(response, 200, line, { 'content-type': 'application/json' })

async function onUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { port, admission, runs, shells }: Parts,
): Promise<void> {
  // Whoever has left needs no answer.
  socket.on('error', () => undefined)
  const { path, query } = placeOf(request)
  const foreign = foreignIn(request, port, isFromOurPage(request))
  if (foreign !== undefined) return refuseUpgrade(socket, 403, foreign)
  const name = nameIn(path, request, admission)
  if (name === undefined) return refuseUpgrade(socket, 403, notAdmitted())
  if (name === 'run') return runs.open(request, socket, head)
  if (name === 'shell') return shells.open(query, request, socket, head)
  return refuseUpgrade(socket, 404, t`The page has no such file.`)
}

function foreignIn({ headers }: IncomingMessage, port: number, isOurs: boolean): string | undefined {
  if (!isOurHost(headers.host, port))
    return t`The page is reached as 127.0.0.1 or localhost, and by no other name.`
  return isOurs ? undefined : t`No other page may ask for this.`
}

function placeOf({ url = '/' }: IncomingMessage) {
  const [path = '', ...query] = url.split('?')
  return { path, query: new URLSearchParams(query.join('?')) }
}

/** What of the page is asked for; undefined of whoever is not admitted, or asks for what is not in it. */
const nameIn = (path: string, { headers }: IncomingMessage, { base, isAdmitted }: Admission) =>
  path.startsWith(base) && isAdmitted(headers.cookie) ? path.slice(base.length) : undefined

/** The token becomes a cookie, and is gone from the address. */
function admit(
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
  admission: Admission,
): undefined {
  const { base } = admission
  const cookie = request.method === 'GET' ? admission.admit(token) : undefined
  if (cookie === undefined) return refuse(response, 403, notAdmitted())
  const site = request.headers['sec-fetch-site'] ?? 'none'
  if (site === 'none' || site === 'same-origin')
    return answer(response, 303, '', { 'set-cookie': cookie, location: base })
  // A redirect of another site's link would go without the cookie, which is for our own links alone.
  const html = `<!doctype html><title>kde-tp</title><meta http-equiv="refresh" content="0;url=${base}">`
  answer(response, 200, html, { 'set-cookie': cookie, 'content-type': 'text/html; charset=utf-8' })
}

const notAdmitted = (): string =>
  t`The address that "docker kde-tp ui" prints opens the page once. Look for the tab that it was opened in, or start the command again.`
