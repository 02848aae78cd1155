import { t } from '../../language/t.ts'
import { helmInstall } from '../../session/commands/helm.ts'
import { errorText } from '../../session/commands/telepresence.ts'
import { KdeTpError } from '../../session/errors.ts'
import { succeeded } from '../../session/tool-command.ts'
import { runtimeImage } from '../version.ts'
import type { Call } from './call.ts'

/** So that no workload stays with a dead computer, its clients are forgotten after a minute. */
export async function installTrafficManager({ order, edges: { docker, environment } }: Call): Promise<void> {
  const { reach, wish } = order
  const output = await docker(
    helmInstall({
      image: runtimeImage(environment),
      network: reach.lookNetwork,
      kubeconfig: reach.kubeconfig.json,
      managerNamespace: wish.managerNamespace,
    }),
  )
  if (succeeded(output)) return
  throw new KdeTpError(
    'TRAFFIC_MANAGER_MISSING',
    t`The traffic-manager could not be installed into namespace "${wish.managerNamespace}".`,
    {
      detail: errorText(output),
      hint: t`Ask the administrator of the cluster to install it: that takes the rights of a cluster-admin.`,
      left: t`Helm may have left a part of it; "telepresence helm uninstall --namespace ${wish.managerNamespace}" takes it out.`,
    },
  )
}
