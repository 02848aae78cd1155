import { type Home, KILLED, type Listener, type ShellOf } from './home.ts'
import { byLine } from './lines.ts'

/** The answer of `docker kde-tp ui` to a run, a line each. */
type Told = { readonly out: string } | { readonly err: string } | { readonly exit: number }

/** A browser, and the local server of `docker kde-tp ui`. */
export const webHome: Home = {
  async run(words, on, end) {
    try {
      const answer = await fetch('run', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ words }),
        ...(end !== undefined && { signal: end }),
      })
      if (!answer.ok || answer.body === null) throw new Error(`${answer.status} ${await answer.text()}`)
      return await readAnswer(answer.body, on)
    } catch (error) {
      if (end?.aborted) return KILLED
      throw error
    }
  },
  openExternal(url) {
    window.open(url, '_blank', 'noopener,noreferrer')
  },
  shell(of) {
    const url = shellUrl(of)
    url.protocol = url.protocol.replace('http', 'ws')
    return new WebSocket(url)
  },
  async refusal(of) {
    const answer = await fetch(shellUrl(of))
    return answer.ok ? undefined : answer.text()
  },
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

/** Throws where the server has ended before the program. */
async function readAnswer(body: ReadableStream<Uint8Array>, on: Listener): Promise<number> {
  let exitCode: number | undefined
  const lines = byLine(line => {
    const told = JSON.parse(line) as Told
    if ('out' in told) on.out(told.out)
    else if ('err' in told) on.err?.(told.err)
    else exitCode = told.exit
  })
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) lines.take(piece.value)
  lines.end()
  if (exitCode === undefined) throw new Error('disconnected')
  return exitCode
}
