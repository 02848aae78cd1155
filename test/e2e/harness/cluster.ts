import { execa } from 'execa'
import { eventually } from './eventually.ts'

export const NODE = 'demo-control-plane'
/** The Docker network on which the node has its name. */
export const NETWORK = 'kde-demo'

/** Runs the kubectl of the node. Throws when it fails. */
export async function kubectl(args: readonly string[], input = ''): Promise<string> {
  const { stdout } = await execa('docker', ['exec', '--interactive', NODE, 'kubectl', ...args], { input })
  return stdout
}

export const apply = (objects: readonly object[]): Promise<string> =>
  kubectl(
    ['apply', '--server-side', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  )

export async function createNamespace(name: string): Promise<void> {
  await kubectl(['create', 'namespace', name])
  // Pods are refused until the namespace has it.
  await eventually(() => kubectl(['--namespace', name, 'get', 'serviceaccount', 'default']))
}

/** Goes on without waiting: another test never uses the same one. */
export const deleteNamespace = (name: string): Promise<string> =>
  kubectl(['delete', 'namespace', name, '--wait=false', '--ignore-not-found'])

export interface Answer {
  /** 0 where nobody answered; the body says why. */
  readonly status: number
  readonly body: string
}

/** What a client inside the cluster gets. */
export async function askInCluster(url: string): Promise<Answer> {
  const { stdout, stderr, exitCode } = await execa(
    'docker',
    ['exec', NODE, 'kubectl', 'exec', '--namespace', 'default', 'probe', '--', 'app', 'get', url],
    // A value may end with a line break, or with none.
    { reject: false, stripFinalNewline: false },
  )
  if (exitCode !== 0) return { status: 0, body: stderr }
  const [status, ...body] = stdout.split('\n')
  return { status: Number(status), body: body.join('\n') }
}

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
