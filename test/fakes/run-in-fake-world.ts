import type { Command } from '../../cli-plugin/command.ts'
import { parseCommandLine } from '../../cli-plugin/command-line.ts'
import { humanLines } from '../../cli-plugin/output/human.ts'
import { type ErrorCode, KdeTpError } from '../../session/errors.ts'
import type { SessionEvent } from '../../session/events.ts'
import { fakeDocker } from './docker.ts'
import { fakeEdges } from './edges.ts'
import { fakeFiles } from './files.ts'
import { type World, workspace } from './intercept-in-fake-world.ts'
import { fakePrompts } from './prompts.ts'

export interface Ran {
  readonly exitCode: number | undefined
  readonly refusal: ErrorCode | undefined
  readonly error: KdeTpError | undefined
  readonly calls: readonly string[]
  readonly events: readonly SessionEvent[]
  /** What a person reads. */
  readonly shown: string
  readonly offered: readonly (readonly string[])[]
}

/** Runs a command in the workspace of `intercept`'s tests, in a world that holds just these answers. */
export async function runIn(command: Command, world: World, ...words: readonly string[]): Promise<Ran> {
  const { docker, engine, calls } = fakeDocker(world.answers)
  const prompts = fakePrompts(world.replies)
  const files = fakeFiles({ ...workspace, ...world.files })
  const events: SessionEvent[] = []
  const emit = (event: SessionEvent) => void events.push(event)
  const ended = await outcomeOf(() =>
    command.run(parseCommandLine(command, words), fakeEdges({ docker, engine, files, prompts, emit })),
  )
  const shown = events
    .flatMap(event => humanLines(event, Date.parse('2026-11-26T12:00:00Z')) ?? [])
    .join('\n')
  return { ...ended, calls, events, shown, offered: prompts.offered }
}

async function outcomeOf(run: () => Promise<number>): Promise<Pick<Ran, 'exitCode' | 'refusal' | 'error'>> {
  try {
    return { exitCode: await run(), refusal: undefined, error: undefined }
  } catch (error) {
    if (!(error instanceof KdeTpError)) throw error
    return { exitCode: undefined, refusal: error.code, error }
  }
}
