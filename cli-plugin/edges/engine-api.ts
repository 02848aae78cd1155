import { type IncomingMessage, request } from 'node:http'
import type { Duplex } from 'node:stream'
import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'

/** The engine's own API, for what docker's command line does at a terminal only, or at the cost of a process. */
export interface EngineApi {
  /** Sends `body` as JSON, or asks where there is none. Returns the answer's JSON; undefined of an empty one. Throws TOOL_FAILED. */
  call(path: string, body?: object): Promise<unknown>
  /** Makes of the connection a stream of bytes both ways. Throws TOOL_FAILED. */
  open(path: string, body: object): Promise<Duplex>
  /** Calls when an answer begins and at each piece that comes of it. Returns when there is no more, for whatever reason. */
  follow(path: string, onOutput: () => void, end: AbortSignal): Promise<void>
}

/** `socketPath` is that of a unix socket. */
export const createEngineApi = (socketPath: string): EngineApi => ({
  async call(path, body) {
    const { answer, text } = await send(socketPath, path, body)
    if ((answer.statusCode ?? 0) >= 400) throw failed(text)
    return text === '' ? undefined : (JSON.parse(text) as unknown)
  },
  async open(path, body) {
    const { stream, text } = await send(socketPath, path, body, { connection: 'Upgrade', upgrade: 'tcp' })
    if (stream === undefined) throw failed(text)
    return stream
  },
  follow: (path, onOutput, signal) =>
    new Promise(resolve => {
      const call = request({ socketPath, path, signal })
      call.on('response', answer => {
        onOutput()
        answer.on('data', onOutput).on('error', () => undefined)
      })
      call.on('error', () => undefined).on('close', resolve)
      call.end()
    }),
})

interface Answered {
  readonly answer: IncomingMessage
  readonly text: string
  readonly stream?: Duplex
}

function send(socketPath: string, path: string, body?: object, headers = {}): Promise<Answered> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const length = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
  const method = body === undefined ? 'GET' : 'POST'
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(failed(error.message))
    const call = request({ socketPath, path, method, headers: { ...length, ...headers } })
    call.on('error', fail)
    call.on('upgrade', (answer, stream, head) => {
      if (head.length > 0) stream.unshift(head)
      resolve({ answer, stream, text: '' })
    })
    call.on('response', answer => {
      let told = ''
      answer.setEncoding('utf8').on('data', (piece: string) => {
        told += piece
      })
      answer.on('error', fail).on('end', () => resolve({ answer, text: told }))
    })
    call.end(text)
  })
}

const failed = (detail: string): KdeTpError =>
  new KdeTpError('TOOL_FAILED', t`The Docker engine gives no terminal.`, { detail: detail.trim() })
