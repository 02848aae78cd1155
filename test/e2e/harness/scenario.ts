import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Mode } from '../../../session/mode.ts'
import { askInCluster } from './cluster.ts'
import { logsOfAll, removeAllOf } from './engine.ts'
import { eventually } from './eventually.ts'
import { leftoversOf } from './leftovers.ts'
import { giveBackNamespace, takeNamespace } from './namespaces.ts'
import { createPerson, type Person, ROOT } from './person.ts'
import { theRun } from './run.ts'
import { startWorkload, type WorkloadWish } from './workload.ts'
import { giveTo, makeWorkspace, type Workspace, type WorkspaceWish } from './workspace.ts'

export interface ScenarioWish {
  /** Started before the test; default: one, named `api`. */
  readonly workloads?: readonly WorkloadWish[]
  /** Default: one, named `web`. */
  readonly projects?: readonly string[]
  readonly projectVariables?: WorkspaceWish['projectVariables']
  /** Default: an ordinary person, in the group docker. */
  readonly as?: 'root'
  /** Default: this computer's. */
  readonly engine?: string
}

/** A namespace and a workspace that no other test uses. */
export interface Scenario {
  /** Holds all its files. */
  readonly directory: string
  readonly namespace: string
  readonly person: Person
  readonly workspace: Workspace
  /** The names that the design gives, which nobody else takes. */
  readonly names: {
    readonly composeProject: string
    readonly keeper: string
    readonly holder: string
    readonly session: string
    readonly devContainer: (project?: string) => string
  }
  /** `kde-tp intercept NAMESPACE WORKLOAD --agent sidecar --project web --port 8080:http OPTIONS… [-- COMMAND…]` */
  intercept(input?: InterceptWords): readonly string[]
  /** The same in any mode, with those words alone that are given. */
  attach(mode: Mode, input: AttachWords): readonly string[]
  /** Who answers a workload's requests in the cluster: the body's first words. */
  answererOf(workload?: string): Promise<'the cluster' | 'the dev container' | 'nobody'>
}

export interface InterceptWords {
  readonly workload?: string
  readonly project?: string
  readonly port?: string
  readonly options?: readonly string[]
  readonly command?: readonly string[]
}

export interface AttachWords {
  readonly workload?: string
  readonly options?: readonly string[]
  readonly command?: readonly string[]
}

/** A test's body in a scenario of its own. Fails also when anything of ours is left after it. */
export function within(wish: ScenarioWish, body: (scenario: Scenario) => Promise<void>): () => Promise<void> {
  return async () => {
    const scenario = await openScenario(wish)
    try {
      await body(scenario)
      await assertNothingLeft(scenario)
    } catch (error) {
      console.log(await logsOfAll(scenario.workspace.path))
      throw error
    } finally {
      await removeScenario(scenario)
    }
  }
}

export async function openScenario(wish: ScenarioWish): Promise<Scenario> {
  const id = randomBytes(3).toString('hex')
  const directory = join(theRun().directory, id)
  const account = wish.as === 'root' ? ROOT : theRun().tester
  const home = join(directory, 'home')
  mkdirSync(home, { recursive: true, mode: 0o755 })
  giveTo(account, home)
  const { projects = ['web'], projectVariables = {}, workloads = [{ name: 'api' }] } = wish
  const path = join(directory, 'workspace')
  const workspace = await makeWorkspace(
    path,
    { environment: `test-${id}`, projects, projectVariables, ...(wish.engine && { engine: wish.engine }) },
    account,
  )
  const namespace = await takeNamespace()
  await Promise.all(workloads.map(workload => startWorkload(namespace, workload)))
  return describeScenario({
    directory,
    namespace,
    person: createPerson(account, home, wish.engine),
    workspace,
  })
}

/** For a scenario that several tests share: fails when anything of ours is left, and removes it. */
export async function closeScenario(scenario: Scenario): Promise<void> {
  try {
    await assertNothingLeft(scenario)
  } finally {
    await removeScenario(scenario)
  }
}

export async function assertNothingLeft({ workspace }: Scenario): Promise<void> {
  await eventually(async () => expect(await leftoversOf(workspace)).toEqual([]))
}

export async function removeScenario({ person, workspace, namespace, directory }: Scenario): Promise<void> {
  await person.killAll()
  await removeAllOf(workspace.path, workspace.engine)
  await giveBackNamespace(namespace)
  rmSync(directory, { recursive: true, force: true })
}

function describeScenario(
  base: Pick<Scenario, 'directory' | 'namespace' | 'person' | 'workspace'>,
): Scenario {
  const { namespace, workspace } = base
  const attach: Scenario['attach'] = (mode, { workload = 'api', options = [], command }) => [
    ...['kde-tp', mode, namespace, workload, '--workspace', workspace.path, ...options],
    ...(command === undefined ? [] : ['--', ...command]),
  ]
  const composeProject = `kde-tp-${workspace.environment}`
  return {
    ...base,
    names: {
      composeProject,
      keeper: `${composeProject}-keeper`,
      holder: `${composeProject}-net-${namespace}`,
      session: `kde-telepresence-session-${workspace.environment}-${namespace}`,
      devContainer: (project = 'web') => `${composeProject}-dev-${namespace}-${project}`,
    },
    attach,
    // A node agent keeps the next attach of its workload waiting.
    intercept: ({ project = 'web', port = '8080:http', options = [], ...words } = {}) =>
      attach('intercept', {
        ...words,
        options: ['--agent', 'sidecar', '--project', project, '--port', port, ...options],
      }),
    async answererOf(workload = 'api') {
      const { status, body } = await askInCluster(`http://${workload}.${namespace}/`)
      if (status === 0) return 'nobody'
      return body.startsWith('answered by the dev container') ? 'the dev container' : 'the cluster'
    },
  }
}
