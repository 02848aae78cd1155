import type { ClusterFacts } from './facts.ts'
import { type Agent, type Mode, traitsOf } from './mode.ts'

/**
 * The agent that disturbs the cluster least: docs/decisions/0012. A node agent restarts no pod, where the traffic-manager
 * has them enabled, but one of 2.31.2 through which requests came here may leave the pod without any. A workload that has
 * sidecars can only be taken by them. Volumes come from a sidecar alone: a node agent refuses to follow its own links to
 * them ("path escapes from parent", 2.31.2).
 */
export function chooseAgent(
  {
    mode,
    asked,
    hasMount,
  }: { readonly mode: Mode; readonly asked: Agent | undefined; readonly hasMount: boolean },
  { manager, hasSidecar }: Pick<ClusterFacts, 'manager' | 'hasSidecar'>,
): Agent {
  if (asked !== undefined) return asked
  const hasNodeAgents = manager.found === 'yes' && manager.hasNodeAgents
  const takesNoRequests = traitsOf[mode].ports === 'none'
  return takesNoRequests && hasNodeAgents && !hasSidecar && !hasMount ? 'node' : 'sidecar'
}
