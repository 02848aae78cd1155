import { t } from '../../language/t.ts'
import { filterText, portsText } from '../../session/attachment.ts'
import type { Holding, ListedWorkload } from '../../session/listing.ts'
import type { Mode } from '../../session/mode.ts'
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

/** A workload in one line: whether it is ready, and who holds it. */
export function workloadText(workload: ListedWorkload): string {
  const status = statusOf(workload)
  const [holding] = workload.holdings
  if (holding === undefined)
    return workload.isHeld === 'unknown' ? t`${status}, perhaps held by another session` : status
  const [intercepted, , holder] = toCells(holding)
  return t`${status}, ${intercepted} by ${holder}`
}

/** Telepresence's own words. */
const ATTACHED_AS: Readonly<Record<Mode, string>> = {
  replace: 'replaced',
  intercept: 'intercepted',
  wiretap: 'wiretapped',
  ingest: 'ingested',
}

/** How it is held, by which ports, and by whom. Of what another session does only `replace` can be seen. */
function toCells(holding: Holding): readonly [string, string, string] {
  if (holding.kind === 'another session') {
    return [holding.mode === undefined ? 'attached' : ATTACHED_AS[holding.mode], '-', t`another session`]
  }
  const { attachment, holder = '?', project } = holding
  const by = [
    holder,
    ...(project === undefined ? [] : [t`project ${project}`]),
    filterText(attachment) ?? [],
  ].flat()
  return [ATTACHED_AS[attachment.mode], portsText(attachment) || '-', by.join(', ')]
}

function statusOf({ desired, ready, reasons }: ListedWorkload): string {
  if (desired === 0) return t`scaled to 0`
  if (ready >= desired) return t`ready`
  const why = [t`${ready} of ${desired}`, ...reasons.map(({ reason }) => reason)].join(', ')
  return ready === 0 ? t`not ready: ${why}` : t`ready: ${why}`
}
