import type { EnvironmentStatus } from '../../session/engine-status.ts'

type DevContainer = EnvironmentStatus['devContainers'][number]

/** What tells one attachment from all others on an engine, and what to attach again. */
export interface AttachedPlace {
  readonly devContainer: string
  readonly namespace: string
  readonly workload: string
}

export const toAbout = ({ devContainer, namespace, workload }: AttachedPlace) => ({
  devContainer,
  namespace,
  workload,
})

export const fromAbout = (about: URLSearchParams): AttachedPlace => ({
  devContainer: about.get('devContainer') ?? '',
  namespace: about.get('namespace') ?? '',
  workload: about.get('workload') ?? '',
})

export interface Found {
  readonly environment: EnvironmentStatus
  readonly devContainer: DevContainer
}

/** Undefined where it is not attached (any more). */
export function findAttached(
  { devContainer, workload }: AttachedPlace,
  environments: readonly EnvironmentStatus[] = [],
): Found | undefined {
  const all = environments.flatMap(environment =>
    environment.devContainers.map(each => ({ environment, devContainer: each })),
  )
  return all.find(
    found =>
      found.devContainer.container === devContainer && found.devContainer.attachment?.workload === workload,
  )
}
