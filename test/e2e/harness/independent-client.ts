import { randomBytes } from 'node:crypto'
import { execa } from 'execa'
import { NETWORK, NODE } from './cluster.ts'
import { docker } from './engine.ts'

/** A second Telepresence client, which knows nothing of ours: another container, connected to one namespace. */
export interface IndependentClient {
  telepresence(args: readonly string[]): Promise<Ended>
  /**
   * Who holds a workload, as `user@host`; undefined where nobody does. A client's `list` shows only its own attachments,
   * so this one tries to take the workload, and gives it back at once.
   */
  holderOf(workload: string): Promise<string | undefined>
}

interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

const IMAGE = 'ghcr.io/kde-tp/runtime:0.1.0'
/** The client itself, not the one of our sessions that waits for a session. */
const TELEPRESENCE = '/usr/local/lib/kde-tp/telepresence'

/**
 * A connected client may not find the cluster by a name that only Docker knows, so it gets the node's address. One that is
 * idle would be ended by the traffic-manager: docs/decisions/0024.
 */
const CONNECT = `
rm -f /.dockerenv
mkdir -p ~/.config/telepresence
echo 'grpc: { pingInterval: 10s }' > ~/.config/telepresence/config.yml
address=$(getent hosts "$2" | cut -d ' ' -f 1)
sed "s|https://$2:|https://$address:|; s|server:|tls-server-name: $2\\n    server:|" > /tmp/kubeconfig
KUBECONFIG=/tmp/kubeconfig ${TELEPRESENCE} connect --namespace "$1" --mapped-namespaces "$1" --manager-namespace ambassador --progress quiet
while sleep 15; do ${TELEPRESENCE} status; done > /tmp/in-use 2>&1 &
`

/** Connects, hands the client to the work, and takes it away after. */
export async function withIndependentClient<T>(
  namespace: string,
  work: (client: IndependentClient) => Promise<T>,
  { node, network } = { node: NODE, network: NETWORK },
): Promise<T> {
  const name = `kde-tp-test-client-${randomBytes(3).toString('hex')}`
  const rights = ['--cap-drop', 'ALL', '--cap-add', 'NET_ADMIN', '--device', '/dev/net/tun']
  await docker([
    'run',
    '--detach',
    '--init',
    '--name',
    name,
    ...rights,
    '--network',
    network,
    '--entrypoint',
    'sleep',
    IMAGE,
    'infinity',
  ])
  try {
    const kubeconfig = await docker(['exec', node, 'cat', '/etc/kubernetes/admin.conf'])
    await docker(['exec', '--interactive', name, 'bash', '-ec', CONNECT, 'bash', namespace, node], kubeconfig)
    return await work(clientIn(name))
  } finally {
    await execa('docker', ['exec', name, TELEPRESENCE, 'quit', '--stop-daemons'], { reject: false })
    await docker(['rm', '--force', name])
  }
}

/** Takes all requests of a workload; its own port is of no matter, since nothing is to answer. */
const TAKE = [
  '--port',
  '9:http',
  '--node-agent=false',
  '--mount=false',
  '--format',
  'json',
  '--progress',
  'quiet',
]

const TRIES = 4

function clientIn(container: string): IndependentClient {
  const telepresence = async (args: readonly string[]): Promise<Ended> => {
    const result = await execa('docker', ['exec', container, TELEPRESENCE, ...args], { reject: false })
    return { exitCode: result.exitCode ?? 1, stdout: result.stdout, stderr: result.stderr }
  }
  // Where a node agent served it, the next attach waits for the end of that agent's Job, and may do so in vain.
  const take = async (workload: string, tries = 1): Promise<Ended> => {
    const ended = await telepresence(['intercept', workload, ...TAKE])
    return ended.stdout.includes('timed out') && tries < TRIES ? take(workload, tries + 1) : ended
  }
  return {
    telepresence,
    async holderOf(workload) {
      const { exitCode, stdout, stderr } = await take(workload)
      if (exitCode === 0) {
        await telepresence(['detach', workload])
        return undefined
      }
      const holder = /created by client \\*"([^"\\]+)/.exec(stdout)?.[1]
      if (holder === undefined) throw new Error(`Neither taken nor refused as held: ${stdout}${stderr}`)
      return holder
    },
  }
}
