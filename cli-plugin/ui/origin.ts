import type { IncomingHttpHeaders } from 'node:http'

/** What of a request says where it comes from. */
export interface Asked {
  readonly method?: string | undefined
  readonly headers: IncomingHttpHeaders
}

/** A name that leads here, as a browser sends it. With any other, a foreign name was made to lead here (DNS rebinding). */
export const isOurHost = (host: string | undefined, port: number): boolean =>
  ['127.0.0.1', 'localhost'].some(name => host === `${name}:${port}` || (port === 80 && host === name))

/** A person opens an address, in a tab of its own: where the link stood does not matter. */
export const isNavigation = ({ method, headers }: Asked): boolean =>
  method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'

/** Asked by the page itself, or by no page. A page of another port is of another origin, though of the same site. */
export function isFromOurPage({ method, headers }: Asked): boolean {
  const { host, origin, 'sec-fetch-site': site } = headers
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  // Browsers name the origin with all but plain reading.
  return origin === undefined
    ? isReading(method) && headers.upgrade === undefined
    : origin === `http://${host}`
}

export const isReading = (method: string | undefined): boolean => method === 'GET' || method === 'HEAD'
