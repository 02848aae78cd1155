import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { docker } from './engine.ts'
import { eventually } from './eventually.ts'
import type { Scenario } from './scenario.ts'
import { manifestOf, service } from './workload.ts'
import { giveTo } from './workspace.ts'

export const NODE_SCRIPT = new URL('../../../sandbox/node', import.meta.url).pathname

export interface OwnCluster {
  /** The node's container, and the Docker network on which it has its name. */
  readonly node: string
  readonly kubectl: (args: readonly string[], input?: string) => Promise<string>
  /** What a workload answers in it. */
  readonly ask: (workload: string) => Promise<string>
}

/** Makes a cluster that no other test uses, with the scenario's namespace and workloads in it. */
export async function withOwnCluster(
  scenario: Scenario,
  workloads: readonly string[],
  work: (cluster: OwnCluster) => Promise<void>,
): Promise<void> {
  const node = `kde-tp-test-node-${randomBytes(3).toString('hex')}`
  await execa(NODE_SCRIPT, ['up', node, node])
  try {
    await moveEnvironmentTo(node, scenario)
    const { namespace } = scenario
    const kubectl = kubectlOf(node)
    await kubectl(['create', 'namespace', namespace])
    await eventually(() => kubectl(['--namespace', namespace, 'get', 'serviceaccount', 'default']))
    const items = workloads.flatMap(name => [manifestOf(namespace, { name }), service(namespace, name)])
    await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))
    for (const name of workloads)
      await kubectl(['--namespace', namespace, 'rollout', 'status', '--timeout=120s', `deployment/${name}`])
    await work({ node, kubectl, ask: workload => askFromNode(node, namespace, workload) })
  } finally {
    await execa(NODE_SCRIPT, ['down', node])
  }
}

/** As KDE-cli would have made an environment of that cluster. */
async function moveEnvironmentTo(node: string, { workspace, person }: Scenario): Promise<void> {
  const { environment, environmentPath, kubeconfigPath } = workspace
  const lines = [
    `ENV_NAME=${environment}`,
    'ENV_TYPE=kind',
    `K8S_CONTAINER_NAME=${node}`,
    `DOCKER_NETWORK=${node}`,
  ]
  writeFileSync(join(environmentPath, 'k8s.env'), `${lines.join('\n')}\n`)
  writeFileSync(kubeconfigPath, await docker(['exec', node, 'cat', '/etc/kubernetes/admin.conf']))
  giveTo(person.account, environmentPath)
}

const kubectlOf =
  (node: string) =>
  (args: readonly string[], input = ''): Promise<string> =>
    docker(['exec', '--interactive', node, 'kubectl', ...args], input)

async function askFromNode(node: string, namespace: string, workload: string): Promise<string> {
  const address = await kubectlOf(node)([
    '--namespace',
    namespace,
    'get',
    'service',
    workload,
    '--output',
    'jsonpath={.spec.clusterIP}',
  ])
  return docker(['exec', node, 'curl', '--silent', '--show-error', '--max-time', '5', `http://${address}/`])
}
