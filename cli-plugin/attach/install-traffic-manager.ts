import { t } from '../../language/t.ts'
import { errorText } from '../../session/commands/telepresence.ts'
import { KdeTpError } from '../../session/errors.ts'
import { succeeded, type ToolCommand, type ToolOutput } from '../../session/tool-command.ts'
import { runtimeImage } from '../version.ts'
import type { Call } from './call.ts'

/**
 * Installs the traffic-manager from a container of its own on the environment's network. A client that dies silently is
 * forgotten after a minute instead of Telepresence's 24 hours, so that no workload stays with a dead computer.
 */
export async function installTrafficManager({ order, edges: { docker, environment } }: Call): Promise<void> {
  const { reach, wish } = order
  const output = await docker(
    helmInstall(runtimeImage(environment), reach.lookNetwork, wish.managerNamespace, reach.kubeconfig.json),
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

const SCRIPT =
  'umask 077; cat > /tmp/kubeconfig; export KUBECONFIG=/tmp/kubeconfig; exec /usr/local/lib/kde-tp/telepresence "$@"'

const helmInstall = (
  image: string,
  network: string,
  namespace: string,
  kubeconfig: string,
): ToolCommand<ToolOutput> => ({
  args: [
    ...[
      'run',
      '--rm',
      '--interactive',
      '--pull',
      'never',
      '--network',
      network,
      '--entrypoint',
      'bash',
      image,
      '-c',
      SCRIPT,
      'bash',
    ],
    ...[
      'helm',
      'install',
      '--namespace',
      namespace,
      '--set',
      'grpc.connectionTTL=60s',
      '--progress',
      'quiet',
    ],
  ],
  stdin: kubeconfig,
  anyExitCode: true,
  timeoutSeconds: 300,
  parse: output => output,
})
