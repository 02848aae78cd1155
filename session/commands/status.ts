import * as z from 'zod/mini'
import type { Making, SessionState } from '../engine-status.ts'
import { PlannedStep } from '../keeper-step.ts'
import { parseKeptNews } from '../news.ts'
import type { EnvironmentKey } from '../observed.ts'
import { jsonLines, type ToolCommand } from '../tool-command.ts'

/** Undefined where it says nothing. One of an older version says nothing of what it has lost. */
export const readSessionState = (session: string): ToolCommand<SessionState | undefined> => ({
  args: ['exec', session, 'session-state', '--manager', '--news'],
  anyExitCode: true,
  timeoutSeconds: 10,
  parse({ stdout }) {
    const [state = '', ...news] = stdout.trim().split('\n')
    if (state === '') return undefined
    const lost = news.flatMap(line => parseKeptNews(line) ?? []).filter(({ kind }) => kind === 'lost')
    return { state, lost: lost.map(({ workload, text }) => ({ workload, because: text })) }
  },
})

/** Tells how many connections were accepted in a session's network in the last second, a line each time that this changes. */
export const followConnections = (session: string): readonly string[] => [
  'exec',
  '-i',
  session,
  'connections',
]

/** When containers were made, in ISO 8601, and of which image, by their ids. One that is gone by now is left out. */
export const readMaking = (containers: readonly string[]): ToolCommand<ReadonlyMap<string, Making>> => ({
  args: [
    ...['container', 'inspect', '--format', '[{{json .Id}},{{json .Created}},{{json .Config.Image}}]'],
    ...containers,
  ],
  anyExitCode: true,
  parse: output =>
    new Map(
      jsonLines(output).map(line => {
        const [id, createdAt, image] = line as [string, string, string | undefined]
        return [id, { createdAt, image }] as const
      }),
    ),
})

/** What a keeper would do now, by its own leases. Undefined where it does not say: it has just started, or is an older one. */
export const readPlan = (
  keeper: string,
  { workspacePath, environment }: EnvironmentKey,
): ToolCommand<PlannedStep[] | undefined> => ({
  args: [
    ...['exec', keeper, 'kde-tp', 'keeper-plan'],
    ...['--name', keeper, '--workspace', workspacePath, '--environment', environment],
  ],
  anyExitCode: true,
  timeoutSeconds: 10,
  parse: ({ stdout, exitCode }) =>
    exitCode === 0 ? z.array(PlannedStep).parse(JSON.parse(stdout)) : undefined,
})

/** Enough for the last repairs of a keeper or a session. */
const RECENT_LINES = 500

/** The last lines of a container's log, whether it runs or not. */
export const readRecentLog = (container: string): ToolCommand<string> => ({
  args: ['container', 'logs', '--tail', String(RECENT_LINES), container],
  anyExitCode: true,
  timeoutSeconds: 10,
  parse: ({ stdout }) => stdout,
})
