import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import * as z from 'zod/mini'
import { t } from '../../language/t.ts'
import type { OwnRun, RunOwnProgram } from '../edges/own-program.ts'
import { begin, refuse } from './answer.ts'

/**
 * What the page may run of the program: all that a person calls, but what sets it up, and this page's own command; and
 * `choices`, which is for pages alone.
 */
export const RUNNABLE: ReadonlySet<string> = new Set([
  ...['--version', 'choices', 'clear', 'detach', 'doctor', 'env', 'events', 'exec', 'ingest', 'intercept'],
  ...['list', 'logs', 'publish', 'render', 'replace', 'status', 'uninstall', 'use', 'wiretap'],
])

const MOST_BYTES = 65_536
const Wish = z.strictObject({ words: z.array(z.string()) })

/** Runs that the page has asked for and has not left. */
export interface Runs {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Asks all to end, and waits for it. */
  end(): Promise<void>
  kill(): void
}

export function createRuns(runOwnProgram: RunOwnProgram): Runs {
  const running = new Map<OwnRun, Promise<void>>()
  let isOver = false
  return {
    async answer(request, response) {
      const words = await readWords(request, response)
      if (words === undefined || isOver || response.destroyed) return
      const run = runOwnProgram(words)
      const told = tell(run, response)
      running.set(run, told)
      await told
      running.delete(run)
    },
    async end() {
      isOver = true
      for (const run of running.keys()) run.kill('SIGTERM')
      await Promise.all(running.values())
    },
    kill() {
      for (const run of running.keys()) run.kill('SIGKILL')
    },
  }
}

/** Undefined where they were refused. */
async function readWords(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<readonly string[] | undefined> {
  // A form of another site can't send this type without asking first.
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    return refuse(response, 415, t`Words come as application/json.`)
  const body = await readBody(request)
  if (body === undefined) return refuse(response, 413, t`These are too many words.`)
  const words = parse(body)
  if (words === undefined) return refuse(response, 400, t`This is not {"words": [...]} with texts.`)
  const command = words[0] === '--lang' ? words[2] : words[0]
  if (RUNNABLE.has(command ?? '')) return words
  return refuse(response, 403, t`"${command}" is nothing that the page may run.`)
}

/** Undefined of one that is too long, whose rest is thrown away. */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = []
  let length = 0
  return new Promise(resolve => {
    request
      .on('error', () => resolve(undefined))
      .on('end', () => resolve(Buffer.concat(pieces).toString('utf8')))
    request.on('data', (piece: Buffer) => {
      length += piece.length
      if (length <= MOST_BYTES) pieces.push(piece)
      else resolve(undefined)
    })
  })
}

/** No program can be given a word with a zero byte in it. */
function parse(body: string): readonly string[] | undefined {
  try {
    const { words } = Wish.parse(JSON.parse(body))
    return words.some(word => word.includes('\0')) ? undefined : words
  } catch {
    return undefined
  }
}

/** Each line as it comes, and last the exit code. Whoever leaves before that ends the run. */
async function tell(run: OwnRun, response: ServerResponse): Promise<void> {
  const left = new AbortController()
  let isTold = false
  response.on('close', () => {
    if (!isTold) run.kill('SIGTERM')
    left.abort()
  })
  begin(response, { 'content-type': 'application/x-ndjson' })
  const write = async (lines: readonly object[]): Promise<void> => {
    const text = lines.map(line => `${JSON.stringify(line)}\n`).join('')
    if (left.signal.aborted || text === '' || response.write(text)) return
    await once(response, 'drain', { signal: left.signal }).catch(() => undefined)
  }
  const told = [
    readLines(run.stdout, lines => write(lines.map(out => ({ out })))),
    readLines(run.stderr, lines => write(lines.map(err => ({ err })))),
  ]
  const exit = await run.ended
  await Promise.all(told)
  await write([{ exit }])
  isTold = true
  const finished = once(response, 'finish', { signal: left.signal }).catch(() => undefined)
  response.end()
  await finished
}

/** Goes on reading where nobody listens any more: a program that nobody reads from would wait for ever. */
async function readLines(stream: Readable, take: (lines: readonly string[]) => Promise<void>): Promise<void> {
  let begun = ''
  for await (const piece of stream.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = `${begun}${piece}`.split('\n')
    begun = lines.pop() ?? ''
    await take(lines)
  }
  if (begun !== '') await take([begun])
}
