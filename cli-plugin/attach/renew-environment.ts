import { readChange } from '../../session/commands/changes.ts'
import { readVariables } from '../../session/commands/docker.ts'
import { type Renewal, renew } from '../../session/remote-environment.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import { askFacts, lookFromSession } from '../surroundings/look.ts'
import { writeCopies } from './write-environment.ts'

export interface RenewedWorkload {
  readonly environment: Environment
  readonly namespace: string
  readonly workload: string
  readonly session: string
  readonly devContainer: string
}

const SAME: Renewal = { set: {}, unset: [] }

/**
 * Where a workload's pods have other variables than at the attach, copies them anew, and returns what a new process of
 * the dev container has to get for them.
 */
export async function renewEnvironment(renewed: RenewedWorkload, edges: Edges): Promise<Renewal> {
  const { environment, namespace, workload: name, session, devContainer } = renewed
  const change = await edges.docker(readChange(session, name))
  if (change === undefined) return SAME
  const { managerNamespace } = environment
  const asked = askFacts({ namespace, workload: name, managerNamespace })
  const [answer, has] = await Promise.all([
    edges.docker(lookFromSession(session, asked)),
    edges.docker(readVariables(devContainer)),
  ])
  const workload =
    answer?.kind === 'facts' ? answer.facts.workloads.find(each => each.name === name) : undefined
  if (workload === undefined) return SAME
  const place = { environment, namespace }
  const { taken } = writeCopies(place, workload, change.now, change.container, edges)
  return renew(has, change.before, taken)
}
