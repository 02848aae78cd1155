import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { NETWORK } from '../e2e/harness/cluster.ts'
import { docker, dockerOn } from '../e2e/harness/engine.ts'
import { eventually } from '../e2e/harness/eventually.ts'
import { RUNTIME_IMAGE } from '../e2e/harness/publisher.ts'
import { type Account, theRun } from '../e2e/harness/run.ts'
import { nodeAddress } from '../e2e/harness/workspace.ts'

/** A computer with an engine of its own, on which a person works; cluster and probe are elsewhere, and live on. */
export interface Workstation {
  /** Its `DOCKER_HOST`. */
  readonly engine: string
  /** Cuts it off from the cluster for so long; returns when the cut began. */
  cutOff(milliseconds: number): Promise<void>
  /** Stops all its containers in their tracks for so long. */
  fallAsleep(milliseconds: number): Promise<void>
  restart(): Promise<void>
  /** Kills the engine and all that it runs. */
  losePower(): Promise<void>
  start(): Promise<void>
  /** Of ours, and of the dev containers. */
  loadImages(): Promise<void>
  /** Lets a directory of a person's lie on the engine's own disk. */
  moveToDisk(directory: string, owner: Account): Promise<void>
  /** Leaves nothing of its disk, which is one in memory. */
  fillDisk(): Promise<void>
  freeDisk(): Promise<void>
}

/** Where the engine keeps all that it has. One in memory is gone with the engine, and can be as full as one likes. */
export type Disk = 'volume' | 'memory'

const DATA = '/var/lib/docker'
const ROOM = '8g'
const DISKS: Readonly<Record<Disk, readonly string[]>> = {
  volume: ['--volume', DATA],
  memory: ['--tmpfs', `${DATA}:exec,suid,dev,size=${ROOM}`],
}

const ROOT = join(import.meta.dirname, '../..')
const IMAGE = 'kde-tp-sandbox/workstation:1'
const LOADED = [RUNTIME_IMAGE, 'kde-tp-sandbox/dev:1']

export async function withWorkstation(
  disk: Disk,
  work: (workstation: Workstation) => Promise<void>,
): Promise<void> {
  await execa(join(ROOT, 'sandbox/image'), ['workstation'])
  const container = `kde-tp-test-workstation-${randomBytes(3).toString('hex')}`
  const { directory, tester } = theRun()
  const socket = join(directory, `${container}.sock`)
  // The workspaces lie under the same path there, and so does the socket, which the keeper gets.
  const place = [...DISKS[disk], '--volume', `${directory}:${directory}`]
  const group = [
    '--group',
    String(process.getuid?.() === 0 ? statSync('/var/run/docker.sock').gid : tester.groupId),
  ]
  const run = ['run', '--detach', '--privileged', '--name', container, '--network', NETWORK]
  await docker([...run, ...place, IMAGE, socket, ...group])
  try {
    const workstation = workstationIn(container, `unix://${socket}`)
    await untilAnswering(workstation.engine)
    await workstation.loadImages()
    await work(workstation)
  } finally {
    await docker(['rm', '--force', '--volumes', container])
  }
}

const untilAnswering = (engine: string): Promise<string> => eventually(() => dockerOn(engine, ['version']))

function workstationIn(container: string, engine: string): Workstation {
  const inside = (args: readonly string[]) => docker(['exec', container, ...args])
  return {
    engine,
    async loadImages() {
      const saved = execa('docker', ['save', ...LOADED], { buffer: false })
      await saved.pipe('docker', ['load'], { env: { DOCKER_HOST: engine } })
    },
    async cutOff(milliseconds) {
      const node = await nodeAddress()
      const rules = [
        ['--destination', node],
        ['--source', node],
      ]
      for (const rule of rules) await inside(['iptables', '--insert', 'FORWARD', ...rule, '--jump', 'DROP'])
      await sleep(milliseconds)
      for (const rule of rules) await inside(['iptables', '--delete', 'FORWARD', ...rule, '--jump', 'DROP'])
    },
    async fallAsleep(milliseconds) {
      const running = (await dockerOn(engine, ['ps', '--quiet'])).split('\n')
      await dockerOn(engine, ['pause', ...running])
      await sleep(milliseconds)
      await dockerOn(engine, ['unpause', ...running])
    },
    async restart() {
      await docker(['restart', '--time', '60', container])
      await untilAnswering(engine)
    },
    losePower: async () => void (await docker(['kill', container])),
    async start() {
      await docker(['start', container])
      await untilAnswering(engine)
    },
    async moveToDisk(path, { userId, groupId }) {
      const moved = `${DATA}/moved-${randomBytes(3).toString('hex')}`
      await inside(['cp', '--archive', path, moved])
      await inside(['chown', '--recursive', `${userId}:${groupId}`, moved])
      await inside(['chmod', '--recursive', '2770', moved])
      await inside(['mount', '--bind', moved, path])
    },
    async fillDisk() {
      const used = await inside(['df', '--output=used', '--block-size=1K', DATA])
      await inside(['mount', '-o', `remount,size=${/\d+$/.exec(used)?.[0]}k`, DATA])
    },
    freeDisk: async () => void (await inside(['mount', '-o', `remount,size=${ROOM}`, DATA])),
  }
}
