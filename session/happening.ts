import * as z from 'zod/mini'
import type { LogLine } from './log-lines.ts'

/** What a session says of its connection, which is also its state. */
const STATES = ['connected', 'reconnecting', 'failed', 'ending'] as const
/** What a session or the keeper has done, and what has befallen them. */
const DEEDS = [
  'repair',
  'repair-failed',
  'lost',
  'changed',
  'silent',
  'back',
  'detached',
  'removed',
  'postponed',
  'slept',
  'left',
] as const
/** What the engine tells of a container. */
const LIFE = ['started', 'ended', 'gone', 'paused', 'resumed', 'healthy', 'unhealthy'] as const

/** One thing that happened to what is ours. docs/events.md promises these fields to other programs. */
export const Happening = z.object({
  /** ISO 8601, in UTC. */
  at: z.string(),
  workspace: z.string(),
  environment: z.string(),
  /** Undefined of what is the whole environment's. */
  namespace: z.optional(z.string()),
  source: z.enum(['engine', 'keeper', 'session']),
  kind: z.enum([...STATES, ...DEEDS, ...LIFE]),
  /** What it happened to, or what was done, as `started kde-tp-demo-net-myapp`. */
  what: z.string(),
  because: z.optional(z.string()),
})
export type Happening = z.infer<typeof Happening>

/** A happening as its own log has it: the container that wrote the log says the rest. */
export interface Deed {
  readonly namespace?: string | undefined
  readonly kind: (typeof DEEDS)[number]
  /** Without a colon and a blank. */
  readonly what: string
  readonly because: string
}

/** `KIND: WHAT: BECAUSE`, and before it `[NAMESPACE]` where the log is that of a whole environment. */
export const deedLine = ({ namespace, kind, what, because }: Deed): string =>
  `${namespace === undefined ? '' : `[${namespace}] `}${kind}: ${what}: ${because.replaceAll(/\s+/g, ' ').trim()}`

const STATE_LINE = new RegExp(`^(${STATES.join('|')})(?: (.*))?$`)
const DEED_LINE = new RegExp(`^(?:\\[(\\S+)\\] )?(${DEEDS.join('|')}): (.*?): (.*)$`)
const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z) (.*)$/

/** Whose log a line is from. */
export interface Teller {
  readonly role: string | undefined
  readonly workspacePath: string | undefined
  readonly environment: string | undefined
  readonly namespace: string | undefined
}

/** What a line of a keeper's or a session's log tells; undefined of any other line. */
export function toHappening({ text }: Pick<LogLine, 'text'>, teller: Teller): Happening | undefined {
  const told = toldIn(text)
  if (told === undefined) return undefined
  const { workspacePath = '', environment = '', role } = teller
  const namespace = told.namespace ?? teller.namespace
  return {
    at: told.at,
    workspace: workspacePath,
    environment,
    ...(namespace !== undefined && { namespace }),
    source: role === 'keeper' ? 'keeper' : 'session',
    kind: told.kind,
    what: told.what,
    ...(told.because !== '' && { because: told.because }),
  }
}

/** What tells a happening from all others, as the engine stamps it. */
export interface Stamped {
  readonly key: string
  readonly happening: Happening
}

/** The same of a line that has the engine's time too. */
export function toStamped(line: LogLine, teller: Teller): Stamped | undefined {
  const happening = toHappening(line, teller)
  return happening === undefined ? undefined : { key: `${line.source} ${line.time}`, happening }
}

type Told = Pick<Happening, 'at' | 'namespace' | 'kind' | 'what'> & { readonly because: string }

/** What a line tells, whosever log it is from. */
export function toldIn(text: string): Told | undefined {
  const [, at, line = ''] = STAMP.exec(text) ?? []
  const told = at === undefined ? undefined : (toState(line) ?? toDeed(line))
  return at === undefined || told === undefined ? undefined : { at, ...told }
}

function toState(line: string): Omit<Told, 'at'> | undefined {
  const [, kind, rest = ''] = STATE_LINE.exec(line) ?? []
  if (kind === undefined) return undefined
  // What follows `connected` is the number of a process.
  return { kind: kind as Told['kind'], what: 'the session', because: kind === 'connected' ? '' : rest }
}

function toDeed(line: string): Omit<Told, 'at'> | undefined {
  const [, namespace, kind, what = '', because = ''] = DEED_LINE.exec(line) ?? []
  return kind === undefined ? undefined : { namespace, kind: kind as Told['kind'], what, because }
}

/** A happening that was a repair, or the want of one, or an outage. */
export const Repair = z.pick(Happening, { at: true, namespace: true, kind: true, what: true, because: true })
export type Repair = z.infer<typeof Repair>

const REPAIRS = new Set<Happening['kind']>(['repair', 'repair-failed', 'lost', 'changed', 'silent', 'back'])

/** It was brought back, or could not be, or is another by now, or is away or was. */
export const isRepair = ({ kind }: Pick<Happening, 'kind'>): boolean => REPAIRS.has(kind)

/** Of a log's line. */
export const isRepairLine = (text: string): boolean => {
  const told = toldIn(text)
  return told !== undefined && isRepair(told)
}

/** The last few repairs of each namespace, the newest first. */
export function lastRepairs(happenings: readonly Happening[], most: number): Repair[] {
  const groups = Map.groupBy(happenings.filter(isRepair).toSorted(newestFirst), ({ namespace }) => namespace)
  return [...groups.values()]
    .flatMap(group => group.slice(0, most))
    .toSorted(newestFirst)
    .map(({ workspace: _, environment: __, source: ___, ...repair }) => repair)
}

type Timed = Pick<Happening, 'at'>
export const oldestFirst = (a: Timed, b: Timed): number => Number(a.at > b.at) - Number(a.at < b.at)
const newestFirst = (a: Timed, b: Timed): number => oldestFirst(b, a)

/** As one line, for a person. */
export const happeningText = ({ at, environment, namespace, kind, what, because }: Happening): string =>
  [
    at,
    namespace === undefined ? environment : `${environment}/${namespace}`,
    `${kind}:`,
    because === undefined ? what : `${what}: ${because}`,
  ].join(' ')
