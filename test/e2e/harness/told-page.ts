import type { Page } from 'playwright-core'
import type { SessionEvent } from '../../../session/events.ts'

/** What a command tells, and whether it ends then. */
export interface Told {
  readonly lines: readonly (SessionEvent | string)[]
  readonly goesOn?: boolean
}

/** The first whose expression fits the words is the answer. */
export type Telling = readonly (readonly [RegExp, Told])[]

/** As the program would write it, and end. */
const written = ({ lines, goesOn = false }: Told) => {
  const last = lines.at(-1)
  return {
    texts: lines.map(line => (typeof line === 'string' ? line : JSON.stringify(line))),
    exitCode: typeof last === 'object' && 'exitCode' in last ? last.exitCode : 0,
    goesOn,
  }
}

const NOTHING = written({ lines: [] })

/** Makes the commands of a page in a browser tell always the same, and its shell say this: the server is not asked. */
export async function tellInBrowser(page: Page, telling: Telling, shell: string): Promise<void> {
  await page.routeWebSocket(/\/run$/, socket =>
    socket.onMessage(frame => {
      const { words } = JSON.parse(String(frame)) as { readonly words: readonly string[] }
      const told = telling.find(([to]) => to.test(words.slice(2).join(' ')))?.[1]
      const { texts, exitCode, goesOn } = told === undefined ? NOTHING : written(told)
      for (const out of texts) socket.send(JSON.stringify({ out }))
      if (goesOn) return
      socket.send(JSON.stringify({ exit: exitCode }))
      void socket.close()
    }),
  )
  await page.routeWebSocket(/\/shell\?/, socket => socket.send(Buffer.from(shell)))
  await page.route('**/status', route => route.fulfill({ status: 204 }))
}

/**
 * A script that makes the page's commands tell always the same: for the page it is in Docker Desktop, whose client is
 * this. Nothing else of the page knows.
 */
export const desktopThatTells = (telling: Telling): string => `{
  const telling = ${JSON.stringify(telling.map(([to, told]) => [to.source, written(told)]))}
    .map(([to, told]) => [new RegExp(to), told])
  const exec = (program, words, { stream }) => {
    const asked = words.slice(2).join(' ')
    const { texts, exitCode, goesOn } = telling.find(([to]) => to.test(asked))?.[1] ?? ${JSON.stringify(NOTHING)}
    let isClosed = false
    setTimeout(() => {
      if (isClosed) return
      for (const text of texts) stream.onOutput({ stdout: text + '\\n' })
      if (!goesOn) stream.onClose(exitCode)
    })
    return { close() { isClosed = true } }
  }
  window.ddClient = { extension: { host: { cli: { exec } } }, host: { openExternal() {} } }
}`
