import { t } from '../../language/t.ts'
import { KdeTpError } from '../errors.ts'
import { nothing, type ToolCommand, type ToolOutput } from '../tool-command.ts'
import { SECURITY_OPTIONS } from './security-options.ts'

/** Where a client of its own is started, for one call. */
export interface ClientPlace {
  readonly image: string
  /** Docker's network from which the API server is reached. */
  readonly network: string
  /** As a container on that network reads it. Secret. */
  readonly kubeconfig: string
  readonly namespace: string
  readonly managerNamespace: string
}

/** Who holds a workload, as `<user>@<host>` of their Telepresence clients. */
export interface ClientsOf {
  readonly workload: string
  readonly clients: readonly string[]
}

const CONNECT = [
  'umask 077',
  'namespace=$1 manager=$2; shift 2',
  'mkdir -p /kde-tp/kubeconfig "/kde-tp/logs/$namespace" /root/.cache/telepresence',
  'cat > /kde-tp/kubeconfig/config',
  'kde-tp session --namespace "$namespace" --manager-namespace "$manager" >&2 & session=$!',
  'timeout 90 session-state --wait >&2 && act "$@"',
  'code=$?; kill "$session"; wait "$session"; exit "$code"',
].join('\n')

// The manager tells each client who intercepts, replaces or wiretaps a workload. The client writes it into its log, and
// shows it nowhere else (2.31.2).
const READ_CLIENTS = `
act() {
  telepresence loglevel debug >&2 && telepresence list >&2 || return
  grep --text ' Adding workload ' "/kde-tp/logs/$namespace/connector.log" || true
}
`
// The manager gives a workload the clients of those of the same name in other namespaces too (2.31.2), so here clients
// alone are told. One that manages some namespaces alone lists nothing in the others. To list namespaces the client asks the
// API server itself.
const READ_ALL_CLIENTS = `
act() {
  local each all
  telepresence loglevel debug >&2 && all=$(KUBECONFIG=/run/kde-tp/kubeconfig telepresence list-namespaces) || return
  for each in $all; do telepresence list --namespace "$each" >&2 || return; done
  grep --text ' Adding workload ' "/kde-tp/logs/$namespace/connector.log" || true
}
`
const UNINSTALL = `
act() { telepresence uninstall "$@" --progress quiet >&2; }
`

/** Who of all clients of the cluster intercepts, replaces or wiretaps a workload of the namespace. Throws SESSION_FAILED. */
export const readClients = (place: ClientPlace): ToolCommand<readonly ClientsOf[]> => ({
  ...withClient(place, READ_CLIENTS, []),
  parse(output) {
    assertDone(output, place)
    return output.stdout.split('\n').flatMap(toClients)
  },
})

/** Which clients intercept, replace or wiretap anything that this one may see. Throws SESSION_FAILED. */
export const readAllClients = (place: ClientPlace): ToolCommand<readonly string[]> => ({
  ...withClient(place, READ_ALL_CLIENTS, []),
  parse(output) {
    assertDone(output, place)
    const clients = output.stdout
      .split('\n')
      .flatMap(line => toClients(line).flatMap(({ clients }) => clients))
    return [...new Set(clients)].toSorted()
  },
})

/** Takes the sidecars out of the workloads' pods, which are started anew. Throws SESSION_FAILED. */
export const uninstallAgents = (place: ClientPlace, workloads: readonly string[]): ToolCommand<void> => ({
  ...withClient(place, UNINSTALL, workloads),
  parse(output) {
    assertDone(output, place)
    return nothing()
  },
})

/** A client in a container of its own, which quits and is gone with the answer, also where the command dies. */
const withClient = (place: ClientPlace, act: string, words: readonly string[]) => ({
  args: [
    ...['run', '--rm', '--interactive', '--init', '--pull', 'never', '--network', place.network],
    ...['--cap-drop', 'ALL', '--cap-add', 'NET_ADMIN', '--device', '/dev/net/tun'],
    ...[...SECURITY_OPTIONS, '--entrypoint', 'bash', place.image],
    ...['-c', `${act}${CONNECT}`, 'bash', place.namespace, place.managerNamespace, ...words],
  ],
  stdin: place.kubeconfig,
  anyExitCode: true as const,
  timeoutSeconds: 150,
})

/** As `… Adding workload DEPLOYMENT/api.myapp Available INTERCEPTED [root@ada-laptop]`, the last one counting. */
function toClients(line: string): readonly ClientsOf[] {
  const [, workload, clients = ''] = / Adding workload [A-Z]+\/([^.\s]+)\S* .*\[([^\]]*)\]$/.exec(line) ?? []
  if (workload === undefined) return []
  return [{ workload, clients: clients.split(' ').filter(client => client !== '') }]
}

function assertDone({ exitCode, stderr }: ToolOutput, { namespace }: ClientPlace): void {
  if (exitCode === 0) return
  throw new KdeTpError('SESSION_FAILED', t`The Telepresence client that was started for this has failed.`, {
    detail: stderr.trim(),
    hint: t`Look what is wrong with: docker kde-tp doctor ${namespace}`,
  })
}
