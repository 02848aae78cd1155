import { setTimeout as sleep } from 'node:timers/promises'
import type { Mode } from '../../session/mode.ts'
import { APP_IMAGE } from '../e2e/harness/app-image.ts'
import { apply, kubectl, readyReplicas } from '../e2e/harness/cluster.ts'
import * as baseline from './baseline.ts'
import * as ours from './ours.ts'
import { type Agent, HELD, namespaceOf, nextWorkload, untilAllRun, WORKLOADS } from './place.ts'
import { secondsOf } from './timing.ts'

/** What was measured, of both in turn: seconds, of requests milliseconds. */
export interface Samples {
  readonly ours: readonly number[]
  readonly baseline: readonly number[]
}

/** Where there is nothing to compare it with. */
export const alone = (ours: readonly number[]): Samples => ({ ours, baseline: [0] })

const FIRST_COMMAND = 'echo ready'

/** From nothing to the first command's output. */
export const cold = (agent: Agent, rounds: number): Promise<Samples> =>
  inTurn(rounds, {
    async ours() {
      const { seconds, leave } = await ours.attach(
        'intercept',
        agent,
        await freeWorkload(agent),
        FIRST_COMMAND,
      )
      await leave()
      await ours.untilNothingIsLeft()
      return seconds
    },
    async baseline() {
      const workload = await freeWorkload(agent)
      const connected = await baseline.connect(agent)
      const { seconds, leave } = await baseline.attach('intercept', agent, workload, FIRST_COMMAND)
      await leave()
      await baseline.disconnect()
      return connected + seconds
    },
  })

/** With a session present: to the first command's output. */
export const warm = (mode: Mode, agent: Agent, rounds: number): Promise<Samples> =>
  beside(agent, () =>
    inTurn(rounds, {
      async ours() {
        const { seconds, leave } = await ours.attach(mode, agent, await freeWorkload(agent), FIRST_COMMAND)
        await leave()
        return seconds
      },
      async baseline() {
        const workload = await freeWorkload(agent)
        const { seconds, leave } = await baseline.attach(mode, agent, workload, FIRST_COMMAND)
        await leave()
        await baseline.detach(workload)
        return seconds
      },
    }),
  )

/** Docker asks its plugin for metadata before it runs it, so this counts two starts of ours, as Compose's counts two. */
export const help = (rounds: number): Promise<Samples> =>
  inTurn(rounds, {
    ours: () => secondsOf('docker', ['kdetp', '--help']),
    baseline: () => secondsOf('docker', ['compose', 'version']),
  })

const SERVE = `python3 serve.py 8080 & until curl -so /dev/null localhost:8080; do sleep 0.1; done; echo ready; cat`

/** Requests of a pod to the dev container, alternating between ours and the one by hand. */
export const requests = (count: number): Promise<Samples> =>
  beside('sidecar', async () => {
    const [oursWorkload, baselineWorkload] = [nextWorkload(), nextWorkload()]
    const oursHeld = await ours.attach('intercept', 'sidecar', oursWorkload, SERVE)
    const baselineHeld = await baseline.attach('intercept', 'sidecar', baselineWorkload, SERVE)
    const [first = [], second = []] = await askInTurn(count, [oursWorkload, baselineWorkload])
    await oursHeld.leave()
    await baselineHeld.leave()
    await baseline.detach(baselineWorkload)
    return { ours: first, baseline: second }
  })

/** Each goes first every other time, so that no drift of the computer favors one. */
export async function inTurn(
  rounds: number,
  measure: Record<keyof Samples, () => Promise<number>>,
): Promise<Samples> {
  const samples = { ours: [] as number[], baseline: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (['ours', 'baseline'] as const) : (['baseline', 'ours'] as const)
    for (const who of order) samples[who].push(await measure[who]())
  }
  return samples
}

/** Injects the sidecars, as the first intercept of a workload ever does: it swaps the pod, and is no round's to pay. */
export async function injectSidecars(): Promise<void> {
  await baseline.connect('sidecar')
  for (const workload of [HELD, ...WORKLOADS]) {
    const { leave } = await baseline.attach('intercept', 'sidecar', workload, FIRST_COMMAND)
    await leave()
    await baseline.detach(workload)
  }
  await baseline.disconnect()
  await untilAllRun(namespaceOf('sidecar'))
}

/** Works while ours and the one by hand are connected to the agent's namespace. */
async function beside<T>(agent: Agent, work: () => Promise<T>): Promise<T> {
  const held = await ours.attach('intercept', agent, HELD, `${FIRST_COMMAND}; cat`, 'two')
  await baseline.connect(agent)
  try {
    return await work()
  } finally {
    await held.leave()
    await baseline.disconnect()
    await ours.untilNothingIsLeft()
  }
}

/**
 * The next workload. A node agent that is ending keeps the next one of its workload waiting, and one of Telepresence
 * 2.31.2 that ended too late has left a pod that answers nobody: its workload is of no use to either.
 */
async function freeWorkload(agent: Agent): Promise<string> {
  for (let turns = 0; turns < WORKLOADS.length; turns += 1) {
    const workload = nextWorkload()
    while (agent === 'node' && (await nodeAgents()).includes(workload)) await sleep(500)
    if ((await readyReplicas(namespaceOf(agent), workload)) === 1) return workload
    console.error(`${workload} has no ready pod, and is left out`)
  }
  throw new Error('no workload has a ready pod any more')
}

const nodeAgents = (): Promise<string> =>
  kubectl(['--namespace', 'ambassador', 'get', 'jobs,pods', '--output', 'name'])

/** Milliseconds of each request, in the order of the workloads. */
async function askInTurn(
  count: number,
  workloads: readonly string[],
): Promise<readonly (readonly number[])[]> {
  const namespace = namespaceOf('sidecar')
  await apply([client(namespace)])
  await kubectl(['--namespace', namespace, 'wait', '--for=condition=Ready', 'pod/client'])
  const urls = workloads.map(workload => `http://${workload}.${namespace}/`)
  const lines = await kubectl([
    'exec',
    '--namespace',
    namespace,
    'client',
    '--',
    'app',
    'alternate',
    String(count),
    ...urls,
  ])
  const answers = lines.split('\n').map(line => JSON.parse(line) as { url: string; ms: number; body: string })
  const stray = answers.find(({ body }) => !body.startsWith('answered by the dev container'))
  if (stray !== undefined) throw new Error(`${stray.url} was answered by somebody else: ${stray.body}`)
  return urls.map(url => answers.filter(answer => answer.url === url).map(({ ms }) => ms))
}

const client = (namespace: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'client', namespace },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [{ name: 'client', image: APP_IMAGE, imagePullPolicy: 'Never', args: ['idle'] }],
  },
})
