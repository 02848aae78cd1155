/** How a workload is attached, in Telepresence's words. */
export const MODES = ['replace', 'intercept', 'wiretap', 'ingest'] as const
export type Mode = (typeof MODES)[number]

/** What does the work in the cluster: a container in the workload's pods, or a Job beside them. */
export const AGENTS = ['node', 'sidecar'] as const
export type Agent = (typeof AGENTS)[number]

/** How the remote container's volumes come here: live they are as they are there, and a copy is made once, at the attach. */
export const MOUNTS = ['live', 'copy'] as const
export type MountKind = (typeof MOUNTS)[number]

export interface ModeTraits {
  /** Whose ports the remote side of `--port` names; `none` where no request comes here. */
  readonly ports: 'service' | 'container' | 'none'
  /** Whether requests can be chosen by header and path. */
  readonly canFilter: boolean
  /** Whether ports of the pod's other containers can be brought to localhost. */
  readonly reachesPod: boolean
  readonly agents: readonly Agent[]
  /** Whether somebody else's attachment may be in the way. */
  readonly isExclusive: boolean
}

export const traitsOf: Readonly<Record<Mode, ModeTraits>> = {
  replace: { ports: 'container', canFilter: false, reachesPod: true, agents: ['sidecar'], isExclusive: true },
  intercept: { ports: 'service', canFilter: true, reachesPod: true, agents: AGENTS, isExclusive: true },
  wiretap: { ports: 'service', canFilter: true, reachesPod: false, agents: AGENTS, isExclusive: false },
  ingest: { ports: 'none', canFilter: false, reachesPod: true, agents: AGENTS, isExclusive: false },
}
