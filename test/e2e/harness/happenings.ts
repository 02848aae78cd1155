import type { SessionEvent } from '../../../session/events.ts'
import type { Happening } from '../../../session/happening.ts'

/** What a command with `--format json` has printed, up to its last whole line. */
export const eventsIn = (stdout: string): readonly SessionEvent[] =>
  stdout
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line) as SessionEvent)

export const happeningsIn = (stdout: string) => eventsIn(stdout).filter(event => event.type === 'happening')

const OUTAGE: ReadonlySet<Happening['kind']> = new Set(['silent', 'back'])

/** Whether somebody stopped answering, or answers again. */
export const isOfOutage = ({ kind }: Pick<Happening, 'kind'>): boolean => OUTAGE.has(kind)
