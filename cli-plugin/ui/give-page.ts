import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { t } from '../../language/t.ts'
import type { Page } from '../edges/page.ts'
import { answer, type Headers, refuse } from './answer.ts'

const TYPES: Headers = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** A file of the page, by its exact name in it. */
export function givePage(
  page: Page,
  path: string,
  { headers }: IncomingMessage,
  response: ServerResponse,
): undefined {
  const content = page.get(path === '' ? 'index.html' : path)
  if (content === undefined) return refuse(response, 404, t`The page has no such file.`)
  if (path === '' || path === 'index.html') return giveIndex(gunzipSync(content), headers.host, response)
  const type = { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', vary: 'accept-encoding' }
  // The build names these by their content.
  const kept: Headers = path.startsWith('assets/')
    ? { 'cache-control': 'private, max-age=31536000, immutable' }
    : {}
  const takesGzip = /\bgzip\b/.test(String(headers['accept-encoding']))
  if (!takesGzip) return answer(response, 200, gunzipSync(content), { ...type, ...kept })
  answer(response, 200, content, { ...type, ...kept, 'content-encoding': 'gzip' })
}

/** With the nonce for the styles that the page makes while it runs: it finds it where Vite's own code looks too. Browsers show the attribute `nonce` to nobody, but `content`. */
function giveIndex(content: Buffer, host: string | undefined, response: ServerResponse): undefined {
  const nonce = randomBytes(16).toString('base64')
  const meta = `<meta property="csp-nonce" nonce="${nonce}" content="${nonce}" />`
  const html = content.toString('utf8').replace(/<head[^>]*>/, head => `${head}${meta}`)
  const type = { 'content-type': TYPES['.html'] ?? '' }
  answer(response, 200, html, { ...type, 'content-security-policy': policy(nonce, host) })
}

/** Older browsers do not count a web socket as the page's own place. */
const policy = (nonce: string, host: string | undefined): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
