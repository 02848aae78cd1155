import type { SessionEvent } from '../../../session/events.ts'

/** What a command tells, and whether it ends then. */
export interface Told {
  readonly lines: readonly (SessionEvent | string)[]
  readonly goesOn?: boolean
}

/** The first whose expression fits the words is the answer. */
export type Telling = readonly (readonly [RegExp, Told])[]

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
