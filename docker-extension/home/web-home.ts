import { type Home, KILLED, type Listener, type ShellOf } from './home.ts'

/** What `docker kde-tp ui` tells of a run, a line each. */
type Told =
  | { readonly out: string }
  | { readonly err: string }
  | { readonly exit: number }
  | { readonly refused: string }

/** A browser, and the local server of `docker kde-tp ui`. */
export const webHome: Home = {
  async run(words, on, end) {
    if (end?.aborted) return KILLED
    // A browser has six connections to a server, over all of its tabs, but many web sockets.
    const socket = new WebSocket(asWebSocket(new URL('run', window.location.href)))
    const left = new Promise<number>(resolve => {
      const leave = (): void => {
        socket.onmessage = null
        // Else one that was not open yet would be taken for one that was refused.
        socket.onclose = null
        socket.close()
        resolve(KILLED)
      }
      end?.addEventListener('abort', leave, { once: true })
    })
    return Promise.race([left, tellAll(socket, words, on)])
  },
  async lastStatus() {
    const answer = await fetch('status')
    return answer.status === 200 ? answer.text() : undefined
  },
  openExternal(url) {
    window.open(url, '_blank', 'noopener,noreferrer')
  },
  shell: of => new WebSocket(asWebSocket(shellUrl(of))),
  async refusal(of) {
    const answer = await fetch(shellUrl(of))
    return answer.ok ? undefined : answer.text()
  },
}

/** Throws where the server has refused, or has ended before the program. */
async function tellAll(socket: WebSocket, words: readonly string[], on: Listener): Promise<number> {
  let wasOpen = false
  let last: Told | undefined
  socket.onopen = () => {
    wasOpen = true
    socket.send(JSON.stringify({ words }))
  }
  socket.onmessage = ({ data }) => {
    for (const line of String(data).split('\n')) {
      last = JSON.parse(line) as Told
      if ('out' in last) on.out(last.out)
      else if ('err' in last) on.err?.(last.err)
    }
  }
  await new Promise<void>(resolve => {
    socket.onclose = () => resolve()
  })
  if (last !== undefined && 'exit' in last) return last.exit
  throw new Error(wasOpen ? reasonIn(last) : await whyRefused())
}

const reasonIn = (last: Told | undefined): string =>
  last !== undefined && 'refused' in last ? last.refused : 'disconnected'

function asWebSocket(url: URL): URL {
  url.protocol = url.protocol.replace('http', 'ws')
  return url
}

/** A page does not hear why its web socket was refused. */
async function whyRefused(): Promise<string> {
  const answer = await fetch('run')
  return answer.text()
}

function shellUrl({ namespace, workload, workspace, environment }: ShellOf): URL {
  const asked = new URLSearchParams({
    namespace,
    workload,
    ...(workspace !== undefined && { workspace }),
    ...(environment !== undefined && { environment }),
  })
  return new URL(`shell?${asked}`, window.location.href)
}
