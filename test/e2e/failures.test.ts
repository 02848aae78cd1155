import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { APP_IMAGE } from './harness/app-image.ts'
import { apply, kubectl } from './harness/cluster.ts'
import { eventually } from './harness/eventually.ts'
import { withIndependentClient } from './harness/independent-client.ts'
import { withExpiredToken, withoutCertificate } from './harness/kubeconfig.ts'
import { leftoversOf, snapshotOf } from './harness/leftovers.ts'
import { type Refusal, refusalOf } from './harness/refusal.ts'
import {
  closeScenario,
  type InterceptWords,
  openScenario,
  type Scenario,
  within,
} from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'
import { manifestOf } from './harness/workload.ts'
import { giveTo, makeWorkspace, type Workspace } from './harness/workspace.ts'

const HOLD = ['--port', '9:http', '--node-agent=false', '--mount=false']

/** Of all tests that start nothing, and so can share one. */
let scenario: Scenario

beforeAll(async () => {
  scenario = await openScenario({})
  const broken = manifestOf(scenario.namespace, { name: 'broken' })
  await apply([withImage(broken, 'nobody/has-it:1')])
})
afterAll(() => closeScenario(scenario))

/** Runs a call that is right but for the words given, and looks that it has changed nothing. */
async function refused(
  words: InterceptWords & { readonly namespace?: string } = {},
  env = {},
): Promise<Refusal> {
  const call = scenario.intercept({ command: ['true'], ...words })
  const { namespace = scenario.namespace } = words
  const before = snapshotOf(scenario.workspace)
  const refusal = await refusalOf(
    scenario,
    call.map(word => (word === scenario.namespace ? namespace : word)),
    { env },
  )
  expect(snapshotOf(scenario.workspace)).toEqual(before)
  expect(await leftoversOf(scenario.workspace)).toEqual([])
  return refusal
}

describe('nothing is changed, and the code says why, where', () => {
  test.concurrent('no engine answers', async () => {
    const refusal = await refused({}, { DOCKER_HOST: 'unix:///nowhere/docker.sock' })
    expect(refusal).toMatchObject({ code: 'ENGINE_UNREACHABLE', exitCode: 5 })
  })

  test.concurrent('there is no such namespace', async () => {
    expect(await refused({ namespace: 'nobody-has-it' })).toMatchObject({
      code: 'NAMESPACE_UNKNOWN',
      exitCode: 6,
    })
  })

  test.concurrent('there is no such workload', async () => {
    const refusal = await refused({ workload: 'website' })
    expect(refusal).toMatchObject({ code: 'WORKLOAD_UNKNOWN', exitCode: 6 })
    expect(refusal.hint).toContain('api')
  })

  // S-63
  test.concurrent('no pod of the workload is ready', async () => {
    const refusal = await refused({ workload: 'broken' })
    expect(refusal).toMatchObject({ code: 'WORKLOAD_NOT_READY', exitCode: 6 })
  })

  test.concurrent('no service of the workload has such a port', async () => {
    const refusal = await refused({ port: '8080:metrics' })
    expect(refusal).toMatchObject({ code: 'PORT_UNKNOWN', exitCode: 6 })
    expect(refusal.hint).toContain('http')
  })

  test.concurrent('there is no such project', async () => {
    expect(await refused({ project: 'shop' })).toMatchObject({ code: 'PROJECT_UNKNOWN', exitCode: 3 })
  })

  test.concurrent('there is no such environment', async () => {
    const refusal = await refused({ options: ['--environment', 'staging'] })
    expect(refusal).toMatchObject({ code: 'ENVIRONMENT_UNKNOWN', exitCode: 3 })
    expect(refusal.hint).toContain(scenario.workspace.environment)
  })

  test.concurrent('there is neither workspace nor kubeconfig', async () => {
    const refusal = await refused({ options: ['--workspace', scenario.person.home] })
    expect(refusal).toMatchObject({ code: 'WORKSPACE_MISSING', exitCode: 3 })
  })

  test.concurrent('the image is not here and cannot be pulled', async () => {
    const refusal = await refused({ options: ['--image', 'localhost:9/nobody/has-it:1'] })
    expect(refusal).toMatchObject({ code: 'IMAGE_MISSING', exitCode: 4 })
    expect(refusal.detail).toContain('localhost:9')
  })

  test.concurrent('the image has no bash', async () => {
    const refusal = await refused({ options: ['--image', APP_IMAGE] })
    expect(refusal).toMatchObject({ code: 'NO_BASH', exitCode: 4 })
  })

  test.concurrent('the runtime image is not here and cannot be pulled', async () => {
    const refusal = await refused({}, { KDE_TP_IMAGE: 'localhost:9/kde-tp/runtime:1' })
    expect(refusal).toMatchObject({ code: 'IMAGE_MISSING', exitCode: 4 })
  })

  test.concurrent.for([
    ['an option is unknown', 'OPTION_UNKNOWN', ['--porject', 'web']],
    ['an option lacks its value', 'USAGE', ['--image']],
    ['a local port is none', 'PORT_UNUSABLE', ['--port', '99999:http']],
    ['one local port is named twice', 'PORT_TWICE', ['--port', '8080:https']],
    ['an agent is neither of the two', 'USAGE', ['--agent', 'daemon']],
    ['a network is none', 'CIDR_UNUSABLE', ['--also-proxy', 'office']],
    ['a variable has no name', 'USAGE', ['--env', '=value']],
  ] as const)('%s', async ([, code, options]) => {
    expect(await refused({ options })).toMatchObject({ code, exitCode: 2 })
  })

  test.concurrent('the workload is written in capitals', async () => {
    const refusal = await refused({ workload: 'API' })
    expect(refusal).toMatchObject({ code: 'NAME_UNUSABLE', exitCode: 2 })
    expect(refusal.hint).toContain('api')
  })

  test.concurrent('the command is unknown, and the nearest one is named', async () => {
    const words = ['kde-tp', 'intercpt', ...scenario.intercept().slice(2)]
    const refusal = await refusalOf(scenario, words)
    expect(refusal).toMatchObject({ code: 'COMMAND_UNKNOWN', exitCode: 2 })
    expect(refusal.message).toContain('"intercept"')
    expect(await leftoversOf(scenario.workspace)).toEqual([])
  })

  test.concurrent('what is missing could only be asked for', async () => {
    const words = ['kde-tp', 'intercept', scenario.namespace, 'api', '--workspace', scenario.workspace.path]
    const withoutPort = await scenario.person.run([...words, '--project', 'web'])
    expect(withoutPort).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--port') })
    const withoutProject = await scenario.person.run([...words, '--port', '8080:http'])
    expect(withoutProject).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--project') })
  })
})

