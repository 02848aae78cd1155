import { WebSocket } from 'ws'
import type { Visit } from './served-page.ts'

/** Of a server's web socket, as `shell?namespace=myapp`. By default with what a browser sends for a page of ours. */
export const webSocket = (visit: Visit, path: string, headers = ofOurPage(visit)): WebSocket =>
  new WebSocket(`${visit.origin.replace('http', 'ws')}${visit.base}${path}`, { headers })

export const ofOurPage = ({ cookie, origin }: Visit): Readonly<Record<string, string>> => ({ cookie, origin })

/** The status that opening one is refused with. */
export function refusedWith(
  visit: Visit,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const socket = webSocket(visit, path, headers)
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
