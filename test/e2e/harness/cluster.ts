import { execa } from 'execa'
import { docker } from './engine.ts'

/** Another node of the sandbox's kind serves those who must not disturb its users. */
export const NODE = process.env['KDE_TP_TEST_NODE'] ?? 'demo-control-plane'
/** The Docker network on which the node has its name. */
export const NETWORK = process.env['KDE_TP_TEST_NETWORK'] ?? 'kde-demo'

/** Runs the kubectl of the node. Throws when it fails. */
export async function kubectl(args: readonly string[], input = ''): Promise<string> {
  const { stdout } = await execa('nsenter', [...(await toNode()), 'kubectl', ...args], {
    ...AS_IN_NODE,
    input,
  })
  return stdout
}

/** How many pods of a Deployment are ready. Where none is, the field is left out. */
export async function readyReplicas(namespace: string, deployment: string): Promise<number> {
  const field = ['--output', 'jsonpath={.status.readyReplicas}']
  return Number(await kubectl(['--namespace', namespace, 'get', 'deployment', deployment, ...field]))
}

let node: Promise<string> | undefined

/** Into the node's files and network from here: what `docker exec` does too, for a fraction of the work. */
async function toNode(): Promise<readonly string[]> {
  node ??= docker(['inspect', '--format', '{{.State.Pid}}', NODE])
  return ['--target', await node, '--mount', '--net']
}

const AS_IN_NODE = {
  extendEnv: false,
  env: { PATH: '/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', KUBECONFIG: '/etc/kubernetes/admin.conf' },
}

export const apply = (objects: readonly object[]): Promise<string> =>
  kubectl(
    ['apply', '--server-side', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  )

export interface Answer {
  /** 0 where nobody answered; the body says why. */
  readonly status: number
  readonly body: string
}

/** The pod's own program, in the pod's own network and files: what `kubectl exec` does too, for a tenth of the work. */
const IN_PROBE = 'exec nsenter --target "$(pgrep --full --exact --newest "app idle")" --mount --net app "$@"'

/** What a client inside the cluster gets. Headers are `NAME=VALUE`. */
export async function askInCluster(url: string, headers: readonly string[] = []): Promise<Answer> {
  const { stdout, stderr, exitCode } = await runInProbe(['get', url, ...headers])
  if (exitCode !== 0) return { status: 0, body: stderr }
  const [status, ...body] = stdout.split('\n')
  return { status: Number(status), body: body.join('\n') }
}

/** What comes back for a datagram to `HOST:PORT`; empty where nothing does. */
export const sendInCluster = async (address: string): Promise<string> =>
  (await runInProbe(['send', address])).stdout

const runInProbe = async (args: readonly string[]) =>
  execa('nsenter', [...(await toNode()), 'bash', '-c', IN_PROBE, 'bash', ...args], {
    ...AS_IN_NODE,
    reject: false,
    // A value may end with a line break, or with none.
    stripFinalNewline: false,
  })

export async function podsOf(namespace: string, workload: string): Promise<readonly string[]> {
  const names = await kubectl([
    '--namespace',
    namespace,
    'get',
    'pods',
    '--selector',
    `app=${workload}`,
    '--output',
    'name',
  ])
  return names.split('\n').filter(name => name !== '')
}
