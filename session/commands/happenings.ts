import { LABEL } from '../../compose/labels.ts'
import type { Happening, Stamped, Teller } from '../happening.ts'
import { jsonLines, type ToolCommand } from '../tool-command.ts'

/** With the container that it happened to. */
export interface EngineHappening extends Stamped {
  readonly teller: Teller
}

const KINDS: Readonly<Record<string, Happening['kind']>> = {
  start: 'started',
  die: 'ended',
  destroy: 'gone',
  pause: 'paused',
  unpause: 'resumed',
  'health_status: healthy': 'healthy',
  'health_status: unhealthy': 'unhealthy',
}
const ACTIONS = ['start', 'die', 'destroy', 'pause', 'unpause', 'health_status']

const ATTRIBUTES = ['name', LABEL.role, LABEL.workspace, LABEL.environment, LABEL.namespace, 'exitCode']
/** Nothing else of a container's attributes: an attachment's label may be long. */
const TEMPLATE = `["{{.TimeNano}}",{{json .Action}},${ATTRIBUTES.map(name => `{{json (index .Actor.Attributes "${name}")}}`).join()}]`

/** Milliseconds since 1970, as docker takes them. */
const moment = (milliseconds: number): string => (milliseconds / 1000).toFixed(3)

/** Follows what the engine tells of our containers; with `until`, only up to then. Lines are read by `toEngineHappening`. */
export const engineEvents = (since: number, until?: number): readonly string[] => [
  ...['events', '--format', TEMPLATE, '--filter', 'type=container', '--filter', `label=${LABEL.role}`],
  ...ACTIONS.flatMap(action => ['--filter', `event=${action}`]),
  ...['--since', moment(since)],
  ...(until === undefined ? [] : ['--until', moment(until)]),
]

/** What the engine still knows: its last few hundred events. */
export const readEngineEvents = (since: number, until: number): ToolCommand<readonly EngineHappening[]> => ({
  args: engineEvents(since, until),
  parse: output => jsonLines(output).flatMap(line => toEngineHappening(line) ?? []),
})

/** The log of a container, each line with the engine's time. */
export const logsSince = (
  container: string,
  since: number,
  end: { readonly until: number } | 'follow',
): readonly string[] => [
  ...['container', 'logs', '--timestamps', '--since', moment(since)],
  ...(end === 'follow' ? ['--follow'] : ['--until', moment(end.until)]),
  container,
]

/** The same from a line on, by the engine's time of it; empty for all. */
export const followedLog = (container: string, since: string): readonly string[] => [
  ...['container', 'logs', '--timestamps', '--follow'],
  ...(since === '' ? [] : ['--since', since]),
  container,
]

/** Follows which of our containers start, by their names, a line each. Milliseconds since 1970. */
export const containerStarts = (since: number): readonly string[] => [
  ...['events', '--format', '{{index .Actor.Attributes "name"}}', '--since', moment(since)],
  ...['--filter', 'type=container', '--filter', `label=${LABEL.role}`, '--filter', 'event=start'],
]

export const readLogsSince = (container: string, since: number, until: number): ToolCommand<string> => ({
  args: logsSince(container, since, { until }),
  anyExitCode: true,
  parse: ({ stdout }) => stdout,
})

/** Of a line that the engine's events are printed as; undefined of what is of no interest here. */
export function toEngineHappening(line: unknown): EngineHappening | undefined {
  const [stamp = '', action = '', container = '', role, workspacePath, environment, namespace, exitCode] = (
    line as readonly (string | undefined)[]
  ).map(field => field || undefined)
  const kind = KINDS[action]
  if (kind === undefined || workspacePath === undefined || environment === undefined) return undefined
  return {
    key: `${container} ${action} ${stamp}`,
    teller: { role, workspacePath, environment, namespace },
    happening: {
      at: new Date(Number(stamp.slice(0, -6))).toISOString(),
      workspace: workspacePath,
      environment,
      ...(namespace !== undefined && { namespace }),
      source: 'engine',
      kind,
      what: container,
      ...(kind === 'ended' && { because: `exit code ${exitCode ?? '?'}` }),
    },
  }
}
