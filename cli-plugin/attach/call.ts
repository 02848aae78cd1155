import type { ComposeProject } from '../../compose/project.ts'
import type { SessionInput } from '../../compose/session-input.ts'
import type { AttachResult } from '../../session/commands/telepresence.ts'
import type { Names } from '../../session/plan-attach.ts'
import type { Edges } from '../command.ts'
import type { HeldLease } from './lease.ts'
import type { AttachOrder } from './order.ts'

/** One call while its steps are carried out. */
export interface Call {
  readonly order: AttachOrder
  readonly names: Names
  readonly edges: Edges
  readonly progress: Progress
}

export interface WaitingCompose {
  start(project: ComposeProject): void
  /** Ends it without a start. */
  giveUp(): void
  readonly ended: Promise<void>
}

/** What the steps hand on to each other. */
export interface Progress {
  lease?: HeldLease
  session?: SessionInput
  /** Whose attachments were ended for ours. */
  takenFrom?: readonly string[]
  /** What the agent reported. Secret. */
  attached?: AttachResult
  /** What of it goes into the dev container. Secret. */
  remote?: Readonly<Record<string, string>>
  /** Whether every request arrives here. */
  arrival?: Promise<boolean>
  /** Compose, which waits to be told what dev container to start. */
  compose?: WaitingCompose
  names?: Names
  exitCode?: number
}
