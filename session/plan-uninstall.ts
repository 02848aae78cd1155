import { t } from '../language/t.ts'
import type { ClientsOf } from './commands/agents.ts'
import { KdeTpError } from './errors.ts'
import type { Holding, ListedWorkload } from './listing.ts'

/** A workload whose agent stays, since somebody holds it. */
export interface KeptAgent {
  readonly workload: string
  /** As a person reads them. */
  readonly holders: readonly string[]
}

export interface UninstallPlan {
  /** Workloads whose sidecar is taken out. */
  readonly uninstalled: readonly string[]
  readonly kept: readonly KeptAgent[]
}

/** To take an agent out ends what it serves without a word, so only what nobody holds is touched. Throws NOT_YOURS. */
export function planUninstall(
  workloads: readonly ListedWorkload[],
  clients: readonly ClientsOf[],
): UninstallPlan {
  const withSidecar = workloads.filter(({ agent }) => agent === 'sidecar')
  const all = withSidecar.map(({ name, holdings }) => ({
    workload: name,
    holders: holdersOf(holdings, clients.findLast(({ workload }) => workload === name)?.clients ?? []),
  }))
  const kept = all.filter(({ holders }) => holders.length > 0)
  const uninstalled = all.filter(({ holders }) => holders.length === 0).map(({ workload }) => workload)
  if (uninstalled.length === 0 && kept.length > 0) throw allHeld(kept)
  return { uninstalled, kept }
}

/** Those of this engine are known by their labels, with more than their client's name. */
function holdersOf(holdings: readonly Holding[], clients: readonly string[]): readonly string[] {
  const ours = holdings.flatMap(holding => (holding.kind === 'ours' ? [ourText(holding)] : []))
  if (ours.length > 0) return ours
  if (clients.length > 0) return clients
  return holdings.length > 0 ? [t`another session`] : []
}

const ourText = ({ holder = '', project = '' }: Extract<Holding, { kind: 'ours' }>): string =>
  t`${holder} for project ${project}`

export const keptText = ({ workload, holders }: KeptAgent): string =>
  t`The agent of ${workload} stays, since somebody holds it: ${holders.join(', ')}.`

/** Who loses what with the traffic-manager, as far as Telepresence tells; undefined are clients that could not be asked for. */
export function affectedText(clients: readonly string[] | undefined, sessions: readonly string[]): string {
  const holding =
    clients === undefined
      ? t`Who has attached workloads could not be found out.`
      : clients.length === 0
        ? t`Nobody has attached a workload.`
        : t`These clients have attached workloads: ${clients.join(', ')}.`
  return [
    t`The traffic-manager is the whole cluster's, and with it go the agents of all namespaces.`,
    holding,
    t`Of ingests, and of who is connected only, Telepresence tells nothing.`,
    ...(sessions.length === 0
      ? []
      : [t`Sessions of this environment on your engine: ${sessions.join(', ')}.`]),
  ].join(' ')
}

const allHeld = (kept: readonly KeptAgent[]): KdeTpError =>
  new KdeTpError('NOT_YOURS', t`Each workload that has a Traffic Agent is held by somebody.`, {
    detail: kept.map(({ workload, holders }) => `${workload}: ${holders.join(', ')}`).join('\n'),
    hint: t`End what is your own with "docker kde-tp detach", and ask the others to leave.`,
  })
