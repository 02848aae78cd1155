import type { Duplex } from 'node:stream'
import { endMarked, type InsideInput, type RunMarked, toProcess } from '../attach/run-in-dev-container.ts'
import type { EngineApi } from '../edges/engine-api.ts'
import type { Size, Terminal } from './terminal.ts'

/** Of a process whose container is ended. */
const KILLED = 137

/** Runs it in a terminal that the engine makes, and the page shows. Docker's command line would need one of its own. */
export const inTerminal =
  (terminal: Terminal, engine: EngineApi): RunMarked =>
  async (input, mark, edges) => {
    const id = await createProcess(input, mark, terminal.size(), engine)
    const stream = await engine.open(`/exec/${id}/start`, { Detach: false, Tty: true })
    let ending: Promise<void> | undefined
    // The engine lets a process live whose terminal is gone.
    const end = (): void => {
      ending = endMarked(input.devContainer, mark, 'SIGHUP', edges).then(() => void stream.destroy())
    }
    terminal.gone.addEventListener('abort', end, { once: true })
    if (terminal.gone.aborted) end()
    terminal.connect({
      write: bytes => void stream.write(bytes),
      resize: size => void resize(id, size, engine),
    })
    await showAll(stream, terminal)
    terminal.gone.removeEventListener('abort', end)
    await ending
    return exitCodeOf(id, engine)
  }

async function createProcess(
  input: InsideInput,
  mark: string,
  size: Size | undefined,
  engine: EngineApi,
): Promise<string> {
  const { words, variables } = toProcess(input, mark)
  const all = { TERM: 'xterm-256color', ...variables }
  const { Id } = (await engine.call(`/containers/${encodeURIComponent(input.devContainer)}/exec`, {
    ...{ AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: true },
    ...(size !== undefined && { ConsoleSize: [size.rows, size.columns] }),
    Cmd: words,
    Env: Object.entries(all).map(([name, value]) => `${name}=${value}`),
    WorkingDir: input.workingDirectory,
  })) as { readonly Id: string }
  return Id
}

/** One that has ended in this moment has no size any more. */
const resize = (id: string, { columns, rows }: Size, engine: EngineApi): Promise<unknown> =>
  engine.call(`/exec/${id}/resize?w=${columns}&h=${rows}`, {}).catch(() => undefined)

/** However it ends, it has ended. */
async function showAll(stream: Duplex, terminal: Terminal): Promise<void> {
  try {
    for await (const bytes of stream as AsyncIterable<Buffer>) await terminal.show(bytes)
  } catch {
    stream.destroy()
  }
}

async function exitCodeOf(id: string, engine: EngineApi): Promise<number> {
  const ended = await engine.call(`/exec/${id}/json`).catch(() => undefined)
  return (ended as { readonly ExitCode: number | null } | undefined)?.ExitCode ?? KILLED
}
