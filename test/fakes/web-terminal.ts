import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { Visit } from './served-page.ts'

/** A terminal as the page opens one. */
export interface WebTerminal {
  /** All that it has shown. */
  shown(): string
  /** What was told beside that. */
  readonly told: readonly unknown[]
  type(text: string): void
  resize(columns: number, rows: number): void
  leave(): void
  /** The code that the server closed it with. */
  readonly closed: Promise<number>
}

export interface TerminalWish {
  readonly namespace: string
  readonly workload: string
  /** Default: as a page of ours sends them. */
  readonly headers?: Readonly<Record<string, string>>
}

const urlOf = ({ origin, base }: Visit, query: object): string =>
  `${origin.replace('http', 'ws')}${base}shell?${new URLSearchParams({ ...query })}`

export async function openTerminal(visit: Visit, { headers, ...query }: TerminalWish): Promise<WebTerminal> {
  const socket = new WebSocket(urlOf(visit, query), {
    headers: headers ?? { cookie: visit.cookie, origin: visit.origin },
  })
  onTestFinished(() => socket.terminate())
  const shown: Buffer[] = []
  const told: unknown[] = []
  socket.on('message', (data, isBinary) =>
    isBinary ? shown.push(data as Buffer) : told.push(JSON.parse(String(data))),
  )
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  return {
    shown: () => Buffer.concat(shown).toString('utf8'),
    told,
    type: text => socket.send(Buffer.from(text)),
    resize: (columns, rows) => socket.send(JSON.stringify({ columns, rows })),
    leave: () => socket.close(),
    closed,
  }
}

/** The status that opening one is refused with. */
export function refusedWith(visit: Visit, { headers = {}, ...query }: TerminalWish): Promise<number> {
  const socket = new WebSocket(urlOf(visit, query), { headers })
  return new Promise((resolve, reject) => {
    socket.on('error', () => undefined)
    socket.on('unexpected-response', (_, { statusCode }) => {
      socket.terminate()
      resolve(statusCode ?? 0)
    })
    socket.on('open', () => {
      socket.terminate()
      reject(new Error('it was opened'))
    })
  })
}
