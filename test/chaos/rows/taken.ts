import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { kubectl, NETWORK, NODE } from '../../e2e/harness/cluster.ts'
import { eventually } from '../../e2e/harness/eventually.ts'
import { helm } from '../helm.ts'
import { AGENTS, type Round, type Row } from '../row.ts'
import { serve } from '../serve.ts'
import { endOf, secondsSince, secondsUntilOver, whileAsking } from '../watch.ts'

const CUT = 60_000
/** Long enough for ours to be back, and to fight. */
const WATCHED = 40_000

/** A manager as it is installed by default keeps a silent client for a day, but lets others have what it held. */
const DEFAULT = ['grpc.connectionTTL=24h', 'intercept.inactiveBlockTimeout=20s']
const OF_THE_SANDBOX = ['grpc.connectionTTL=60s', 'intercept.inactiveBlockTimeout=10m']

const setManager = (settings: readonly string[]): Promise<void> =>
  helm({ node: NODE, network: NETWORK, kubectl }, [
    ...['upgrade', '--reuse-values'],
    ...settings.flatMap(value => ['--set', value]),
  ])

export const takenMeanwhile: Row = {
  name: 'taken-meanwhile',
  events: ['cut off for a minute'],
  agents: AGENTS,
  isLong: true,
  isAlone: true,
  hasWorkstation: true,
  async play(round) {
    await setManager(DEFAULT)
    try {
      return await playTaking(round)
    } finally {
      await setManager(OF_THE_SANDBOX)
    }
  },
}

const playTaking = (round: Round): Promise<number> =>
  whileAsking(round, async probe => {
    const { scenario, workload, workstation, others } = round
    const started = await serve(round)
    await Promise.all([workstation?.cutOff(CUT), take(round)])
    const since = Date.now()
    await sleep(WATCHED)
    const { stdout } = await others.telepresence(['list', '--intercepts', '--format', 'json'])
    expect(stdout, 'what the other one holds').toContain(`"${workload}"`)
    const late = probe.answers().filter(({ time }) => Date.parse(time) > since + WATCHED / 2)
    expect(
      late.filter(({ body }) => body.startsWith('answered by the dev container')),
      'answers',
    ).toEqual([])
    const status = await scenario.person.run(['kde-tp', 'status'])
    expect(status.stdout + started.stderr(), 'what is said of it').toMatch(/taken|somebody else|another/i)
    await others.telepresence(['detach', workload])
    started.signal('SIGTERM')
    await endOf(started)
    await secondsUntilOver(round, probe, Date.now())
    return secondsSince(since, Date.now())
  })

/** The manager gives it away only when ours has been silent for long enough. */
const take = ({ others, workload, agent }: Round): Promise<void> =>
  eventually(async () => {
    const words = ['--port', '9:http', `--node-agent=${agent === 'node'}`, '--mount=false']
    const taken = await others.telepresence(['intercept', workload, ...words])
    expect(taken.exitCode, taken.stderr).toBe(0)
  })
