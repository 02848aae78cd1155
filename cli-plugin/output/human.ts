import { toComposeYaml } from '../../compose/yaml.ts'
import { t } from '../../language/t.ts'
import type { EventOf, SessionEvent } from '../../session/events.ts'
import type { Finding } from '../../session/finding.ts'
import { happeningText } from '../../session/happening.ts'
import { writeVariables } from '../../session/variables-output.ts'
import { keepingLines } from './keeping.ts'
import { statusLines } from './status.ts'
import { padded } from './table.ts'
import { workloadLines } from './workloads.ts'

/** What a person reads: the story, one line a thing, and what was asked for. `now` is in milliseconds since 1970. */
export function humanLines(event: SessionEvent, now = Date.now()): string | undefined {
  switch (event.type) {
    case 'step':
      return event.state === 'started' ? ` · ${event.name}` : undefined
    case 'remark':
      return ` · ${event.message}`
    case 'error':
      return errorText(event)
    case 'plan':
      return event.steps
        .map(
          ({ name, because }, index) => `${String(index + 1).padStart(3)}. ${t`${name}, because ${because}`}`,
        )
        .join('\n')
    case 'findings':
      return event.findings.map(findingText).join('\n')
    case 'output':
      return event.text
    case 'workloads':
      return workloadLines(event.workloads)
    case 'status':
      return statusLines(event.environments, now)
    case 'keeping':
      return keepingLines(event.environments)
    case 'happening':
      return happeningText(event)
    case 'connections':
      return t`${event.environment}/${event.namespace}: new connections a second: ${event.perSecond}`
    case 'log':
      return `${event.source} | ${event.text}`
    case 'variables':
      return writeVariables(event.output, event.variables, event.workload).replace(/\n$/, '')
    case 'cleared':
      return clearedText(event)
    case 'rendered':
      return toComposeYaml(event.project).trimEnd()
    // For programs.
    case 'choices':
    case 'mounts':
    case 'result':
      return undefined
  }
}

const MARKS: Readonly<Record<Finding['state'], string>> = { ok: '✓', warning: '!', failed: '✗' }

function findingText({ subject, state, message, hint }: Finding): string {
  const lines = [`${MARKS[state]} ${padded(subject, 16)} ${message}`]
  if (hint !== undefined) lines.push(`${' '.repeat(19)}${hint}`)
  return lines.join('\n')
}

const KIND = {
  container: t`container`,
  network: t`network`,
  volume: t`volume`,
  directory: t`directory`,
} as const

function clearedText({ removed, kept, refused }: EventOf<'cleared'>): string {
  const lines = [
    ...removed.map(({ kind, name }) => t`Removed ${KIND[kind]} ${name}`),
    ...refused.map(path => t`Not removed, for want of rights: ${path}`),
    ...kept.map(path => t`Left on purpose: ${path}`),
  ]
  return [...(removed.length === 0 ? [t`Nothing was there to clear.`] : []), ...lines].join('\n')
}

function errorText({ code, message, detail, left, hint }: EventOf<'error'>): string {
  const lines = [
    `${message} (${code})`,
    ...(detail ?? '')
      .split('\n')
      .filter(line => line !== '')
      .map(line => `  ${line}`),
  ]
  if (left !== undefined) lines.push(left)
  if (hint !== undefined) lines.push('', hint)
  return lines.join('\n')
}
