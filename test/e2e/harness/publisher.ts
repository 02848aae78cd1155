import { randomBytes } from 'node:crypto'
import { NETWORK, NODE } from './cluster.ts'
import { docker } from './engine.ts'

export const RUNTIME_IMAGE = process.env['KDE_TP_IMAGE'] ?? 'ghcr.io/kde-tp/runtime:0.1.0'

/** Lets a container publish the API server's port on the host's loopback, as kind does, while `body` runs. */
export async function withPublisher(body: (server: string) => Promise<void>): Promise<void> {
  const port = 20_000 + Math.floor(Math.random() * 10_000)
  const name = `kde-tp-test-publisher-${randomBytes(3).toString('hex')}`
  await docker([
    ...['run', '--detach', '--name', name, '--network', NETWORK, '--publish', `127.0.0.1:${port}:6443`],
    ...[RUNTIME_IMAGE, 'relay', '--listen', '0.0.0.0:6443', '--to', `${NODE}:6443`],
  ])
  try {
    await body(`https://127.0.0.1:${port}`)
  } finally {
    await docker(['rm', '--force', name])
  }
}
