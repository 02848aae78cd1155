import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let open: string | undefined

/**
 * What a program of ours takes for docker's socket (`followPluginSocket`): its end asks to end. So nothing that we have
 * started outlives us, however we end. Empty on Windows, where there is no such socket.
 */
export function lifeline(): string {
  open ??= process.platform === 'win32' ? '' : listen(`kde_tp_${randomBytes(16).toString('hex')}`)
  return open
}

function listen(name: string): string {
  const isAbstract = process.platform === 'linux'
  const path = isAbstract ? `\0${name}` : join(tmpdir(), name)
  const server = createServer(program => void program.on('error', () => undefined).resume())
  // Without it they still end when they are asked to.
  server.on('error', () => undefined)
  server.listen(path).unref()
  if (!isAbstract) process.on('exit', () => rmSync(path, { force: true }))
  return isAbstract ? `@${name}` : path
}
