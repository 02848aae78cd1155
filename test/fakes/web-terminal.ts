import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import type { Visit } from './served-page.ts'
import { ofOurPage, refusedWith, webSocket } from './web-socket.ts'

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

const pathOf = (query: object): string => `shell?${new URLSearchParams({ ...query })}`

export async function openTerminal(visit: Visit, { headers, ...query }: TerminalWish): Promise<WebTerminal> {
  const socket = webSocket(visit, pathOf(query), headers ?? ofOurPage(visit))
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
export const terminalRefusedWith = (
  visit: Visit,
  { headers = {}, ...query }: TerminalWish,
): Promise<number> => refusedWith(visit, pathOf(query), headers)
