import type { ToolCommand, ToolOutput } from '../tool-command.ts'

/** Where Telepresence's own Helm is started, for one call. */
export interface HelmPlace {
  readonly image: string
  /** Docker's network from which the API server is reached. */
  readonly network: string
  /** As a container on that network reads it. Secret. */
  readonly kubeconfig: string
  readonly managerNamespace: string
}

const SCRIPT =
  'umask 077; cat > /tmp/kubeconfig; export KUBECONFIG=/tmp/kubeconfig; exec /usr/local/lib/kde-tp/telepresence "$@"'

/** A client that dies silently is forgotten after a minute instead of Telepresence's 24 hours. */
export const helmInstall = (place: HelmPlace): ToolCommand<ToolOutput> =>
  helm(place, ['install', '--set', 'grpc.connectionTTL=60s'])

/** With the chart's hooks, the first of which has the manager take out all agents. */
export const helmUninstall = (place: HelmPlace): ToolCommand<ToolOutput> => helm(place, ['uninstall'])

const helm = (
  { image, network, kubeconfig, managerNamespace }: HelmPlace,
  words: readonly string[],
): ToolCommand<ToolOutput> => ({
  args: [
    ...['run', '--rm', '--interactive', '--pull', 'never', '--network', network],
    ...['--entrypoint', 'bash', image, '-c', SCRIPT, 'bash', 'helm'],
    ...[...words, '--namespace', managerNamespace, '--progress', 'quiet'],
  ],
  stdin: kubeconfig,
  anyExitCode: true,
  timeoutSeconds: 300,
  parse: output => output,
})
