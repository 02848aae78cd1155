import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { expect } from 'vitest'
import { docker } from '../../e2e/harness/engine.ts'
import { eventually } from '../../e2e/harness/eventually.ts'
import { eventsIn } from '../../e2e/harness/happenings.ts'
import { type OwnCluster, withOwnCluster } from '../../e2e/harness/own-cluster.ts'
import type { Scenario } from '../../e2e/harness/scenario.ts'
import { helm } from '../helm.ts'
import { AGENTS, type Round, type Row } from '../row.ts'
import { wordsOf } from '../serve.ts'
import { endOf, momentOf, secondsSince } from '../watch.ts'

const ROOT = join(import.meta.dirname, '../../..')
/** Both are patches of one version, and the sandbox has them under these tags. */
const BEFORE = '2.31.0'
const AFTER = '2.31.2'
/** An outage that `status` may have had no time to tell. */
const UNTOLD = 20_000
const MANAGER = ['--namespace', 'ambassador']

/** In a cluster of its own: the sandbox's manager is everybody's. */
export const managerUpgraded: Row = {
  name: 'manager-upgraded',
  events: [`${BEFORE} to ${AFTER}`],
  agents: AGENTS,
  isAlone: true,
  isLong: true,
  async play(round) {
    await execa(join(ROOT, 'sandbox/image'), ['tel2-before'])
    let seconds = 0
    await withOwnCluster(round.scenario, [round.workload], async cluster => {
      await loadBefore(cluster)
      await helmTo(cluster, ['install', '--set', 'nodeAgent.enabled=true,grpc.connectionTTL=60s'], BEFORE)
      seconds = await playUpgrade(round, cluster)
    })
    return seconds
  },
}

async function loadBefore({ node }: OwnCluster): Promise<void> {
  const load = ['exec', '--interactive', node, 'ctr', '-n', 'k8s.io', 'images', 'import']
  const saved = execa('docker', ['save', `ghcr.io/telepresenceio/tel2:${BEFORE}`], { buffer: false })
  await saved.pipe('docker', [...load, '--snapshotter', 'overlayfs', '-'])
}

const helmTo = ({ node, kubectl }: OwnCluster, words: readonly string[], tag: string): Promise<void> =>
  helm({ node, network: node, kubectl }, [...words, '--set', `image.tag=${tag}`])

/** Measured from when the new manager is there. */
async function playUpgrade(round: Round, cluster: OwnCluster): Promise<number> {
  const { scenario, workload } = round
  const dev = scenario.names.devContainer()
  const started = scenario.person.start(
    scenario.intercept({ ...wordsOf(round), command: ['python3', 'serve.py'] }),
  )
  const answers = () => cluster.ask(workload).catch(String)
  const isOurs = async () =>
    expect(await answers(), started.stderr()).toMatch(/^answered by the dev container/)
  await eventually(isOurs)
  const before = await docker(['inspect', '--format', '{{.Id}} {{.State.StartedAt}}', dev])
  const watching = watch(round.scenario, answers)
  await helmTo(cluster, ['upgrade', '--reuse-values'], AFTER)
  const since = Date.now()
  const images = await cluster.kubectl([...MANAGER, 'get', 'pods', '--output', 'jsonpath={..image}'])
  expect(images, 'what the manager runs').toContain(`tel2:${AFTER}`)
  const back = await momentOf(isOurs)
  await eventually(async () => expect(await stateIn(round.scenario), 'status').toBe('connected'))
  const { states, gap } = await watching.stop()
  if (gap > UNTOLD) {
    const said = expect.stringMatching(/does not answer|not connected/)
    expect(states, `what status says of ${gap} ms without ours`).toContainEqual(said)
  }
  expect(await docker(['inspect', '--format', '{{.Id}} {{.State.StartedAt}}', dev])).toBe(before)
  started.signal('SIGTERM')
  expect((await endOf(started)).exitCode, started.stderr()).toBe(143)
  await eventually(async () => expect(await answers()).toMatch(/^answered by the cluster/))
  return secondsSince(since, back)
}

interface Watched {
  /** What `status` has said of the session. */
  readonly states: readonly string[]
  /** The longest time in which ours did not answer: milliseconds. */
  readonly gap: number
}

/** Asks the workload and `status`, again and again. */
function watch(scenario: Scenario, answers: () => Promise<string>): { stop(): Promise<Watched> } {
  const states: string[] = []
  let gap = 0
  let isOver = false
  const asking = (async () => {
    for (let oursAt = Date.now(); !isOver; await sleep(200)) {
      if ((await answers()).startsWith('answered by the dev container')) oursAt = Date.now()
      gap = Math.max(gap, Date.now() - oursAt)
    }
  })()
  const looking = (async () => {
    for (; !isOver; await sleep(1000)) states.push(await stateIn(scenario))
  })()
  return {
    async stop() {
      isOver = true
      await Promise.all([asking, looking])
      return { states, gap }
    },
  }
}

async function stateIn({ person, names }: Scenario): Promise<string> {
  const { stdout } = await person.run(['kde-tp', 'status', '--format', 'json'])
  const status = eventsIn(stdout).find(event => event.type === 'status')
  const sessions = status?.environments.flatMap(environment => environment.sessions) ?? []
  return sessions.find(({ container }) => container === names.session)?.state ?? 'missing'
}
