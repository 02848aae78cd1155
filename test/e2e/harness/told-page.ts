import type { Page } from 'playwright-core'
import type { SessionEvent } from '../../../session/events.ts'

/** What a command tells, and whether it ends then. */
export interface Told {
  readonly lines: readonly (SessionEvent | string)[]
  readonly goesOn?: boolean
}

/** The first whose expression fits the words is the answer. */
export type Telling = readonly (readonly [RegExp, Told])[]

const answerTo = (telling: Telling, asked: string): Told =>
  telling.find(([to]) => to.test(asked))?.[1] ?? { lines: [] }

/** Makes the commands of a page in a browser tell always the same, and its shell say this: the server is not asked. */
export async function tellInBrowser(page: Page, telling: Telling, shell: string): Promise<void> {
  await page.routeWebSocket(/\/run$/, socket =>
    socket.onMessage(frame => {
      const { words } = JSON.parse(String(frame)) as { readonly words: readonly string[] }
      const { lines, goesOn } = answerTo(telling, words.slice(2).join(' '))
      const tell = (frame: object): void => socket.send(JSON.stringify(frame))
      for (const line of lines) tell({ out: typeof line === 'string' ? line : JSON.stringify(line) })
      if (goesOn) return
      tell({ exit: 0 })
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
  const telling = ${JSON.stringify(telling.map(([to, told]) => [to.source, told]))}
    .map(([to, told]) => [new RegExp(to), told])
  const exec = (program, words, { stream }) => {
    const asked = words.slice(2).join(' ')
    const { lines, goesOn } = telling.find(([to]) => to.test(asked))?.[1] ?? { lines: [] }
    let isClosed = false
    setTimeout(() => {
      if (isClosed) return
      for (const line of lines)
        stream.onOutput({ stdout: (typeof line === 'string' ? line : JSON.stringify(line)) + '\\n' })
      if (!goesOn) stream.onClose(lines.at(-1)?.exitCode ?? 0)
    })
    return { close() { isClosed = true } }
  }
  window.ddClient = { extension: { host: { cli: { exec } } }, host: { openExternal() {} } }
}`
