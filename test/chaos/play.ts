import { loadavg } from 'node:os'
import { expect } from 'vitest'
import { kubectl } from '../e2e/harness/cluster.ts'
import { logsOfAll } from '../e2e/harness/engine.ts'
import { eventually } from '../e2e/harness/eventually.ts'
import { type IndependentClient, withIndependentClient } from '../e2e/harness/independent-client.ts'
import { assertNothingLeft, openScenario, removeScenario, type Scenario } from '../e2e/harness/scenario.ts'
import { type Agent, type Round, type Row, turnsOf } from './row.ts'
import { type Workstation, withWorkstation } from './workstation.ts'

/** What was measured in one round. */
export interface Played {
  readonly row: string
  readonly event: string
  readonly agent: Agent
  /** When it began. */
  readonly at: string
  /** Undefined where something was breached. */
  readonly seconds?: number
  readonly breach?: string
  /** What our containers have said by then. */
  readonly said?: string
  readonly load: number
}

const WORKLOADS: Readonly<Record<Agent, readonly string[]>> = {
  sidecar: ['api'],
  // One that was just left keeps the next one of its workload waiting.
  node: ['first', 'second', 'third'],
}

interface Stage {
  readonly scenario: Scenario
  readonly client: IndependentClient
  readonly workstation: Workstation | undefined
}

/** Plays so many rounds of a row, the first of them as the turn of its events says that was reached before. */
export async function playRow(
  row: Row,
  rounds: number,
  from: number,
  tell: (played: Played) => void,
): Promise<void> {
  let next = from
  // What a breach leaves would spoil the next round, which therefore gets a place of its own.
  while (next < from + rounds) {
    await onStage(row, async stage => {
      for (let isWhole = true; isWhole && next < from + rounds; next += 1) {
        const played = await playRound(row, next, stage)
        tell(played)
        isWhole = played.breach === undefined
      }
    })
  }
}

async function onStage(row: Row, work: (stage: Stage) => Promise<void>): Promise<void> {
  const names = row.agents.flatMap(agent => WORKLOADS[agent])
  const workloads = [...names.map(name => ({ name })), ...(row.wish?.workloads ?? [])]
  await onEngine(row, async workstation => {
    const engine = workstation && { engine: workstation.engine }
    const scenario = await openScenario({ ...row.wish, ...engine, workloads })
    try {
      await withIndependentClient(scenario.namespace, client => work({ scenario, client, workstation }))
    } finally {
      await removeScenario(scenario)
    }
  })
}

const onEngine = (row: Row, work: (workstation: Workstation | undefined) => Promise<void>): Promise<void> =>
  row.hasWorkstation ? withWorkstation(row.disk ?? 'volume', work) : work(undefined)

async function playRound(row: Row, index: number, { scenario, client, workstation }: Stage): Promise<Played> {
  const turns = turnsOf(row)
  const { event, agent } = turns[index % turns.length] ?? { event: '', agent: 'sidecar' as const }
  const names = WORKLOADS[agent]
  const workload = names[Math.floor(index / 2) % names.length] ?? ''
  const holder = agent === 'node' ? () => nodeAgentOf(scenario, workload) : () => client.holderOf(workload)
  const round: Round = { event, agent, workload, scenario, holder, workstation, others: client }
  if (agent === 'node') await untilNodeAgentIsGone(round)
  const begun = { row: row.name, event, agent, at: new Date().toISOString(), load: loadavg()[0] ?? 0 }
  try {
    const seconds = await row.play(round)
    await assertNothingLeft(scenario)
    return { ...begun, seconds }
  } catch (error) {
    const said = await logsOfAll(scenario.workspace.path, scenario.workspace.engine)
    return { ...begun, breach: error instanceof Error ? error.message : String(error), said }
  }
}

/** Where somebody holds a workload by a node agent, a pod in the manager's namespace runs for it; not who. */
export async function nodeAgentOf({ namespace }: Scenario, workload: string): Promise<string | undefined> {
  const template = '{range .items[*]}pod {.metadata.deletionTimestamp}{"\\n"}{end}'
  const pods = await kubectl([...agentsOf('pods', namespace, workload), `jsonpath=${template}`])
  return pods.split('\n').some(pod => pod.trim() === 'pod') ? 'somebody' : undefined
}

const agentsOf = (kind: string, namespace: string, workload: string): readonly string[] => [
  ...['--namespace', 'ambassador', 'get', kind, '--selector'],
  `telepresence.io/agentName=${workload},telepresence.io/workloadNamespace=${namespace}`,
  '--output',
]

/** Times count from the end of the old Job. */
const untilNodeAgentIsGone = ({ scenario, workload }: Round): Promise<void> =>
  eventually(async () =>
    expect(await kubectl([...agentsOf('jobs,pods', scenario.namespace, workload), 'name'])).toBe(''),
  )
