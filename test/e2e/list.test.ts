import { readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { expect, test } from 'vitest'
import type { EnvironmentStatus } from '../../session/engine-status.ts'
import type { ListedWorkload } from '../../session/listing.ts'
import { apply, kubectl } from './harness/cluster.ts'
import { inspect, namesOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { type IndependentClient, withIndependentClient } from './harness/independent-client.ts'
import { leftoversOf, snapshotOf } from './harness/leftovers.ts'
import type { Started } from './harness/person.ts'
import { refusalOf } from './harness/refusal.ts'
import { type Scenario, type ScenarioWish, within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'
import { manifestOf } from './harness/workload.ts'

const two: ScenarioWish = { workloads: [{ name: 'api' }, { name: 'worker' }] }
const listed = ({ namespace, workspace }: Scenario, ...options: readonly string[]) => [
  ...['kde-tp', 'list', namespace, '--workspace', workspace.path, ...options],
]

test(
  'S-16, S-24, S-25, S-51, D-07: without a session it lists what is in the cluster, and leaves nothing',
  within(two, async scenario => {
    const { person, namespace, workspace } = scenario
    const scaledToNothing = manifestOf(namespace, { name: 'nothing', kind: 'StatefulSet', replicas: 0 })
    await apply([imageless(namespace), scaledToNothing])
    const before = snapshotOf(workspace)
    await eventually(async () => {
      const { exitCode, stdout, stderr } = await person.run(listed(scenario))
      expect(exitCode, stderr).toBe(0)
      expect(columnsOf(stdout)).toEqual([
        ['WORKLOAD', 'STATUS', 'INTERCEPT', 'KIND', 'AGENT', 'PORTS', 'HELD BY'],
        ['api', 'ready', '-', 'Deployment', 'none', '-', '-'],
        [
          'broken',
          expect.stringMatching(/^not ready: 0 of 2, (ErrImagePull|ImagePullBackOff)$/),
          ...['-', 'Deployment', 'none', '-', '-'],
        ],
        ['nothing', 'scaled to 0', '-', 'StatefulSet', 'none', '-', '-'],
        ['worker', 'ready', '-', 'Deployment', 'none', '-', '-'],
      ])
    })
    expect(await namesOf('container', workspace.path)).toEqual([])
    expect(snapshotOf(workspace)).toEqual(before)
    expect(await leftoversOf(workspace)).toEqual([])
  }),
)

test(
  'S-24, S-25: it shows who holds a workload and from where: ours by name, and that another session does',
  within({ workloads: ['api', 'mail', 'web', 'worker'].map(name => ({ name })) }, async scenario => {
    const { person, namespace, names } = scenario
    const serving = await startServing(scenario)
    const { Id } = await inspect(names.session)
    expect(await completionsOf(scenario, 'list')).toContain(namespace)
    expect(await completionsOf(scenario, 'intercept', namespace)).toEqual(['api', 'mail', 'web', 'worker'])
    await withIndependentClient(namespace, async client => {
      await take(client, ['replace', 'worker', '--port', '9:http'])
      await take(client, ['intercept', 'web', '--port', '10:http', '--node-agent=false'])
      await take(client, ['wiretap', 'mail', '--port', '11:http', '--node-agent'])
      await eventually(async () => {
        const workloads = await workloadsOf(scenario)
        expect(Object.fromEntries(workloads.map(toHeld))).toEqual({
          api: {
            agent: 'sidecar',
            isHeld: true,
            holdings: [
              {
                kind: 'ours',
                attachment: {
                  mode: 'intercept',
                  workload: 'api',
                  ports: [{ local: 8080, remote: 'http' }],
                  agent: 'sidecar',
                },
                holder: `${person.account.name}@${hostname()}`,
                project: 'web',
                devContainer: names.devContainer(),
              },
            ],
          },
          mail: { agent: 'node', isHeld: true, holdings: [{ kind: 'another session' }] },
          // Telepresence says nothing of it, so neither do we.
          web: { agent: 'sidecar', isHeld: 'unknown', holdings: [] },
          worker: {
            agent: 'sidecar',
            isHeld: true,
            holdings: [{ kind: 'another session', mode: 'replace' }],
          },
        })
      })
      const { stdout } = await person.run(listed(scenario))
      const rows = columnsOf(stdout)
      expect(rows.find(([name]) => name === 'api')?.slice(1, 3)).toEqual(['ready', 'intercepted'])
      expect(rows.find(([name]) => name === 'mail')?.at(-1)).toBe('another session')
    })
    expect((await inspect(names.session)).Id).toBe(Id)
    serving.signal('SIGTERM')
    await serving.ended
    // The sidecar stays, and may serve anybody.
    await eventually(async () => {
      const [api] = await workloadsOf(scenario)
      expect(api && toHeld(api)[1]).toEqual({ agent: 'sidecar', isHeld: 'unknown', holdings: [] })
    })
  }),
)

test(
  'a namespace of 450 workloads is listed whole, also to a reader who takes their time',
  within({ workloads: [] }, async scenario => {
    const names = Array.from({ length: 450 }, (_, index) => `${'long-'.repeat(10)}${index}`).toSorted()
    await apply(names.map(name => manifestOf(scenario.namespace, { name, replicas: 0 })))
    const slowly = ['bash', '-c', '"$@" | { sleep 2; cat; }', 'bash', ...listed(scenario, '--format', 'json')]
    const { stdout } = await scenario.person.run(slowly)
    // More than a pipe takes at once.
    expect(stdout.length).toBeGreaterThan(65_536)
    expect(
      workloadsIn(stdout)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(names)
  }),
)

test(
  'S-23: a namespace that is left out is chosen at a terminal, and Ctrl-C there leaves nothing',
  within({ workloads: [] }, async ({ person, workspace }) => {
    const words = ['kde-tp', 'list', '--workspace', workspace.path]
    const chosen = person.start(words, { terminal: true })
    await asked(chosen)
    chosen.write('\r')
    expect((await chosen.ended).exitCode).toBe(0)
    // The first of all namespaces is the traffic-manager's.
    expect(chosen.stdout()).toContain('traffic-manager')

    const left = person.start(words, { terminal: true })
    await asked(left)
    left.write('\x03')
    expect((await left.ended).exitCode).toBe(130)
    expect(await refusalOf({ person }, words)).toMatchObject({ code: 'USAGE', exitCode: 2 })
    expect(await leftoversOf(workspace)).toEqual([])
  }),
)

test(
  'a namespace that is not there, one without workloads, and one that may not be seen are told apart',
  within({ workloads: [] }, async scenario => {
    const { person, namespace, workspace } = scenario
    const unknown = ['kde-tp', 'list', `${namespace}-x`, '--workspace', workspace.path]
    expect(await refusalOf(scenario, unknown)).toMatchObject({
      code: 'NAMESPACE_UNKNOWN',
      hint: expect.stringContaining(namespace),
    })
    const { exitCode, stderr } = await person.run(listed(scenario))
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('has no Deployment')])
    await withoutRights(scenario)
    expect(await refusalOf(scenario, listed(scenario))).toMatchObject({
      code: 'CLUSTER_FORBIDDEN',
      detail: expect.stringContaining('deployments.apps is forbidden'),
    })
  }),
)

test(
  'status shows sessions, attachments and dev containers of all workspaces, and --watch each change',
  within(two, async scenario => {
    const { person, workspace, namespace, names } = scenario
    // From a directory that is no workspace.
    const watching = person.start(['kde-tp', 'status', '--watch', '--format', 'json'])
    await eventually(() => expect(watching.stdout()).toContain('"type":"status"'))
    expect(await statusOf(scenario)).toBeUndefined()
    const serving = await startServing(scenario)
    const owner = `${person.account.name}@${hostname()}`
    const createdAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT/)
    expect(await statusOf(scenario)).toEqual({
      workspace: workspace.path,
      environment: workspace.environment,
      composeProject: names.composeProject,
      keeper: 'running',
      repairs: [],
      sessions: [
        { container: names.session, namespace, owner, createdAt, state: 'connected', alsoProxy: [] },
      ],
      devContainers: [
        {
          container: names.devContainer(),
          image: 'kde-tp-sandbox/dev:1',
          ...{ namespace, owner, createdAt, state: 'running', project: 'web', life: 'leased' },
          attachment: {
            mode: 'intercept',
            workload: 'api',
            ports: [{ local: 8080, remote: 'http' }],
            agent: 'sidecar',
          },
          published: [],
        },
      ],
    })
    const { stdout } = await person.run(['kde-tp', 'status'])
    expect(stdout).toContain(`Environment ${workspace.environment} of ${workspace.path}, keeper running`)
    serving.signal('SIGTERM')
    await serving.ended
    await eventually(() => {
      const seen = statusesIn(watching.stdout()).map(all => all.find(ofThis(scenario)))
      expect(
        seen.some(status => status?.devContainers.length === 1),
        watching.stderr(),
      ).toBe(true)
      expect(seen.at(-1), watching.stderr()).toBeUndefined()
    })
    watching.signal('SIGTERM')
    expect((await watching.ended).exitCode).toBe(143)
  }),
)

const imageless = (namespace: string): object => {
  const name = 'broken'
  const pod = {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name, image: 'localhost:9/none:1' }] },
  }
  const spec = { replicas: 2, selector: { matchLabels: { app: name } }, template: pod }
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec }
}

