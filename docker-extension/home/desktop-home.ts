import type { v1 } from '@docker/extension-api-client-types'
import { t } from '../../language/t.ts'
import { type Home, KILLED, type Listener } from './home.ts'
import { byLine } from './lines.ts'

/** What we use of Docker Desktop. */
export type Desktop = Pick<v1.DockerDesktopClient, 'extension' | 'host'>

const PROGRAM = 'kde-tp'
/** What Docker Desktop tells of a program that never began. */
const NOT_STARTED = 127

/** A tab of Docker Desktop, which starts the program that came with the extension. */
export const desktopHome = ({ extension, host }: Desktop): Home => ({
  run: (words, on, end) =>
    new Promise((resolve, reject) => {
      const cli = extension.host?.cli
      if (cli === undefined) return reject(new Error(t`This extension came without the program ${PROGRAM}.`))
      if (end?.aborted) return resolve(KILLED)
      const told = tellLines(on)
      const leave = (exitCode: number): void => {
        told.end()
        resolve(exitCode)
      }
      // Only with `stream` no shell takes the words apart, and no output is too long (docker/extensions-sdk#303).
      const running = cli.exec(PROGRAM, [...words], {
        stream: {
          onOutput: ({ stdout, stderr }) => told.take(stdout, stderr),
          onError: error => {
            on.err?.(String(error))
            leave(NOT_STARTED)
          },
          onClose: leave,
          // Desktop's own way to make lines breaks at long ones (docker/extensions-sdk#189).
          splitOutputLines: false,
        },
      })
      // One that we close tells nothing any more.
      const close = (): void => {
        running.close()
        leave(KILLED)
      }
      end?.addEventListener('abort', close, { once: true })
    }),
  openExternal: url => host.openExternal(url),
})

function tellLines(on: Listener) {
  const out = byLine(on.out)
  const err = byLine(line => on.err?.(line))
  return {
    take(stdout: string | undefined, stderr: string | undefined): void {
      if (stdout !== undefined) out.take(stdout)
      if (stderr !== undefined) err.take(stderr)
    },
    end(): void {
      out.end()
      err.end()
    },
  }
}
