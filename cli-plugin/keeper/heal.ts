import { sessionProject } from '../../compose/session.ts'
import { startProject } from '../../session/commands/docker.ts'
import { readSessionInput, startContainer } from '../../session/commands/keeping.ts'
import { type HealingStep, targetOf } from '../../session/plan-healing.ts'
import type { Edges } from '../command.ts'
import { log } from './log.ts'
import type { Keeping } from './remove.ts'

/** Starts or makes what is wanted. What fails is said, and tried again later. */
export async function heal(step: HealingStep, { retries }: Keeping, edges: Edges): Promise<void> {
  const target = targetOf(step)
  try {
    await bringBack(step, edges)
    retries.succeeded(target)
    log(`repair: started ${target}: ${step.because}`)
  } catch (error) {
    retries.failed(target)
    log(`repair failed: ${target}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** A session takes up its attachments by what lies in its cache. */
async function bringBack(step: HealingStep, { docker }: Edges): Promise<void> {
  if (step.kind === 'start') return docker(startContainer(step.container))
  const input = await docker(readSessionInput(step.devContainer))
  if (input === undefined) throw new Error(`${step.devContainer} has no label that says what to make it of`)
  await docker(startProject(sessionProject(input)))
}