const columnsOf = (table: string): readonly (readonly string[])[] =>
  table
    .trimEnd()
    .split('\n')
    .map(line => line.split(/ {3,}/))

async function workloadsOf(scenario: Scenario): Promise<readonly ListedWorkload[]> {
  const { stdout, stderr } = await scenario.person.run(listed(scenario, '--format', 'json'))
  expect(stdout, stderr).toContain('"type":"workloads"')
  return workloadsIn(stdout)
}

function workloadsIn(stdout: string): readonly ListedWorkload[] {
  const [first = ''] = stdout.split('\n')
  return (JSON.parse(first) as { readonly workloads: readonly ListedWorkload[] }).workloads
}

const toHeld = ({ name, agent, isHeld, holdings }: ListedWorkload) =>
  [name, { agent, isHeld, holdings }] as const

/** What a shell is offered for the next word. */
async function completionsOf({ person, workspace }: Scenario, name: string, ...words: readonly string[]) {
  const typed = [name, '--workspace', workspace.path, ...words, '']
  const { stdout } = await person.run(['kde-tp', '__completeNoDesc', ...typed])
  return stdout.split('\n').filter(line => line !== '' && !line.startsWith(':'))
}

async function take(client: IndependentClient, words: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await client.telepresence([...words, '--mount=false'])
  expect(exitCode, stdout + stderr).toBe(0)
}

