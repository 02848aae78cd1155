import { readFileSync } from 'node:fs'
import { flattenKubeconfig } from '../../workspace/kubeconfig.ts'
import { apply, kubectl, NETWORK, NODE } from '../e2e/harness/cluster.ts'
import { docker } from '../e2e/harness/engine.ts'
import { manifestOf, service } from '../e2e/harness/workload.ts'
import { untilNothingIsLeft } from './ours.ts'
import { ENVIRONMENT, HELD, namespaceOf, variables, WORKSPACE } from './place.ts'
import { inTurn, type Samples } from './rows.ts'
import { hold, secondsOf } from './timing.ts'

export const NAMESPACE = namespaceOf('list')
/** What there is much of: workloads in the namespace, or namespaces in the cluster. */
export const CROWDS = ['200-workloads', '100-namespaces'] as const
type Crowd = (typeof CROWDS)[number]
const PLACE = ['--workspace', WORKSPACE, '--environment', ENVIRONMENT]
const LOOK = ['--listing', '--namespace', NAMESPACE, '--manager-namespace', 'ambassador']

const list = (): Promise<number> => secondsOf('docker', ['kdetp', 'list', NAMESPACE, ...PLACE])

/** `list` of a namespace, and the call that it makes, in the namespace's session. */
export const listInSession = (crowd: Crowd, rounds: number): Promise<Samples> =>
  inCrowd(crowd, async () => {
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
export const listAlone = (crowd: Crowd, rounds: number): Promise<Samples> =>
  inCrowd(crowd, async () => {
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

/** In a namespace of so many workloads that have no pod. */
export const amongWorkloads = <T>(count: number, work: () => Promise<T>): Promise<T> =>
  inNamespace(() => apply(namesOf(count).map(name => manifestOf(NAMESPACE, { name, replicas: 0 }))), work)

const inCrowd = <T>(crowd: Crowd, work: () => Promise<T>): Promise<T> =>
  inNamespace(async () => {
    await apply([manifestOf(NAMESPACE, { name: HELD }), service(NAMESPACE, HELD)])
    await (crowd === '200-workloads' ? makeWorkloads() : makeNamespaces())
    await kubectl(['--namespace', NAMESPACE, 'rollout', 'status', '--timeout=180s', `deployment/${HELD}`])
  }, work)

async function inNamespace<T>(fill: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  await makeNamespace(NAMESPACE)
  try {
    await fill()
    return await work()
  } finally {
    // Waited for: a client that connects while a namespace goes never hears of its intercepts (telepresence 2.31.2).
    await kubectl(['delete', 'namespace', '--ignore-not-found', NAMESPACE, ...NEIGHBOURS])
  }
}

const namesOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `crowd-${index}`)

/** One more runs, and the pods of these wait for a node. */
async function makeWorkloads(): Promise<void> {
  await apply(
    namesOf(199).flatMap(name => [withoutNode(manifestOf(NAMESPACE, { name })), service(NAMESPACE, name)]),
  )
}

const NEIGHBOURS = Array.from({ length: 100 }, (_, index) => `${NAMESPACE}-${index}`)

const makeNamespaces = (): Promise<string> => makeNamespace(...NEIGHBOURS)

const makeNamespace = (...names: readonly string[]): Promise<string> =>
  apply(names.map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })))

/** A node of the sandbox takes no 200 pods. */
function withoutNode(object: object): object {
  const deployment = structuredClone(object) as { spec: { template: { spec: object } } }
  Object.assign(deployment.spec.template.spec, { nodeSelector: { 'kde-tp-test': 'no-such-node' } })
  return deployment
}
