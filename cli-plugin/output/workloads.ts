import { t } from '../../language/t.ts'
import type { ListedWorkload } from '../../session/listing.ts'
import { statusOf, toCells } from '../../session/workload-text.ts'
import { cell, table } from './table.ts'

const HEAD = [t`WORKLOAD`, t`STATUS`, t`INTERCEPT`, t`KIND`, t`AGENT`, t`PORTS`, t`HELD BY`]

/** A line for each workload; where several hold it, one for each of them. */
export const workloadLines = (workloads: readonly ListedWorkload[]): string =>
  table([HEAD, ...workloads.flatMap(toRows)])

function toRows(workload: ListedWorkload): readonly (readonly string[])[] {
  const { name, kind, agent = '?', holdings, isHeld } = workload
  const left = [name, cell(statusOf(workload))]
  if (holdings.length > 0)
    return holdings.map(holding => {
      const [intercept, ports, holder] = toCells(holding)
      return [...left, intercept, kind, agent, ports, holder]
    })
  const held = isHeld === 'unknown' ? '?' : '-'
  return [[...left, held, kind, agent, '-', held]]
}
