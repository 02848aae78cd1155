import { t } from '../../language/t.ts'
import { listNetworkIds, readNamedSubnets } from '../../session/commands/docker.ts'
import { type Finding, ok } from '../../session/finding.ts'
import { judgeManager, judgeRights, judgeSubnets } from '../../session/judge-cluster.ts'
import { assertNamespace, lacksTrafficManager, toFacts } from '../../session/judge-facts.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import { askFacts, lookFromContainer } from '../surroundings/look.ts'
import type { Reach } from '../surroundings/reach.ts'
import { readEnvironment } from '../surroundings/read-workspace.ts'
import { findWay } from '../surroundings/surroundings.ts'
import { runtimeImage } from '../version.ts'

export interface Examined {
  readonly workspace: string | undefined
  readonly environment: string | undefined
  /** Whose rights are looked at beside the traffic-manager's. */
  readonly namespace: string | undefined
}

/** From the workspace's files to what the person may do in the cluster. */
export async function examineCluster(examined: Examined, edges: Edges): Promise<readonly Finding[]> {
  const environment = readEnvironment(examined, edges)
  const reach = await findWay(environment, edges)
  const facts = await lookAtAll(environment, reach, examined.namespace, edges)
  const { namespace } = examined
  if (namespace !== undefined) assertNamespace(facts, namespace)
  // Throws for one that is too old.
  lacksTrafficManager(facts, { namespace: namespace ?? '', managerNamespace: environment.managerNamespace })
  const subnets = await edges.docker(readNamedSubnets(await edges.docker(listNetworkIds)))
  return [
    ok(t`Workspace`, t`Environment "${environment.name}" of ${environment.workspacePath}.`),
    ok(t`API server`, t`${reach.kubeconfig.server} answers, and knows you.`),
    ...judgeManager(facts, environment.managerNamespace),
    ...judgeRights(facts.rights ?? []),
    ...judgeSubnets(facts, subnets),
  ]
}

async function lookAtAll(
  { managerNamespace, kubeconfigPath }: Environment,
  reach: Reach,
  namespace: string | undefined,
  { docker, environment }: Edges,
) {
  const question = askFacts({ namespace, managerNamespace, rights: true })
  const image = runtimeImage(environment)
  const look = lookFromContainer(
    { image, network: reach.lookNetwork, kubeconfig: reach.kubeconfig.json },
    question,
  )
  return toFacts(await docker(look), kubeconfigPath)
}
