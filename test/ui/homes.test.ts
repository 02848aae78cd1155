import { afterEach, test, vi } from 'vitest'
import { type Desktop, desktopHome } from '../../docker-extension/home/desktop-home.ts'
import { webHome } from '../../docker-extension/home/web-home.ts'
import { textFrame } from '../../docker-extension/views/attachment/text-frame.ts'

type Stream = {
  onOutput(data: { stdout?: string; stderr?: string }): void
  onError(error: unknown): void
  onClose(exitCode: number): void
}

/** Docker Desktop as its reference describes it: pieces of output that end anywhere, and no word from what was closed. */
function fakeDesktop() {
  const calls: { program: string; words: readonly string[]; stream: Stream; isClosed: boolean }[] = []
  const exec = (program: string, words: readonly string[], options?: { stream: Stream }) => {
    if (options?.stream === undefined) throw new Error('without a stream a shell would take the words apart')
    const call = { program, words, stream: options.stream, isClosed: false }
    calls.push(call)
    return {
      close: () => {
        call.isClosed = true
      },
    }
  }
  const desktop = { extension: { host: { cli: { exec } } }, host: {} } as unknown as Desktop
  return { desktop, calls }
}

const collect = () => {
  const out: string[] = []
  const err: string[] = []
  return { out, err, on: { out: (line: string) => out.push(line), err: (line: string) => err.push(line) } }
}

test('lines that Docker Desktop cuts anywhere are whole again, also very long ones', async ({ expect }) => {
  const { desktop, calls } = fakeDesktop()
  const { out, err, on } = collect()
  const done = desktopHome(desktop).run(['status'], on)
  const long = 'x'.repeat(300_000)
  const [call] = calls
  for (const stdout of ['{"a"', ':1}\n{"b":2}\r\n', long.slice(0, 7), long.slice(7), '\nend'])
    call?.stream.onOutput({ stdout })
  call?.stream.onOutput({ stderr: 'oh\n' })
  call?.stream.onClose(3)
  expect(await done).toBe(3)
  expect(call?.words).toEqual(['status'])
  expect(out).toEqual(['{"a":1}', '{"b":2}', long, 'end'])
  expect(err).toEqual(['oh'])
})

test('what is aborted is closed, and over at once: Docker Desktop says nothing more of it', async ({
  expect,
}) => {
  const { desktop, calls } = fakeDesktop()
  const end = new AbortController()
  const done = desktopHome(desktop).run(['events'], collect().on, end.signal)
  end.abort()
  expect(await done).toBe(130)
  expect(calls[0]?.isClosed).toBe(true)
})

test('a program that Docker Desktop cannot start is an end, with what it says', async ({ expect }) => {
  const { desktop, calls } = fakeDesktop()
  const { err, on } = collect()
  const done = desktopHome(desktop).run(['events'], on)
  calls[0]?.stream.onError(new Error('spawn ENOENT'))
  expect(await done).toBe(127)
  expect(err).toEqual(['Error: spawn ENOENT'])
})

afterEach(() => void vi.unstubAllGlobals())

function answer(...pieces: readonly string[]) {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece))
      controller.close()
    },
  })
  const fetched = vi.fn(async () => ({ ok: true, body }))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

test('the local server gets the words, and its lines are told as they come', async ({ expect }) => {
  const fetched = answer('{"out":"{\\"type', '\\":1}"}\n{"err":"oh"}\n', '{"exit":4}\n')
  const { out, err, on } = collect()
  expect(await webHome.run(['status'], on)).toBe(4)
  expect([out, err]).toEqual([['{"type":1}'], ['oh']])
  expect(fetched.mock.calls[0]).toMatchObject(['run', { method: 'POST', body: '{"words":["status"]}' }])
})

test('a shell is asked for where its attachment is, and a refusal is a sentence', async ({ expect }) => {
  const urls: string[] = []
  vi.stubGlobal(
    'WebSocket',
    class {
      constructor(url: URL) {
        urls.push(String(url))
      }
    },
  )
  vi.stubGlobal('fetch', async (url: URL) => {
    urls.push(String(url))
    return { ok: false, text: async () => 'It is not attached.' }
  })
  const of = { namespace: 'myapp', workload: 'api', workspace: '/my w', environment: undefined }
  webHome.shell?.(of)
  expect(await webHome.refusal?.(of)).toBe('It is not attached.')
  const query = 'shell?namespace=myapp&workload=api&workspace=%2Fmy+w'
  expect(urls).toEqual([`ws://localhost:3000/${query}`, `http://localhost:3000/${query}`])
})

test('what the server says beside the shell is shown, and the exit code is not', ({ expect }) => {
  const error = {
    type: 'error',
    code: 'NOT_ATTACHED',
    message: 'It has ended.',
    exitCode: 6,
    hint: 'Attach it.',
  }
  expect(textFrame(JSON.stringify({ event: error }))).toBe(
    '\u001b[2mIt has ended. (NOT_ATTACHED)\u001b[0m\r\n\u001b[2mAttach it.\u001b[0m\r\n',
  )
  expect(textFrame('{"exit":0}')).toBe('')
})

test('a server that ends before the program is a failure, and no exit code', async ({ expect }) => {
  answer('{"out":"half"}\n')
  await expect(webHome.run(['status'], collect().on)).rejects.toThrow('disconnected')
})
