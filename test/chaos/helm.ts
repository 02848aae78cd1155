import { docker } from '../e2e/harness/engine.ts'

const CLIENT = 'ghcr.io/telepresenceio/telepresence:2.31.2'
const MANAGER = ['--namespace', 'ambassador']

/** Where a cluster's only node is, and how it is asked. */
interface Cluster {
  readonly node: string
  readonly network: string
  kubectl(args: readonly string[]): Promise<string>
}

/** Runs Telepresence's own `helm` against a cluster, and waits until its manager is rolled out. */
export async function helm({ node, network, kubectl }: Cluster, words: readonly string[]): Promise<void> {
  const kubeconfig = await docker(['exec', node, 'cat', '/etc/kubernetes/admin.conf'])
  const call = 'cat > /tmp/config && exec telepresence helm "$@" --kubeconfig /tmp/config'
  const run = ['run', '--rm', '--interactive', '--network', network, '--entrypoint', 'sh', CLIENT]
  await docker([...run, '-c', call, 'sh', ...words, ...MANAGER], kubeconfig)
  await kubectl([...MANAGER, 'rollout', 'status', '--timeout=180s', 'deployment/traffic-manager'])
}
