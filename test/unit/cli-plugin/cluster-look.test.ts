import { createServer, type Server } from 'node:net'
import { test } from 'vitest'
import { look } from '../../../cli-plugin/cluster/look.ts'
import { fakeEdges } from '../../fakes/edges.ts'

const input = { namespace: undefined, workload: undefined, managerNamespace: 'ambassador' }
const kubeconfig = (port: number) => ({
  clusters: [{ cluster: { server: `https://127.0.0.1:${port}` } }],
  users: [],
})

test('an API server that refuses connections for a moment is asked again', async ({ expect }) => {
  const port = await freePort()
  let server: Server | undefined
  const sleep = async () => {
    server ??= await listen(port)
  }
  const answer = await look(kubeconfig(port), input, fakeEdges({ sleep }))
  server?.close()
  // It speaks no TLS, but it was reached.
  expect(answer).toMatchObject({ kind: 'unreachable', reason: expect.not.stringContaining('ECONNREFUSED') })
})

test('one that goes on refusing is unreachable', async ({ expect }) => {
  const answer = await look(kubeconfig(await freePort()), input, fakeEdges())
  expect(answer).toMatchObject({ kind: 'unreachable', reason: expect.stringContaining('ECONNREFUSED') })
})

async function freePort(): Promise<number> {
  const server = await listen(0)
  const address = server.address()
  await new Promise(closed => server.close(closed))
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

const listen = (port: number): Promise<Server> =>
  new Promise(listening => {
    const server = createServer(socket => socket.end('not TLS'))
    server.listen(port, '127.0.0.1', () => listening(server))
  })
