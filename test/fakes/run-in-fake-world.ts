import type { Command } from '../../cli-plugin/command.ts'
import { humanLines } from '../../cli-plugin/output/human.ts'
import { commandInAny, type Outcome, type World } from './intercept-in-fake-world.ts'

export interface Ran extends Outcome {
  /** What a person reads. */
  readonly shown: string
}

/** Runs a command in the workspace of `intercept`'s tests, in a world that may hold more answers, and reads its output. */
export async function runIn(command: Command, world: World, ...words: readonly string[]): Promise<Ran> {
  const outcome = await commandInAny(command, world, ...words)
  const shown = outcome.events
    .flatMap(event => humanLines(event, Date.parse('2026-11-26T12:00:00Z')) ?? [])
    .join('\n')
  return { ...outcome, shown }
}
