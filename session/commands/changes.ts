import * as z from 'zod/mini'
import { SESSION_PATHS } from '../../compose/session.ts'
import { type News, parseKeptNews } from '../news.ts'
import type { ToolCommand } from '../tool-command.ts'

const Variables = z.record(z.string(), z.string())

/** What the agents of a workload's pods report, at the attach and now. Secret. */
export const Change = z.object({
  before: Variables,
  now: Variables,
  /** The pod's container, where the agent said which. */
  container: z.optional(z.string()),
})
export type Change = z.infer<typeof Change>

/** Where a session keeps the changes, a file for each workload. */
export const CHANGES = `${SESSION_PATHS.cache}/changes`

/** What a session keeps; undefined where it keeps none. */
export const readChange = (session: string, workload: string): ToolCommand<Change | undefined> => ({
  args: ['exec', session, 'cat', `${CHANGES}/${workload}`],
  anyExitCode: true,
  timeoutSeconds: 30,
  parse: ({ stdout, exitCode }) => (exitCode === 0 ? Change.parse(JSON.parse(stdout)) : undefined),
})

/** What has befallen a session's attachments, at most one each. */
export const readNews = (session: string): ToolCommand<readonly News[]> => ({
  args: ['exec', session, 'session-state', '--news'],
  anyExitCode: true,
  timeoutSeconds: 10,
  parse: ({ stdout }) => stdout.split('\n').flatMap(line => parseKeptNews(line) ?? []),
})
