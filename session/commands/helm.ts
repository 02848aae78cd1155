import type { ToolCommand, ToolOutput } from '../tool-command.ts'
import { SECURITY_OPTIONS } from './security-options.ts'

/** Where Telepresence's own Helm is started, for one call. */
export interface HelmPlace {
  readonly image: string
  /** Docker's network from which the API server is reached. */
  readonly network: string
  /** As a container on that network reads it. Secret. */
  readonly kubeconfig: string
  readonly managerNamespace: string
}

// The default of 30 s is short for a node that has to pull the image first, of the manager or of the hook.
const SCRIPT = [
  'umask 077; cat > /tmp/kubeconfig; export KUBECONFIG=/tmp/kubeconfig',
  'mkdir -p /tmp/.config/telepresence; echo "timeouts: { helm: 2m }" > /tmp/.config/telepresence/config.yml',
  'exec /usr/local/lib/kde-tp/telepresence "$@"',
].join('\n')

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
    ...['--cap-drop', 'ALL', ...SECURITY_OPTIONS, '--read-only', '--tmpfs', '/tmp', '--env', 'HOME=/tmp'],
    ...['--entrypoint', 'bash', image, '-c', SCRIPT, 'bash', 'helm'],
    ...[...words, '--namespace', managerNamespace, '--progress', 'quiet'],
  ],
  stdin: kubeconfig,
  anyExitCode: true,
  timeoutSeconds: 300,
  parse: output => output,
})
