import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { v1 } from '@docker/extension-api-client-types'
import { onTestFinished } from 'vitest'

/** What there is in the few directories that a graphical session searches. Docker is in none of them on macOS. */
const SYSTEM = ['head', 'sh', 'sleep', 'touch', 'tr']

export interface DesktopTab {
  /** What the page finds as `window.ddClient`. */
  readonly client: Pick<v1.DockerDesktopClient, 'extension' | 'host'>
  /** Those that the page has started, and that live. */
  readonly children: ReadonlySet<ChildProcess>
  readonly opened: readonly string[]
  readonly home: string
  /** Another tab is looked at: the page is gone, and all that it has started. */
  leave(): void
}

/**
 * Docker Desktop, as its reference and its users' reports describe it. It runs programs that came with the extension, for real and
 * without a shell; tells output in pieces that end anywhere, each made a text by itself; says an exit code once; and
 * nothing more of what the page has closed. What it starts has the environment of a graphical session.
 */
export function openDesktop({
  binaries,
  pieces,
}: {
  readonly binaries: Readonly<Record<string, string>>
  /** How many bytes the next piece has. */
  readonly pieces: () => number
}): DesktopTab {
  const directory = mkdtempSync(join(tmpdir(), 'kde-tp-desktop-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const [host, home, system] = ['host', 'home', 'system'].map(name => join(directory, name)) as [
    ...[string, string, string],
  ]
  for (const each of [host, home, system]) mkdirSync(each)
  for (const [name, script] of Object.entries(binaries)) writeProgram(join(host, name), script)
  const children = new Set<ChildProcess>()
  const opened: string[] = []
  for (const name of SYSTEM) symlinkSync(`/usr/bin/${name}`, join(system, name))
  const env = { PATH: system, HOME: home }

  function exec(program: string, words: string[], options?: v1.SpawnOptions): v1.ExecProcess {
    const { stream } = options ?? {}
    if (stream === undefined) throw new Error('without a stream a shell would take the words apart')
    if (stream.splitOutputLines === true)
      throw new Error('a long line would be more than its call stack holds')
    let isClosed = false
    const child = spawn(join(host, program), words, { cwd: '/', env, stdio: ['ignore', 'pipe', 'pipe'] })
    children.add(child)
    const tell = (piece: { stdout: string } | { stderr: string }): void => {
      if (!isClosed) stream.onOutput?.(piece as { stdout: string })
    }
    child.stdout.on('data', (bytes: Buffer) => cut(bytes, pieces, stdout => tell({ stdout })))
    child.stderr.on('data', (bytes: Buffer) => cut(bytes, pieces, stderr => tell({ stderr })))
    child.on('error', error => isClosed || stream.onError?.(error))
    child.on('close', (code, signal) => {
      children.delete(child)
      if (!isClosed && child.pid !== undefined) stream.onClose?.(code ?? (signal === 'SIGTERM' ? 143 : 137))
    })
    const close = (): void => {
      isClosed = true
      child.kill('SIGTERM')
    }
    closings.add(close)
    return { close }
  }

  const closings = new Set<() => void>()
  const leave = (): void => closings.forEach(close => void close())
  onTestFinished(leave)
  const client = {
    extension: { host: { cli: { exec } } },
    host: { openExternal: (url: string) => void opened.push(url) },
  } as unknown as DesktopTab['client']
  return { client, children, opened, home, leave }
}

export function writeProgram(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
}

function cut(bytes: Buffer, pieces: () => number, tell: (text: string) => void): void {
  for (let at = 0; at < bytes.length; ) {
    const end = at + pieces()
    tell(bytes.subarray(at, end).toString('utf8'))
    at = end
  }
}