describe('with a kubeconfig of which', () => {
  test.concurrent.for([
    ['there is none', 'KUBECONFIG_MISSING', 3, undefined],
    ['nothing is left', 'KUBECONFIG_EMPTY', 3, () => ''],
    ['the YAML is broken', 'KUBECONFIG_NOT_YAML', 3, (text: string) => `${text}\nusers: [`],
    ['the token has expired', 'CREDENTIAL_EXPIRED', 3, withExpiredToken],
    [
      'the context is gone',
      'KUBECONFIG_INVALID',
      3,
      (text: string) => text.replace(/current-context: .*/, 'current-context: gone'),
    ],
    [
      'the server is silent',
      'CLUSTER_UNREACHABLE',
      6,
      (text: string) => text.replace(/server: .*/, 'server: https://demo-control-plane:9'),
    ],
    [
      'the server has no such name',
      'CLUSTER_UNREACHABLE',
      6,
      (text: string) => text.replace(/server: .*/, 'server: https://nobody.invalid:6443'),
    ],
    ['the person is unknown', 'CLUSTER_FORBIDDEN', 6, (text: string) => withoutCertificate(text)],
  ] as const)('%s, nothing is changed and the code is %s', async ([title, code, exitCode, change]) => {
    const workspace = await anotherWorkspace(title.replaceAll(' ', '-'))
    changeKubeconfig(workspace, change)
    expect(await refusedIn(workspace)).toMatchObject({ code, exitCode })
  })
})

// S-45
test.concurrent('where there is no traffic-manager and nobody agreed to one, none is installed', async () => {
  const workspace = await anotherWorkspace('unmanaged')
  const { environmentPath } = workspace
  writeFileSync(join(environmentPath, '.env'), `TELEPRESENCE_MANAGER_NAMESPACE=${scenario.namespace}\n`)
  const refusal = await refusedIn(workspace, ['--yes'])
  expect(refusal).toMatchObject({ code: 'TRAFFIC_MANAGER_MISSING', exitCode: 4 })
  expect(refusal.hint).toContain('--install-traffic-manager')
  const deployments = await kubectl([
    '--namespace',
    scenario.namespace,
    'get',
    'deployments',
    '--output',
    'name',
  ])
  expect(deployments).not.toContain('traffic-manager')
})

test.concurrent('who may not connect is told which rights they lack, and not that anything is missing', async () => {
  const workspace = await anotherWorkspace('without-rights')
  const token = await kubectl(['--namespace', scenario.namespace, 'create', 'token', 'default'])
  changeKubeconfig(workspace, text => withoutCertificate(text, token))
  const refusal = await refusedIn(workspace)
  expect(refusal).toMatchObject({ code: 'CLUSTER_FORBIDDEN', exitCode: 6 })
  expect(refusal.message).toContain('pods/portforward in namespace ambassador')
})

test.concurrent('who may connect, and not see the namespace, is told which rights they lack there', async () => {
  const workspace = await anotherWorkspace('without-namespace')
  const { namespace } = scenario
  const user = `system:serviceaccount:${namespace}:connecting`
  await kubectl(['--namespace', namespace, 'create', 'serviceaccount', 'connecting'])
  await apply(mayConnect(namespace, user))
  try {
    const token = await kubectl(['--namespace', namespace, 'create', 'token', 'connecting'])
    changeKubeconfig(workspace, text => withoutCertificate(text, token))
    const refusal = await refusedIn(workspace)
    expect(refusal).toMatchObject({ code: 'CLUSTER_FORBIDDEN', exitCode: 6 })
    expect(refusal.message).toContain(`list deployments in namespace ${namespace}`)
  } finally {
    await kubectl(['--namespace', 'ambassador', 'delete', 'role,rolebinding', `may-connect-${namespace}`])
  }
})