const asked = ({ stdout, stderr }: Started): Promise<void> =>
  eventually(() => expect(stdout() + stderr()).toContain('Namespace:'))

/** The person becomes somebody whom the cluster knows, and who may nothing. */
async function withoutRights({ namespace, workspace }: Scenario): Promise<void> {
  await eventually(() => kubectl(['--namespace', namespace, 'get', 'serviceaccount', 'default']))
  const token = await kubectl(['--namespace', namespace, 'create', 'token', 'default'])
  const kubeconfig = readFileSync(workspace.kubeconfigPath, 'utf8')
    .replace(/client-certificate-data: .*/, `token: ${token}`)
    .replace(/.*client-key-data: .*/, '')
  writeFileSync(workspace.kubeconfigPath, kubeconfig)
}

const ofThis =
  ({ workspace }: Scenario) =>
  (status: EnvironmentStatus): boolean =>
    status.workspace === workspace.path

async function statusOf(scenario: Scenario): Promise<EnvironmentStatus | undefined> {
  const { stdout } = await scenario.person.run(['kde-tp', 'status', '--format', 'json'])
  return statusesIn(stdout).at(-1)?.find(ofThis(scenario))
}

const statusesIn = (stdout: string): readonly (readonly EnvironmentStatus[])[] =>
  stdout
    .split('\n')
    .filter(line => line.endsWith('}') && line.includes('"type":"status"'))
    .map(line => (JSON.parse(line) as { readonly environments: readonly EnvironmentStatus[] }).environments)
