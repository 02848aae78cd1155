import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apply, kubectl } from './cluster.ts'
import { eventually } from './eventually.ts'
import { theRun } from './run.ts'

/** Says of a namespace which run of the tests it belongs to. */
export const RUN_LABEL = 'kde-tp-test'

/** What was left in a namespace, a node agent most of all, is gone by then. Milliseconds. */
const REST = 60_000

/**
 * A namespace that no other test uses, from its start until it is given back.
 *
 * They are used again, as few as will do: a client of Telepresence 2.31.2 asks, twice at each connect, what it may do in
 * each namespace, five questions a second. And none is deleted until all tests are over: such a client asks the
 * traffic-manager for events of all namespaces that there were when it connected, is refused when one of them is gone
 * (pkg/client/userd/trafficmgr/session.go, agentPodWatchNamespaces), and then learns of no intercept any more.
 */
export async function takeNamespace(): Promise<string> {
  const rested = restedNamespaces().find(takeOut) ?? `e2e-${randomBytes(3).toString('hex')}`
  await createNamespace(rested)
  return rested
}

/** Takes out what a test may have put in. */
export async function giveBackNamespace(name: string): Promise<void> {
  await emptyNamespace(name)
  writeFileSync(join(restingPlace(), name), '')
}

/** Does nothing where it is there. */
export async function createNamespace(name: string): Promise<void> {
  const metadata = { name, labels: { [RUN_LABEL]: String(theRun().id) } }
  await apply([{ apiVersion: 'v1', kind: 'Namespace', metadata }])
  // Pods are refused until the namespace has it.
  await eventually(() => kubectl(['--namespace', name, 'get', 'serviceaccount', 'default']))
}

const KINDS = [
  ...['deployments', 'statefulsets', 'replicasets', 'pods', 'services'],
  ...['configmaps', 'secrets', 'serviceaccounts', 'roles', 'rolebindings'],
]

export const emptyNamespace = (name: string): Promise<string> =>
  kubectl(['--namespace', name, 'delete', KINDS.join(), '--all', '--wait=false'])

/** Has a file for each namespace that nobody uses, written when it was given back. */
function restingPlace(): string {
  const place = join(theRun().directory, 'namespaces')
  mkdirSync(place, { recursive: true })
  return place
}

const restedNamespaces = (): readonly string[] =>
  readdirSync(restingPlace()).filter(name => {
    const file = statSync(join(restingPlace(), name), { throwIfNoEntry: false })
    return file !== undefined && Date.now() - file.mtimeMs > REST
  })

/** False where somebody else was first. */
function takeOut(name: string): boolean {
  try {
    rmSync(join(restingPlace(), name))
    return true
  } catch {
    return false
  }
}
