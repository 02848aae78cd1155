import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'
import type { Edges } from '../../cli-plugin/command.ts'
import type { RunOwnProgram } from '../../cli-plugin/edges/own-program.ts'
import { type Served, serve } from '../../cli-plugin/ui/serve.ts'
import { fakeEdges } from './edges.ts'

export const INDEX = '<!doctype html><html><head><title>kde-tp</title></head><body></body></html>'
export const SCRIPT = 'console.log("the page")\n'

const page: ReadonlyMap<string, Buffer> = new Map([
  ['index.html', gzipSync(INDEX)],
  ['assets/main-1a2b.js', gzipSync(SCRIPT)],
])

export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Answered {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What a browser sends with the request that a page of ours makes. */
export const fromOurPage = ({ origin, cookie }: Visit): Readonly<Record<string, string>> => ({
  ...{ cookie, origin, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
  'content-type': 'application/json',
})

/** And when a person opens an address. */
export const opened = (site: 'none' | 'cross-site' = 'none'): Readonly<Record<string, string>> => ({
  ...{ 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
})

export interface Visit {
  readonly origin: string
  /** As the browser sends it back. */
  readonly cookie: string
  /** Where the page is, as `/x1y2…/`. */
  readonly base: string
}

const sayNothing: RunOwnProgram = () => ({
  stdout: Readable.from([]),
  stderr: Readable.from([]),
  ended: Promise.resolve(0),
  kill: () => undefined,
})

/** A server for one test, at a port of its own, with time as it is. */
export async function served(given: Partial<Edges> = {}): Promise<Served> {
  const sleep = (milliseconds: number, signal?: AbortSignal) =>
    wait(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
  const it = await serve(0, page, fakeEdges({ sleep, ownProgram: sayNothing, ...given }))
  onTestFinished(() => it.close())
  return it
}

/** Opens the address that the command prints. */
export async function visit({ url }: Pick<Served, 'url'>): Promise<Visit> {
  const { origin } = new URL(url)
  const { headers } = await ask(url, { headers: opened() })
  const [cookie = ''] = (headers['set-cookie']?.[0] ?? '').split(';')
  return { origin, cookie, base: headers.location ?? '' }
}

/** The path is sent as it is, which URL would tidy. */
export async function ask(
  url: string,
  { method = 'GET', headers = {}, body = '' }: Asked = {},
): Promise<Answered> {
  const [, host = '', path = ''] = /^http:\/\/([^/]+)(.*)$/.exec(url) ?? []
  const [hostname, port] = host.split(':')
  const call = httpRequest({ hostname, port, path, method, headers, agent: false })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    call.on('response', resolve)
    call.on('error', reject)
  })
  call.end(body)
  const answer = await answered
  let told = ''
  for await (const piece of answer.setEncoding('utf8') as AsyncIterable<string>) told += piece
  return { status: answer.statusCode, headers: answer.headers, body: told }
}
