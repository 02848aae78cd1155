import { t } from '../language/t.ts'
import { filterText, portsText } from './attachment.ts'
import type { Holding, ListedWorkload } from './listing.ts'
import type { Mode } from './mode.ts'

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
export function toCells(holding: Holding): readonly [string, string, string] {
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

/** Whether its pods are ready, and why not. */
export function statusOf({ desired, ready, reasons }: ListedWorkload): string {
  if (desired === 0) return t`scaled to 0`
  if (ready >= desired) return t`ready`
  const why = [t`${ready} of ${desired}`, ...reasons.map(({ reason }) => reason)].join(', ')
  return ready === 0 ? t`not ready: ${why}` : t`ready: ${why}`
}
