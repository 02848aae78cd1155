import type { RawData, WebSocket } from 'ws'
import * as z from 'zod/mini'
import type { SessionEvent } from '../../session/events.ts'

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** What is at the other end of a terminal. */
export interface Shell {
  write(bytes: Buffer): void
  resize(size: Size): void
}

/** A terminal in the page: bytes both ways, and texts beside them. */
export interface Terminal {
  /** Aborted when the page has left. */
  readonly gone: AbortSignal
  /** What the page has said last; undefined where it has said nothing. */
  size(): Size | undefined
  /** Resolves when the page can take more. */
  show(bytes: Buffer): Promise<void>
  tell(event: SessionEvent): void
  /** What was typed until then is handed on first. */
  connect(shell: Shell): void
  /** Undefined where it has no exit code. */
  close(exit: number | undefined): void
}

const side = z.int().check(z.minimum(1), z.maximum(4096))
const Resize = z.strictObject({ columns: side, rows: side })

const INTERNAL_ERROR = 1011
const NORMAL = 1000

export function createTerminal(client: WebSocket): Terminal {
  const gone = new AbortController()
  const typed: Buffer[] = []
  let size: Size | undefined
  let shell: Shell | undefined
  client.on('close', () => gone.abort())
  // Its end follows.
  client.on('error', () => undefined)
  client.on('message', (data: RawData, isBinary) => {
    if (isBinary) shell === undefined ? typed.push(data as Buffer) : shell.write(data as Buffer)
    else {
      size = parseSize(String(data)) ?? size
      if (size !== undefined) shell?.resize(size)
    }
  })
  const tell = (told: object): void => client.send(JSON.stringify(told), () => undefined)
  return {
    gone: gone.signal,
    size: () => size,
    show: bytes => new Promise(resolve => client.send(bytes, () => resolve())),
    tell: event => tell({ event }),
    connect(other) {
      shell = other
      if (size !== undefined) other.resize(size)
      for (const bytes of typed) other.write(bytes)
    },
    close(exit) {
      if (exit !== undefined) tell({ exit })
      client.close(exit === undefined ? INTERNAL_ERROR : NORMAL)
    },
  }
}

function parseSize(text: string): Size | undefined {
  try {
    return Resize.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
