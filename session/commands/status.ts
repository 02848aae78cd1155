import { jsonLines, type ToolCommand } from '../tool-command.ts'

/** `connected`, or `not connected (WHY)`, as the session says itself. Undefined where it says nothing. */
export const readSessionState = (session: string): ToolCommand<string | undefined> => ({
  args: ['exec', session, 'session-state'],
  anyExitCode: true,
  timeoutSeconds: 10,
  parse: ({ stdout }) => stdout.trim() || undefined,
})

/** When containers were made, in ISO 8601, by their ids. One that is gone by now is left out. */
export const readCreationTimes = (
  containers: readonly string[],
): ToolCommand<ReadonlyMap<string, string>> => ({
  args: ['container', 'inspect', '--format', '[{{json .Id}},{{json .Created}}]', ...containers],
  anyExitCode: true,
  parse: output => new Map(jsonLines(output) as [string, string][]),
})
