import type { IncomingMessage } from 'node:http'
import type { Duplex, Readable } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import * as z from 'zod/mini'
import { t } from '../../language/t.ts'
import type { OwnRun, RunOwnProgram } from '../edges/own-program.ts'

/**
 * What the page may run of the program: all that a person calls, but what sets it up, and this page's own command; and
 * `choices` and `mounts`, which are for pages alone.
 */
export const RUNNABLE: ReadonlySet<string> = new Set([
  ...['--version', 'choices', 'clear', 'detach', 'doctor', 'env', 'events', 'exec', 'ingest', 'intercept'],
  ...['list', 'logs', 'mounts', 'publish', 'render', 'replace', 'status', 'uninstall', 'use', 'wiretap'],
])

const MOST_BYTES = 65_536
const Wish = z.strictObject({ words: z.array(z.string()) })

const NORMAL = 1000
const REFUSED = 1008

/** Runs that the page has asked for and has not left, each over a web socket of its own. */
export interface Runs {
  open(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Asks all to end, and waits for it. */
  end(): Promise<void>
  kill(): void
}

/** `note` hears each line of what they print. */
export function createRuns(runOwnProgram: RunOwnProgram, note: (line: string) => void): Runs {
  const server = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES, perMessageDeflate: false })
  const running = new Map<OwnRun, Promise<void>>()
  let isOver = false
  const begin = (client: WebSocket, frame: string | undefined): void => {
    const words = readWords(frame)
    if (typeof words === 'string') return void refuse(client, words)
    if (isOver) return
    const run = runOwnProgram(words)
    const told = tell(run, client, note).finally(() => void running.delete(run))
    running.set(run, told)
  }
  return {
    open(request, socket, head) {
      server.handleUpgrade(request, socket, head, client => {
        // Its end follows.
        client.on('error', () => undefined)
        client.once('message', (data, isBinary) => begin(client, isBinary ? undefined : String(data)))
      })
    },
    async end() {
      isOver = true
      for (const run of running.keys()) run.kill('SIGTERM')
      await Promise.all(running.values())
    },
    kill() {
      for (const run of running.keys()) run.kill('SIGKILL')
      for (const client of server.clients) client.terminate()
    },
  }
}

function refuse(client: WebSocket, sentence: string): void {
  client.send(JSON.stringify({ refused: sentence }), () => undefined)
  client.close(REFUSED)
}

/** Why they are refused, where they are no list. */
function readWords(frame: string | undefined): readonly string[] | string {
  const words = frame === undefined ? undefined : parse(frame)
  if (words === undefined) return t`This is not {"words": [...]} with texts.`
  const command = words[0] === '--lang' ? words[2] : words[0]
  return RUNNABLE.has(command ?? '') ? words : t`"${command}" is nothing that the page may run.`
}

/** No program can be given a word with a zero byte in it. */
function parse(frame: string): readonly string[] | undefined {
  try {
    const { words } = Wish.parse(JSON.parse(frame))
    return words.some(word => word.includes('\0')) ? undefined : words
  } catch {
    return undefined
  }
}

/** Lines as they come, and last the exit code. Whoever leaves before that ends the run. */
async function tell(run: OwnRun, client: WebSocket, note: (line: string) => void): Promise<void> {
  let isTold = false
  const closed = new Promise<void>(resolve => {
    client.on('close', () => {
      if (!isTold) run.kill('SIGTERM')
      resolve()
    })
  })
  /** Resolves when the page can take more. */
  const write = (lines: readonly object[]): Promise<void> =>
    new Promise(resolve => {
      client.send(lines.map(line => JSON.stringify(line)).join('\n'), () => resolve())
    })
  const told = [
    readLines(run.stdout, lines => {
      for (const line of lines) note(line)
      return write(lines.map(out => ({ out })))
    }),
    readLines(run.stderr, lines => write(lines.map(err => ({ err })))),
  ]
  const exit = await run.ended
  await Promise.all(told)
  await write([{ exit }])
  isTold = true
  client.close(NORMAL)
  await closed
}

/** Goes on reading where nobody listens any more: a program that nobody reads from would wait for ever. */
export async function readLines(
  stream: Readable,
  take: (lines: readonly string[]) => Promise<void>,
): Promise<void> {
  let begun = ''
  for await (const piece of stream.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = `${begun}${piece}`.split('\n')
    begun = lines.pop() ?? ''
    if (lines.length > 0) await take(lines)
  }
  if (begun !== '') await take([begun])
}
