import * as z from 'zod/mini'

/** What has befallen an attachment without our doing, as its session keeps it. */
const News = z.object({
  /** `lost`: somebody else has it, or has ended it. `changed`: its pods have other variables by now. */
  kind: z.enum(['lost', 'changed']),
  workload: z.string(),
  /** ISO 8601. */
  at: z.string(),
  /** In the session's words. */
  text: z.string(),
})
export type News = z.infer<typeof News>

/** A line for the workload's file. */
export const toKeptNews = ({ kind, at, text }: News): string =>
  `${kind} ${at} ${text.replaceAll(/\s+/g, ' ')}\n`

const KEPT = /^(\S+) (\S+) (\S+) (.*)$/

/** Of a line `WORKLOAD KIND AT TEXT`, as `session-state --news` prints it; undefined for any other. */
export function parseKeptNews(line: string): News | undefined {
  const [, workload, kind, at, text] = KEPT.exec(line) ?? []
  return News.safeParse({ at, kind, workload, text }).data
}
