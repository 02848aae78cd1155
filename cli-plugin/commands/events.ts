import { t } from '../../language/t.ts'
import { usage } from '../../session/errors.ts'
import type { Happening, Stamped } from '../../session/happening.ts'
import { parseMoment } from '../../session/moment.ts'
import { defineCommand, type Edges } from '../command.ts'
import { followUntil } from '../happenings/follow-until.ts'
import { readPast } from '../happenings/read-past.ts'
import { checkNames, isJson } from '../surroundings/check-typed.ts'
import { placeOptions } from '../surroundings/options.ts'

export const events = defineCommand({
  name: 'events',
  summary: t`Show what happens to sessions, dev containers and keepers, as it happens`,
  usage: '[OPTIONS] [NAMESPACE]',
  description: [
    t`Shows what happens in all environments of all workspaces on this engine, until Ctrl-C: what starts and ends, what is brought back, and why.`,
    t`A TIME is how long ago (as 10m or 1h30m), RFC 3339, or seconds since 1970.`,
  ].join('\n'),
  options: {
    environment: {
      type: 'string',
      value: 'string',
      summary: t`Only what happens in environments of this name`,
    },
    format: placeOptions.format,
    since: { type: 'string', value: 'TIME', summary: t`Show first what has happened since then` },
    until: { type: 'string', value: 'TIME', summary: t`End then` },
  },
  positionals: 1,
  names: ['namespace'],
  async run({ values, positionals }, edges) {
    checkNames(positionals)
    isJson(values.format)
    const now = edges.now()
    const since = momentOf(values.since, 'since', now) ?? now
    const until = momentOf(values.until, 'until', now)
    const tell = tellOnce({ environment: values.environment, namespace: positionals[0] }, edges)
    if (since < now) (await readPast(since, Math.min(until ?? now, now), edges)).forEach(tell)
    const isOver = until !== undefined && until <= now
    const exitCode = isOver ? 0 : await followUntil(until, { since: Math.max(since, now), tell }, edges)
    edges.emit({ type: 'result', exitCode })
    return exitCode
  },
})

/** Throws USAGE. */
function momentOf(typed: string | undefined, option: string, now: number): number | undefined {
  if (typed === undefined) return undefined
  const moment = parseMoment(typed, now)
  if (moment === undefined)
    throw usage(t`--${option} is a time, as 10m, 2026-01-31T12:00:00Z or 1769860800, and not "${typed}".`)
  return moment
}

type Wanted = { readonly [K in 'environment' | 'namespace']: string | undefined }

/** What is told of the whole environment is told of each of its namespaces. */
const isWanted = ({ environment, namespace }: Happening, wanted: Wanted): boolean =>
  (wanted.environment === undefined || environment === wanted.environment) &&
  (wanted.namespace === undefined || namespace === undefined || namespace === wanted.namespace)

/** The past and the present overlap, and a container that starts again has its old log. */
function tellOnce(wanted: Wanted, { emit }: Edges): (stamped: Stamped) => void {
  const told = new Set<string>()
  return ({ key, happening }) => {
    if (told.has(key) || !isWanted(happening, wanted)) return
    told.add(key)
    emit({ type: 'happening', ...happening })
  }
}
