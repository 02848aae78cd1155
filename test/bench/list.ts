import { readFileSync } from 'node:fs'
import { flattenKubeconfig } from '../../workspace/kubeconfig.ts'
import { apply, kubectl, NETWORK, NODE } from '../e2e/harness/cluster.ts'
import { docker } from '../e2e/harness/engine.ts'
import { manifestOf, service } from '../e2e/harness/workload.ts'
import { untilNothingIsLeft } from './ours.ts'
import { ENVIRONMENT, HELD, namespaceOf, variables, WORKSPACE } from './place.ts'
import { inTurn, type Samples } from './rows.ts'
import { hold, secondsOf } from './timing.ts'

const NAMESPACE = namespaceOf('list')
const WORKLOADS = 200
const PLACE = ['--workspace', WORKSPACE, '--environment', ENVIRONMENT]
const LOOK = ['--listing', '--namespace', NAMESPACE, '--manager-namespace', 'ambassador']

const list = (): Promise<number> => secondsOf('docker', ['kdetp', 'list', NAMESPACE, ...PLACE])

/** `list` of a namespace with 200 workloads, and the call that it makes, in the namespace's session. */
export const listInSession = (rounds: number): Promise<Samples> =>
  inCrowd(async () => {
    const take = ['--project', 'one', '--port', '8080:http', '--also-proxy', '']
    const command = ['bash', '-c', 'echo ready; cat']
    const held = await hold('docker', [
      'kdetp',
      'intercept',
      NAMESPACE,
      HELD,
      ...PLACE,
      ...take,
      '--',
      ...command,
    ])
    const session = `kde-telepresence-session-${ENVIRONMENT}-${NAMESPACE}`
    try {
      return await inTurn(rounds, {
        ours: list,
        baseline: () => secondsOf('docker', ['exec', session, 'kde-tp', 'look', '--session', ...LOOK]),
      })
    } finally {
      await held.leave()
      await untilNothingIsLeft()
    }
  })

/** The same without a session, and the call in a container of its own. */
export const listAlone = (rounds: number): Promise<Samples> =>
  inCrowd(async () => {
    const run = ['run', '--rm', '--interactive', '--network', NETWORK, variables.IMAGE, 'look', ...LOOK]
    const kubeconfig = await flatKubeconfig()
    return inTurn(rounds, { ours: list, baseline: () => secondsOf('docker', run, kubeconfig) })
  })

async function flatKubeconfig(): Promise<string> {
  const text = await docker(['exec', NODE, 'cat', '/etc/kubernetes/admin.conf'])
  const read = flattenKubeconfig([{ path: '/config', text }], {
    readBase64: path => readFileSync(path, 'base64'),
  })
  if (read.kind === 'unusable') throw new Error(read.problem)
  return JSON.stringify(read.kubeconfig)
}

/** Works while the namespace has its workloads: one runs, and the pods of all others wait for a node. */
async function inCrowd<T>(work: () => Promise<T>): Promise<T> {
  const names = Array.from({ length: WORKLOADS - 1 }, (_, index) => `crowd-${index}`)
  await apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }])
  await apply([manifestOf(NAMESPACE, { name: HELD }), service(NAMESPACE, HELD)])
  await apply(names.flatMap(name => [withoutNode(manifestOf(NAMESPACE, { name })), service(NAMESPACE, name)]))
  await kubectl(['--namespace', NAMESPACE, 'rollout', 'status', '--timeout=180s', `deployment/${HELD}`])
  try {
    return await work()
  } finally {
    await kubectl(['delete', 'namespace', NAMESPACE])
  }
}

/** A node of the sandbox takes no 200 pods. */
function withoutNode(object: object): object {
  const deployment = structuredClone(object) as { spec: { template: { spec: object } } }
  Object.assign(deployment.spec.template.spec, { nodeSelector: { 'kde-tp-test': 'no-such-node' } })
  return deployment
}
