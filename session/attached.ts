import type { ObservedContainer } from './observed.ts'

/** A workload that is attached from this engine, as the label of its dev container tells. */
export interface AttachedWorkload {
  readonly namespace: string
  readonly workload: string
  readonly project: string
  readonly devContainer: string
  readonly owner: string
  /** False where its dev container has not started yet, or has ended. */
  readonly isRunning: boolean
}

/** Those of one environment's containers, by name. One whose label cannot be read is left out. */
export const attachedWorkloads = (containers: readonly ObservedContainer[]): readonly AttachedWorkload[] =>
  containers.flatMap(toAttached).toSorted((a, b) => a.workload.localeCompare(b.workload))

function toAttached(container: ObservedContainer): readonly AttachedWorkload[] {
  const { role, namespace, attachment, project = '', name, owner = '', state } = container
  if (role !== 'dev' || namespace === undefined || attachment === undefined) return []
  const { workload } = attachment
  return [{ namespace, workload, project, devContainer: name, owner, isRunning: state === 'running' }]
}
