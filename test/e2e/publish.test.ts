import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { expect, test } from 'vitest'
import { inspect } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { leftoversOf } from './harness/leftovers.ts'
import { refusalOf } from './harness/refusal.ts'
import { type Scenario, within } from './harness/scenario.ts'

/** Listens on the loopback only, answers requests, and says after each word of a WebSocket what it was. */
const SERVE = `
import base64, hashlib, http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self):
        key = self.headers.get('Sec-WebSocket-Key')
        if key: return self.echo(key)
        body = b'answered on the loopback'
        self.send_response(200); self.send_header('Content-Length', str(len(body))); self.end_headers()
        self.wfile.write(body)
    def echo(self, key):
        accept = base64.b64encode(hashlib.sha1((key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').encode()).digest())
        self.send_response(101); self.send_header('Upgrade', 'websocket'); self.send_header('Connection', 'Upgrade')
        self.send_header('Sec-WebSocket-Accept', accept.decode()); self.end_headers(); self.wfile.flush()
        while True:
            _, size = self.rfile.read(2)
            mask, data = self.rfile.read(4), self.rfile.read(size & 127)
            word = b'heard ' + bytes(byte ^ mask[index % 4] for index, byte in enumerate(data))
            self.wfile.write(bytes([0x81, len(word)]) + word); self.wfile.flush()
http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
`
const serving = (port: number): readonly string[] => ['python3', '-c', SERVE, String(port)]

async function listen(port = 0): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port

async function freePort(): Promise<number> {
  const server = await listen()
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}

const bodyAt = async (port: number): Promise<string> => (await fetch(`http://127.0.0.1:${port}/`)).text()

async function wordsAt(port: number, words: readonly string[]): Promise<readonly unknown[]> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`)
  await once(socket, 'open')
  const heard: unknown[] = []
  for (const word of words) {
    socket.send(word)
    const [message] = (await once(socket, 'message')) as [MessageEvent]
    heard.push(message.data)
  }
  socket.close()
  return heard
}

const publish = ({ namespace, workspace }: Scenario, ...words: readonly string[]) => [
  ...['kde-tp', 'publish', namespace, 'api', '--workspace', workspace.path],
  ...words,
]

test.concurrent(
  'a port is published with the dev container, and another one later, though programs listen on the loopback only',
  within({}, async scenario => {
    const { person, intercept, names, namespace, workspace } = scenario
    const [first, second] = [await freePort(), await freePort()]
    const started = person.start(
      intercept({ options: ['--publish', `${first}:3000`], command: serving(3000) }),
    )
    await eventually(async () => {
      expect(await bodyAt(first), started.stderr()).toBe('answered on the loopback')
    })
    expect(await wordsAt(first, ['one', 'two'])).toEqual(['heard one', 'heard two'])
    const inside = ['kde-tp', 'exec', namespace, 'api', '--workspace', workspace.path]
    person.start([...inside, '--', ...serving(3001)])
    expect(await person.run(publish(scenario, `${second}:3001`))).toMatchObject({ exitCode: 0 })
    await eventually(async () => expect(await bodyAt(second)).toBe('answered on the loopback'))
    expect(await bodyAt(first)).toBe('answered on the loopback')
    const { HostConfig } = await inspect(`${names.composeProject}-publish-${namespace}-${second}`)
    expect(HostConfig).toMatchObject({
      PortBindings: { '3001/tcp': [{ HostIp: '127.0.0.1', HostPort: String(second) }] },
      CapDrop: ['ALL'],
    })
    expect(await person.run(publish(scenario, `${second}:3001`))).toMatchObject({ exitCode: 0 })
    started.signal('SIGTERM')
    await started.ended
    await person.killAll()
    await eventually(async () => expect(await leftoversOf(workspace)).toEqual([]))
    await expect(bodyAt(first)).rejects.toThrow()
  }),
)

test.concurrent(
  'a port of the host that somebody has is refused, and what runs goes on',
  within({}, async scenario => {
    const { person, intercept, workspace, answererOf } = scenario
    const server = await listen()
    const taken = portOf(server)
    const atOnce = intercept({ options: ['--publish', `${taken}:3000`], command: ['true'] })
    expect(await refusalOf(scenario, atOnce)).toMatchObject({ code: 'PORT_TAKEN' })
    await eventually(async () => expect(await leftoversOf(workspace)).toEqual([]))
    expect(await answererOf()).toBe('the cluster')

    await person.run(intercept({ options: ['--detach'], command: ['python3', 'serve.py'] }))
    expect(await refusalOf(scenario, publish(scenario, `${taken}:3000`))).toMatchObject({
      code: 'PORT_TAKEN',
    })
    server.close()
    await once(server, 'close')
    expect(await person.run(publish(scenario, `${taken}:8080`))).toMatchObject({ exitCode: 0 })
    await eventually(async () => expect(await bodyAt(taken)).toContain('answered by the dev container'))
    expect(
      await person.run(['kde-tp', 'detach', scenario.namespace, 'api', '--workspace', workspace.path]),
    ).toMatchObject({ exitCode: 0 })
  }),
)
