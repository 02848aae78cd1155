import { LABEL } from '../../compose/labels.ts'
import { parseSessionLabel, type SessionInput } from '../../compose/session-input.ts'
import type { Ending } from '../keeper-world.ts'
import { jsonLines, nothing, type ToolCommand, text } from '../tool-command.ts'

/** When a container was made: milliseconds since 1970. */
export const readCreation = (container: string): ToolCommand<number> => ({
  args: ['container', 'inspect', '--format', '{{.Created}}', container],
  parse: output => Date.parse(text(output)),
})

/** How containers that do not run have ended, by their ids. One that is gone by now is left out. */
export const readEndings = (containers: readonly string[]): ToolCommand<ReadonlyMap<string, Ending>> => ({
  args: [
    ...['container', 'inspect', '--format'],
    ...['[{{json .Id}},{{.State.ExitCode}},{{json .State.FinishedAt}},{{.State.Running}}]', ...containers],
  ],
  anyExitCode: true,
  parse: output =>
    new Map(
      (jsonLines(output) as [string, number, string, boolean][])
        .filter(([, , , runs]) => !runs)
        .map(([id, exitCode, finishedAt]) => [id, { exitCode, at: Date.parse(finishedAt) }]),
    ),
})

/** What the session was made of that a dev container came to; undefined where its label cannot be read. */
export const readSessionInput = (devContainer: string): ToolCommand<SessionInput | undefined> => ({
  args: ['container', 'inspect', '--format', `{{index .Config.Labels "${LABEL.session}"}}`, devContainer],
  parse: output => parseSessionLabel(text(output)),
})

export const startContainer = (container: string): ToolCommand<void> => ({
  args: ['container', 'start', container],
  parse: nothing,
})