// S-64
test(
  'what another project of the session has is refused, and that project goes on',
  within({ projects: ['web', 'jobs'], workloads: [{ name: 'api' }, { name: 'worker' }] }, async running => {
    const { intercept, answererOf, workspace } = running
    const serving = await startServing(running)
    const refusal = (words: InterceptWords): Promise<Refusal> =>
      refusalOf(running, intercept({ command: ['true'], ...words }))
    const refusals = [
      await refusal({ workload: 'worker', project: 'jobs' }),
      await refusal({ port: '9090:http' }),
      await refusal({ project: 'jobs', port: '9090:http' }),
      await refusal({ workload: 'worker', port: '9090:http' }),
      await refusal({
        workload: 'worker',
        project: 'jobs',
        port: '9090:http',
        options: ['--also-proxy', '10.99.0.0/16'],
      }),
    ]
    expect(refusals.map(({ code, exitCode }) => [code, exitCode])).toEqual([
      ['PORT_TAKEN', 7],
      ['ALREADY_ATTACHED', 7],
      ['ALREADY_ATTACHED', 7],
      ['PROJECT_IN_USE', 7],
      ['SESSION_DIFFERS', 7],
    ])
    expect(refusals[0]?.message).toContain('"web"')
    expect(await answererOf('api')).toBe('the dev container')
    expect(await answererOf('worker')).toBe('the cluster')
    serving.signal('SIGTERM')
    await serving.ended
    await eventually(async () => expect(await leftoversOf(workspace)).toEqual([]))
  }),
)

test(
  'a workload that somebody else holds is not taken from them, and who holds it is said; once they leave it, it is free',
  within({}, async taken => {
    await withIndependentClient(taken.namespace, async client => {
      await eventually(async () => {
        const held = await client.telepresence(['intercept', 'api', ...HOLD])
        expect(held.exitCode, held.stderr).toBe(0)
      })
      const refusal = await refusalOf(taken, taken.intercept({ command: ['true'] }))
      expect(refusal).toMatchObject({ code: 'INTERCEPT_TAKEN', exitCode: 7 })
      expect(refusal.message).toMatch(/^\S*root@\S+ holds "api" already\.$/)
      await eventually(async () => expect(await leftoversOf(taken.workspace)).toEqual([]))
      const list = await client.telepresence(['list'])
      expect(list.stdout).toMatch(/api.*intercepted/)
      await client.telepresence(['detach', 'api'])
      expect(await taken.person.run(taken.intercept({ command: ['true'] }))).toMatchObject({ exitCode: 0 })
    })
  }),
)

/** A workspace beside the shared one. */
function anotherWorkspace(name: string): Promise<Workspace> {
  const { directory, person } = scenario
  return makeWorkspace(join(directory, name), { environment: name, projects: ['web'] }, person.account)
}

/** Undefined for one that is not there. */
function changeKubeconfig(workspace: Workspace, change: ((text: string) => string) | undefined): void {
  if (change === undefined) rmSync(workspace.kubeconfigPath)
  else writeFileSync(workspace.kubeconfigPath, change(readFileSync(workspace.kubeconfigPath, 'utf8')))
}

/** Runs a call that is right but for the workspace, and looks that it has changed nothing. */
async function refusedIn(workspace: Workspace, options: readonly string[] = []): Promise<Refusal> {
  giveTo(scenario.person.account, workspace.path)
  const before = snapshotOf(workspace)
  const words = scenario.intercept({
    command: ['true'],
    options: ['--workspace', workspace.path, ...options],
  })
  const refusal = await refusalOf(scenario, words)
  expect(snapshotOf(workspace)).toEqual(before)
  expect(await leftoversOf(workspace)).toEqual([])
  return refusal
}

/** What Telepresence's RBAC reference gives a person who connects, and nothing else. */
function mayConnect(namespace: string, user: string): readonly object[] {
  const metadata = { name: `may-connect-${namespace}`, namespace: 'ambassador' }
  const apiGroup = 'rbac.authorization.k8s.io'
  const rules = [
    { apiGroups: [''], resources: ['services', 'pods'], verbs: ['get', 'list'] },
    { apiGroups: [''], resources: ['pods/portforward'], verbs: ['create'] },
  ]
  return [
    { apiVersion: `${apiGroup}/v1`, kind: 'Role', metadata, rules },
    {
      apiVersion: `${apiGroup}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup, kind: 'Role', name: metadata.name },
      subjects: [{ apiGroup, kind: 'User', name: user }],
    },
  ]
}

function withImage(object: object, image: string): object {
  return JSON.parse(
    JSON.stringify(object).replace(/"image":"[^"]*"/, `"image":${JSON.stringify(image)}`),
  ) as object
}
