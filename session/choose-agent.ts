import type { ClusterFacts } from './facts.ts'
import { type Agent, type Mode, traitsOf } from './mode.ts'

/**
 * The agent that disturbs the cluster least: a node agent restarts no pod, where the traffic-manager has them enabled. A
 * workload that has sidecars can only be taken by them, and `replace` has no others.
 */
export function chooseAgent(
  mode: Mode,
  asked: Agent | undefined,
  { manager, hasSidecar }: Pick<ClusterFacts, 'manager' | 'hasSidecar'>,
): Agent {
  if (asked !== undefined) return asked
  const hasNodeAgents = manager.found === 'yes' && manager.hasNodeAgents
  return traitsOf[mode].agents.includes('node') && hasNodeAgents && !hasSidecar ? 'node' : 'sidecar'
}
