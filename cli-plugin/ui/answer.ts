import type { ServerResponse } from 'node:http'

/** Of every answer. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

export type Headers = Readonly<Record<string, string>>

export function answer(
  response: ServerResponse,
  status: number,
  content: string | Buffer = '',
  headers: Headers = {},
): undefined {
  response.writeHead(status, { ...HEADERS, 'content-length': Buffer.byteLength(content), ...headers })
  response.end(content)
}

/** What else is on its way is not read. */
export const refuse = (
  response: ServerResponse,
  status: number,
  sentence: string,
  headers: Headers = {},
): undefined => answer(response, status, `${sentence}\n`, { ...TEXT, connection: 'close', ...headers })

const TEXT: Headers = { 'content-type': 'text/plain; charset=utf-8' }
