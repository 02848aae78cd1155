import { t } from '../../language/t.ts'
import type { EventOf } from '../../session/events.ts'
import { heading } from './status.ts'
import { table } from './table.ts'

type Keeping = EventOf<'keeping'>['environments'][number]

/** A heading for each environment, and a line for each step of its keeper's plan. */
export function keepingLines(environments: readonly Keeping[]): string {
  if (environments.length === 0) return t`No session runs on this engine.`
  return environments.map(each => `${heading(each)}\n${stepLines(each.steps)}`).join('\n\n')
}

function stepLines(steps: Keeping['steps']): string {
  if (steps === undefined) return t`The keeper does not say what it would do.`
  if (steps.length === 0) return t`Nothing to do.`
  return table([
    [t`NAMESPACE`, t`STEP`, t`REASON`],
    ...steps.map(({ namespace = '-', name, because }) => [namespace, name, because]),
  ])
}
