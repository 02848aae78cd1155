import { once } from 'node:events'
import { createServer } from 'node:net'
import { ui } from '../../cli-plugin/commands/ui.ts'
import { createEngineApi } from '../../cli-plugin/edges/engine-api.ts'
import { fakeEdges } from '../fakes/edges.ts'

const PORT = '47123'

const startUi = (
  port: string | undefined,
  readPage = () => new Map() as ReadonlyMap<string, Buffer> | undefined,
) =>
  ui.run({ values: { port, 'no-open': true }, positionals: [], command: undefined }, fakeEdges({ readPage }))

async function startUiAtTakenPort(): Promise<unknown> {
  const other = createServer().listen(Number(PORT), '127.0.0.1')
  // Where it fails, somebody else has the port.
  await Promise.race([once(other, 'listening'), once(other, 'close')]).catch(() => undefined)
  try {
    return await startUi(PORT)
  } finally {
    other.close()
  }
}

export const uiErrors: readonly (() => unknown)[] = [
  () => startUi(undefined, () => undefined),
  () => startUi('0'),
  startUiAtTakenPort,
  () => createEngineApi('/nowhere/docker.sock').call('/version'),
]
