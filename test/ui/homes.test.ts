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

/** A local server: what it is told, and what it tells the page. */
function fakeServer() {
  const sockets: FakeSocket[] = []
  class FakeSocket {
    onopen: (() => void) | null = null
    onmessage: ((event: { readonly data: string }) => void) | null = null
    onclose: (() => void) | null = null
    readonly sent: string[] = []
    isClosed = false
    readonly url: string
    constructor(url: URL) {
      this.url = String(url)
      sockets.push(this)
    }
    send(text: string): void {
      this.sent.push(text)
    }
    close(): void {
      this.isClosed = true
    }
  }
  vi.stubGlobal('WebSocket', FakeSocket)
  return sockets
}

test('the local server gets the words, and its lines are told as they come', async ({ expect }) => {
  const sockets = fakeServer()
  const { out, err, on } = collect()
  const done = webHome.run(['status'], on)
  const [socket] = sockets
  expect(socket?.url).toBe('ws://localhost:3000/run')
  socket?.onopen?.()
  expect(socket?.sent).toEqual(['{"words":["status"]}'])
  socket?.onmessage?.({ data: '{"out":"{\\"type\\":1}"}\n{"out":"2"}' })
  socket?.onmessage?.({ data: '{"err":"oh"}' })
  expect([out, err]).toEqual([['{"type":1}', '2'], ['oh']])
  socket?.onmessage?.({ data: '{"exit":4}' })
  socket?.onclose?.()
  expect(await done).toBe(4)
})

test('what the local server refuses to run is a failure with its reason', async ({ expect }) => {
  const sockets = fakeServer()
  const done = webHome.run(['ui'], collect().on)
  sockets[0]?.onopen?.()
  sockets[0]?.onmessage?.({ data: '{"refused":"It may not be run."}' })
  sockets[0]?.onclose?.()
  await expect(done).rejects.toThrow('It may not be run.')
})

test('a local server that lets nobody in is asked why', async ({ expect }) => {
  const sockets = fakeServer()
  vi.stubGlobal('fetch', async () => ({ ok: false, text: async () => 'Start the command again.' }))
  const done = webHome.run(['status'], collect().on)
  sockets[0]?.onclose?.()
  await expect(done).rejects.toThrow('Start the command again.')
})

test('what is aborted is closed, and nothing of it is told any more', async ({ expect }) => {
  const sockets = fakeServer()
  const end = new AbortController()
  const { out, on } = collect()
  const done = webHome.run(['events'], on, end.signal)
  sockets[0]?.onopen?.()
  end.abort()
  expect(await done).toBe(130)
  expect(sockets[0]?.isClosed).toBe(true)
  sockets[0]?.onmessage?.({ data: '{"out":"late"}' })
  expect(out).toEqual([])
  expect(await webHome.run(['events'], on, end.signal)).toBe(130)
  expect(sockets).toHaveLength(1)
})

test('what is aborted before it was open is not taken for refused', async ({ expect }) => {
  const sockets = fakeServer()
  const fetched = vi.fn()
  vi.stubGlobal('fetch', fetched)
  const end = new AbortController()
  const done = webHome.run(['events'], collect().on, end.signal)
  end.abort()
  sockets[0]?.onclose?.()
  expect(await done).toBe(130)
  expect(fetched).not.toHaveBeenCalled()
})

test('the local server is asked what the status was a moment ago, and may not know', async ({ expect }) => {
  const answers = [new Response('{"type":"status"}'), new Response(null, { status: 204 })]
  vi.stubGlobal('fetch', async () => answers.shift())
  expect(await webHome.lastStatus?.()).toBe('{"type":"status"}')
  expect(await webHome.lastStatus?.()).toBeUndefined()
})

test('a shell is asked for where its attachment is, and a refusal is a sentence', async ({ expect }) => {
  const sockets = fakeServer()
  const urls: string[] = []
  vi.stubGlobal('fetch', async (url: URL) => {
    urls.push(String(url))
    return { ok: false, text: async () => 'It is not attached.' }
  })
  const of = { namespace: 'myapp', workload: 'api', workspace: '/my w', environment: undefined }
  webHome.shell?.(of)
  expect(await webHome.refusal?.(of)).toBe('It is not attached.')
  const query = 'shell?namespace=myapp&workload=api&workspace=%2Fmy+w'
  expect(sockets.map(({ url }) => url)).toEqual([`ws://localhost:3000/${query}`])
  expect(urls).toEqual([`http://localhost:3000/${query}`])
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
  const sockets = fakeServer()
  const done = webHome.run(['status'], collect().on)
  sockets[0]?.onopen?.()
  sockets[0]?.onmessage?.({ data: '{"out":"half"}' })
  sockets[0]?.onclose?.()
  await expect(done).rejects.toThrow('disconnected')
})
