import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { t } from '../../language/t.ts'
import { readEndpoint } from '../../session/commands/docker.ts'
import { exitCodeOf, KdeTpError } from '../../session/errors.ts'
import { chooseRunning, type RunningDevContainer } from '../attached/choose-running.ts'
import { openShell } from '../attached/open-shell.ts'
import type { Edges } from '../command.ts'
import { toErrorEvent } from '../output/show.ts'
import { checkNames } from '../surroundings/check-typed.ts'
import { answer, refuse } from './answer.ts'
import { inTerminal } from './run-in-terminal.ts'
import { createTerminal, type Terminal } from './terminal.ts'
import { refuseUpgrade } from './upgrade.ts'

/** Terminals in dev containers. */
export interface Shells {
  /** Whether `open` would: a page does not hear why its web socket was refused. */
  tell(asked: URLSearchParams, response: ServerResponse): Promise<void>
  open(asked: URLSearchParams, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
  /** Ends all of them, and waits for it. */
  end(): Promise<void>
}

interface Found {
  readonly running: RunningDevContainer
  /** Of the engine. */
  readonly socketPath: string
}

interface Refusal {
  readonly status: number
  readonly sentence: string
}

const MOST_BYTES = 1_048_576

export function createShells(edges: Edges): Shells {
  const server = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES, perMessageDeflate: false })
  const open = new Set<Promise<void>>()
  return {
    async tell(asked, response) {
      const found = await find(asked, edges)
      if ('sentence' in found) refuse(response, found.status, found.sentence)
      else answer(response, 204)
    },
    async open(asked, request, socket, head) {
      const found = await find(asked, edges)
      if ('sentence' in found) return refuseUpgrade(socket, found.status, found.sentence)
      server.handleUpgrade(request, socket, head, client => {
        const shell = show(found, createTerminal(client), edges).finally(() => open.delete(shell))
        open.add(shell)
      })
    },
    async end() {
      for (const client of server.clients) client.terminate()
      await Promise.all(open)
    },
  }
}

async function find(asked: URLSearchParams, edges: Edges): Promise<Found | Refusal> {
  const [namespace, workload] = [asked.get('namespace') ?? '', asked.get('workload') ?? '']
  try {
    checkNames([namespace, workload])
    const socketPath = /^unix:\/\/(.+)$/.exec(await edges.docker(readEndpoint))?.[1]
    if (socketPath === undefined)
      return {
        status: 501,
        sentence: t`This engine is not reached over a unix socket, so the page has no terminal.`,
      }
    const place = {
      environment: asked.get('environment') ?? undefined,
      workspace: asked.get('workspace') ?? undefined,
    }
    return { socketPath, running: await chooseRunning([namespace, workload], place, unasked(edges)) }
  } catch (error) {
    return toRefusal(error)
  }
}

function toRefusal(error: unknown): Refusal {
  const { message } = toErrorEvent(error)
  if (!(error instanceof KdeTpError)) return { status: 500, sentence: message }
  if (error.code === 'NOT_ATTACHED') return { status: 404, sentence: message }
  return { status: exitCodeOf[error.code] === 2 ? 400 : 409, sentence: message }
}

/** The terminal that the server was started in is asked nothing, and told nothing. */
const unasked = (edges: Edges): Edges => ({
  ...edges,
  prompts: { ...edges.prompts, available: false },
  terminal: { stdin: false, stdout: false },
})

async function show({ running, socketPath }: Found, terminal: Terminal, edges: Edges): Promise<void> {
  const emit = terminal.tell
  try {
    const run = inTerminal(terminal, edges.engineApi(socketPath))
    const wish = { ...running, command: undefined, asJson: false }
    terminal.close(await openShell(wish, { ...unasked(edges), emit }, run))
  } catch (error) {
    emit(toErrorEvent(error))
    terminal.close(undefined)
  }
}
