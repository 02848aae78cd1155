import { once } from 'node:events'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { execa } from 'execa'

/** A call that makes containers: its words, and what Compose reads. */
export interface MakingCall {
  readonly words: readonly string[]
  readonly input: string
  /** What a container of `docker run` is for. */
  readonly role?: string
}

export interface DockerInBetween {
  /** Comes first in the PATH of whoever is to come by it. */
  readonly directory: string
  close(): void
}

/** Asks what to do with a call, and does it in its own place. All other calls go through untouched. */
const script = (socket: string, docker: string): string => `#!/usr/bin/env python3
import json, os, socket, sys
words = sys.argv[1:]
compose = words[:1] == ['compose'] and 'up' in words
if compose or words[:1] == ['run']:
    asked = socket.socket(socket.AF_UNIX)
    asked.connect(${JSON.stringify(socket)})
    asked.sendall(json.dumps({'words': words, 'input': sys.stdin.read() if compose else ''}).encode())
    asked.shutdown(socket.SHUT_WR)
    answer = json.loads(b''.join(iter(lambda: asked.recv(65536), b'')))
    words = answer['words']
    if compose:
        given = os.memfd_create('input')
        os.write(given, answer['input'].encode())
        os.lseek(given, 0, 0)
        os.dup2(given, 0)
os.execv(${JSON.stringify(docker)}, ['docker', *words])
`

/** What containers of a command's own `docker run` are for, by words of theirs. */
const ROLES: readonly (readonly [string, readonly string[]])[] = [
  ['copier', ['copy-volumes']],
  ['looker', ['look', '/dev/net/tun']],
]

/** A `docker` that comes before the real one in somebody's PATH, and lets `change` alter what makes containers. */
export async function putDockerInBetween(
  directory: string,
  change: (call: MakingCall) => MakingCall,
): Promise<DockerInBetween> {
  mkdirSync(directory, { recursive: true, mode: 0o755 })
  const socket = join(directory, 'socket')
  const { stdout: docker } = await execa('which', ['docker'])
  writeFileSync(join(directory, 'docker'), script(socket, docker), { mode: 0o755 })
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, async connection => {
    open.add(connection)
    connection.on('error', () => undefined).once('close', () => open.delete(connection))
    const asked = await text(connection).catch(() => '')
    // Who asked has been killed.
    if (asked === '') return void connection.destroy()
    const call = JSON.parse(asked) as MakingCall
    const role = ROLES.find(([, words]) => words.every(word => call.words.includes(word)))?.[0]
    connection.end(JSON.stringify(change({ ...call, ...(role !== undefined && { role }) })))
  }).listen(socket)
  await once(server, 'listening')
  chmodSync(socket, 0o777)
  return {
    directory,
    close() {
      server.close()
      for (const connection of open) connection.destroy()
    },
  }
}
