import type { IndependentClient } from '../e2e/harness/independent-client.ts'
import type { Scenario, ScenarioWish } from '../e2e/harness/scenario.ts'
import type { Disk, Workstation } from './workstation.ts'

export const AGENTS = ['sidecar', 'node'] as const
export type Agent = (typeof AGENTS)[number]

/** One row of the table: what happens, and within how many seconds all that must hold holds again. */
export interface Row {
  readonly name: string
  /** Seconds from the event. A row without limits is judged by its end state alone. */
  readonly worst?: number
  readonly median?: number
  /** The rounds take them, and the agents, in turn. */
  readonly events: readonly string[]
  readonly agents: readonly Agent[]
  /** What the scenario has beside a workload for the sidecar, and some for node agents. */
  readonly wish?: Pick<ScenarioWish, 'projects' | 'workloads'>
  /** Over a minute: fewer rounds, and `scripts/test` leaves it out. */
  readonly isLong?: boolean
  /** Touches what all users of the cluster share, or wants the machine for itself. */
  readonly isAlone?: boolean
  /** Known not to hold yet: it is played and called a breach, and `scripts/test` has it from when it holds. */
  readonly isOpen?: boolean
  /** On an engine of its own, which can be cut off from the cluster, and die. */
  readonly hasWorkstation?: boolean
  /** Of the workstation; default: one that outlives it. */
  readonly disk?: Disk
  /** Plays one round, and returns the seconds until all held. Throws the breach. */
  play(round: Round): Promise<number>
}

export interface Round {
  readonly event: string
  readonly agent: Agent
  /** One that takes this agent. */
  readonly workload: string
  readonly scenario: Scenario
  /** Who holds the workload, as others see it: with a sidecar `user@host`, with a node agent `somebody`. */
  holder(): Promise<string | undefined>
  /** Somebody else, who knows nothing of ours. */
  readonly others: IndependentClient
  /** Where the row has one. */
  readonly workstation: Workstation | undefined
}

/** Events and agents of a row's rounds, in turn. */
export function turnsOf({ events, agents }: Row): readonly Pick<Round, 'event' | 'agent'>[] {
  return events.flatMap(event => agents.map(agent => ({ event, agent })))
}

const USUAL_ROUNDS = 20
const LONG_ROUNDS = 3

export const roundsOf = (row: Row): number =>
  row.isLong ? Math.max(LONG_ROUNDS, turnsOf(row).length) : USUAL_ROUNDS
