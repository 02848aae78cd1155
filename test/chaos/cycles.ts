import { expect } from 'vitest'
import { docker } from '../e2e/harness/engine.ts'
import { withIndependentClient } from '../e2e/harness/independent-client.ts'
import { leftoversOf } from '../e2e/harness/leftovers.ts'
import type { Started } from '../e2e/harness/person.ts'
import { openScenario, removeScenario, type Scenario } from '../e2e/harness/scenario.ts'
import { startServing } from '../e2e/harness/serving.ts'
import { nodeAgentOf } from './play.ts'
import type { Agent } from './row.ts'
import { endOf, momentOf } from './watch.ts'

/** What the processes of keeper and session take, in KiB. */
export interface Memory {
  readonly keeper: number
  readonly session: number
  /** Not ours, and told only. */
  readonly telepresence: number
}

export interface Soaked {
  /** After each cycle with the sidecar. */
  readonly memory: readonly Memory[]
  /** What was there and should not have been. */
  readonly leaks: readonly string[]
}

const WORKLOADS = Array.from({ length: 10 }, (_, index) => `workload-${index}`)
const BYSTANDER = 'bystander'

/** Attaches and detaches again and again, beside a command that keeps the session. */
export async function soak(
  cycles: Readonly<Record<Agent, number>>,
  tell: (agent: Agent, cycle: number) => void,
): Promise<Soaked> {
  const forNodeAgents = cycles.node > 0 ? WORKLOADS.map(nameForNodeAgent) : []
  const names = [BYSTANDER, ...WORKLOADS, ...forNodeAgents]
  const scenario = await openScenario({
    workloads: names.map(name => ({ name })),
    projects: ['web', BYSTANDER],
  })
  try {
    const bystander = await startServing(scenario, {
      workload: BYSTANDER,
      project: BYSTANDER,
      port: '9090:http',
      command: ['python3', 'serve.py', '9090'],
    })
    // What is made once is no leak.
    await cycle(scenario, 'sidecar', 0)
    const before = await processesOf(scenario)
    const memory: Memory[] = []
    for (let index = 0; index < cycles.sidecar; index += 1) {
      await cycle(scenario, 'sidecar', index)
      memory.push(await memoryOf(scenario))
      tell('sidecar', index)
    }
    for (let index = 0; index < cycles.node; index += 1) {
      await cycle(scenario, 'node', index)
      tell('node', index)
    }
    const leaks = [
      ...(await attachmentsLeft(scenario)),
      ...(await processesLeft(scenario, before)),
      ...(await objectsLeft(scenario, bystander)),
    ]
    return { memory, leaks }
  } finally {
    await removeScenario(scenario)
  }
}

/** A workload takes either agent. */
const nameForNodeAgent = (workload: string): string => `${workload}-node`

async function cycle({ person, intercept }: Scenario, agent: Agent, index: number): Promise<void> {
  const name = WORKLOADS[index % WORKLOADS.length] ?? ''
  const workload = agent === 'node' ? nameForNodeAgent(name) : name
  const ended = await person.run(intercept({ workload, options: ['--agent', agent], command: ['true'] }))
  expect(ended.exitCode, ended.stderr).toBe(0)
}

async function attachmentsLeft(scenario: Scenario): Promise<readonly string[]> {
  return withIndependentClient(scenario.namespace, async ({ holderOf }) => {
    const left: string[] = []
    for (const workload of WORKLOADS) {
      if ((await holderOf(workload)) !== undefined) left.push(`attachment of ${workload}`)
      const other = nameForNodeAgent(workload)
      if ((await nodeAgentOf(scenario, other)) !== undefined) left.push(`attachment of ${other}`)
    }
    return left
  })
}

/** Without their numbers; short-lived ones are waited for. */
async function processesOf({ names }: Scenario): Promise<readonly string[]> {
  const both = [names.keeper, names.session].map(container => docker(['top', container, '-o', 'pid,args']))
  const lines = (await Promise.all(both)).flatMap(text => text.split('\n').slice(1))
  return lines.map(line => line.trim().replace(/^\d+ +/, '')).toSorted()
}

async function processesLeft(scenario: Scenario, before: readonly string[]): Promise<readonly string[]> {
  try {
    await momentOf(async () =>
      expect((await processesOf(scenario)).length).toBeLessThanOrEqual(before.length),
    )
    return []
  } catch {
    return (await processesOf(scenario)).map(args => `process ${args}`)
  }
}

async function objectsLeft({ workspace }: Scenario, bystander: Started): Promise<readonly string[]> {
  bystander.signal('SIGTERM')
  await endOf(bystander)
  await momentOf(async () => expect(await leftoversOf(workspace)).toEqual([])).catch(() => undefined)
  return leftoversOf(workspace)
}

async function memoryOf({ names }: Scenario): Promise<Memory> {
  const [keeper = '', session = ''] = await Promise.all(
    [names.keeper, names.session].map(container => docker(['top', container, '-o', 'pid,rss,args'])),
  )
  return {
    keeper: residentIn(keeper, /kde-tp keeper/),
    session: residentIn(session, /kde-tp session/),
    telepresence: residentIn(session, /embed-network/),
  }
}

/** Without docker-init, whose arguments name the program too. */
function residentIn(top: string, program: RegExp): number {
  const lines = top.split('\n').filter(line => program.test(line) && !line.includes('docker-init'))
  return lines.reduce((sum, line) => sum + Number(/^\s*\d+\s+(\d+)/.exec(line)?.[1] ?? 0), 0)
}
