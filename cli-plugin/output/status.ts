import { t } from '../../language/t.ts'
import { ageOf } from '../../session/age.ts'
import { type Attachment, filterText, portsText } from '../../session/attachment.ts'
import type { EnvironmentStatus } from '../../session/engine-status.ts'
import { cell, table } from './table.ts'

const HEAD = [t`NAMESPACE`, t`CONTAINER`, t`STATE`, t`ATTACHMENT`, t`PUBLISHED`, t`LIFE`, t`AGE`, t`OWNER`]

/** A heading for each environment, and a line for each of its sessions and dev containers. `now` as Date.now() has it. */
export function statusLines(environments: readonly EnvironmentStatus[], now: number): string {
  if (environments.length === 0) return t`No session runs on this engine.`
  return environments
    .map(
      environment => `${heading(environment)}\n${rows(environment, now)}${repairRows(environment.repairs)}`,
    )
    .join('\n\n')
}

/** Names an environment, and says how its keeper is. */
export function heading({
  environment,
  workspace,
  keeper,
}: Pick<EnvironmentStatus, 'environment' | 'workspace' | 'keeper'>): string {
  return keeper === 'missing'
    ? t`Environment ${environment} of ${workspace}: the keeper is gone; the next command brings it back`
    : t`Environment ${environment} of ${workspace}, keeper ${keeper}`
}

function repairRows(repairs: EnvironmentStatus['repairs']): string {
  if (repairs.length === 0) return ''
  const rows = repairs.map(({ at, namespace = '-', kind, what, because = '-' }) => [
    ...[at, namespace, `${kind}: ${what}`, cell(because)],
  ])
  return `\n${table([[t`TIME`, t`NAMESPACE`, t`LAST REPAIRS`, t`REASON`], ...rows])}`
}

function rows({ sessions, devContainers }: EnvironmentStatus, now: number): string {
  return table([
    HEAD,
    ...sessions.map(({ namespace, state, createdAt, owner = '?' }) => [
      ...[namespace, t`session`, cell(state), '-', '-', '-', ageOf(createdAt, now), owner],
    ]),
    ...devContainers.map(
      ({ namespace, project = '?', state, attachment, published, life = '?', createdAt, owner = '?' }) => [
        ...[
          namespace,
          t`project ${project}`,
          state,
          attachmentText(attachment),
          published.join(', ') || '-',
          life,
          ageOf(createdAt, now),
          owner,
        ],
      ],
    ),
  ])
}

function attachmentText(attachment: Attachment | undefined): string {
  if (attachment === undefined) return '?'
  const { mode, workload, agent } = attachment
  return [mode, workload, portsText(attachment), filterText(attachment) ?? '', t`by ${agent}`]
    .filter(part => part !== '')
    .join(' ')
}
