import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import type { WebSocket } from 'ws'
import type { Visit } from './served-page.ts'
import { webSocket } from './web-socket.ts'

/** A run as the page asks for one. */
export interface WebRun {
  /** The lines so far, of which each is an object. */
  readonly told: readonly unknown[]
  /** The first of them. */
  readonly first: Promise<unknown>
  readonly socket: WebSocket
  /** The code that it was closed with. */
  readonly closed: Promise<number>
}

/** `frame` is what is sent first, as it is where it is a text or bytes. */
export function startRun(visit: Visit, frame: unknown): WebRun {
  const socket = webSocket(visit, 'run')
  onTestFinished(() => socket.terminate())
  const told: unknown[] = []
  socket.on('open', () =>
    socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame)),
  )
  socket.on('message', data => told.push(...linesOf(String(data))))
  const closed = new Promise<number>((resolve, reject) => socket.on('close', resolve).on('error', reject))
  closed.catch(() => undefined)
  const first = once(socket, 'message').then(([data]) => linesOf(String(data))[0])
  first.catch(() => undefined)
  return { told, first, socket, closed }
}

const linesOf = (text: string): readonly unknown[] =>
  text.split('\n').map(line => JSON.parse(line) as unknown)

/** All lines of a run of these words. */
export async function runWords(visit: Visit, ...words: readonly string[]): Promise<readonly unknown[]> {
  const run = startRun(visit, { words })
  await run.closed
  return run.told
}
