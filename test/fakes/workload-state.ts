import type { WorkloadState } from '../../session/listing.ts'

/** A ready Deployment that nobody has attached. */
export const workloadState = (name: string, differing: Partial<WorkloadState> = {}): WorkloadState => ({
  kind: 'Deployment',
  name,
  desired: 1,
  ready: 1,
  reasons: [],
  agent: 'none',
  isReplaced: false,
  ...differing,
})
