import type { Holding, ListedWorkload } from '../../session/listing.ts'
import { cell, table } from './table.ts'

const HEAD = ['WORKLOAD', 'STATUS', 'INTERCEPT', 'KIND', 'AGENT', 'PORTS', 'HELD BY']

/** A line for each workload; where several hold it, one for each of them. */
export const workloadLines = (workloads: readonly ListedWorkload[]): string =>
  table([HEAD, ...workloads.flatMap(toRows)])

function toRows(workload: ListedWorkload): readonly (readonly string[])[] {
  const { name, kind, agent = '?', holdings, isHeld } = workload
  const left = [name, cell(statusOf(workload))]
  if (holdings.length > 0)
    return holdings.map(holding => [
      ...left,
      ATTACHED_AS[holding.mode ?? ''] ?? 'attached',
      kind,
      agent,
      portsOf(holding),
      holderOf(holding),
    ])
  const held = isHeld === 'unknown' ? '?' : '-'
  return [[...left, held, kind, agent, '-', held]]
}

/** Telepresence's own words. Of what another session does only `replace` can be seen. */
const ATTACHED_AS: Readonly<Record<string, string>> = {
  replace: 'replaced',
  intercept: 'intercepted',
  wiretap: 'wiretapped',
  ingest: 'ingested',
}

function statusOf({ desired, ready, reasons }: ListedWorkload): string {
  if (desired === 0) return 'scaled to 0'
  if (ready >= desired) return 'ready'
  const why = [`${ready} of ${desired}`, ...reasons.map(({ reason }) => reason)].join(', ')
  return ready === 0 ? `not ready: ${why}` : `ready: ${why}`
}

const portsOf = ({ ports }: Holding): string =>
  ports.map(({ local, remote }) => `${local}:${remote}`).join(', ') || '-'

function holderOf({ holder, project }: Holding): string {
  if (holder === undefined) return 'another session'
  return project === undefined ? holder : `${holder}, project ${project}`
}
