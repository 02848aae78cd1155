import type { ClusterFacts } from './facts.ts'
import { type Agent, type Mode, traitsOf } from './mode.ts'

/**
 * The agent that disturbs the cluster least: a node agent restarts no pod, where the traffic-manager has them enabled. A
 * workload that has sidecars can only be taken by them, and `replace` has no others. Volumes come from a sidecar alone: a
 * node agent refuses to follow its own links to them ("path escapes from parent", 2.31.2).
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
  const canBeNode = traitsOf[mode].agents.includes('node') && !hasMount
  return canBeNode && hasNodeAgents && !hasSidecar ? 'node' : 'sidecar'
}
