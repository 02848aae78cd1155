import { describe, expect, test } from 'vitest'
import type { Mode } from '../../session/mode.ts'
import { askInCluster, kubectl, podsOf, sendInCluster } from './harness/cluster.ts'
import { docker, inspect } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { leftoversOf } from './harness/leftovers.ts'
import { type Combination, pairwise } from './harness/pairwise.ts'
import type { Started } from './harness/person.ts'
import { startProbe } from './harness/probe.ts'
import { partOf } from './harness/random.ts'
import { type Scenario, within } from './harness/scenario.ts'
import type { WorkloadWish } from './harness/workload.ts'
import { makeWorkspace } from './harness/workspace.ts'

// S-06, S-07, S-08, S-09, S-10, S-11, S-12, S-13, S-18, S-19, S-20, S-21, S-34: what becomes of a workload's requests, its container and its environment, in each mode.

const DIMENSIONS = {
  mode: ['replace', 'intercept', 'wiretap', 'ingest'],
  kind: ['Deployment', 'StatefulSet', 'ReplicaSet', 'without a service'],
  ports: ['one', 'two, one of them UDP'],
  named: ['by name', 'by number'],
  agent: ['sidecar', 'node'],
  containers: ['one', 'two'],
} as const
type Row = Combination<typeof DIMENSIONS>

const rows = pairwise(
  DIMENSIONS,
  ({ mode, agent, ports, named }) =>
    !(mode === 'replace' && agent === 'node') &&
    // Agents lose UDP that they do not intercept (docs/decisions/0014).
    (ports === 'one' || (mode === 'intercept' && agent === 'node')) &&
    // It has none to name.
    !(mode === 'ingest' && named !== 'by name'),
)

const title = ({ mode, kind, ports, named, agent, containers }: Row): string => {
  const taken = mode === 'ingest' ? '' : `, ${ports} ${ports === 'one' ? 'port' : 'ports'} ${named}`
  return `${mode}: ${kind}, ${containers} ${containers === 'one' ? 'container' : 'containers'}${taken}, ${agent}`
}

const HTTP = { name: 'http', port: 80, containerPort: 8080 }
const DATAGRAM = { name: 'datagram', port: 81, containerPort: 8081, protocol: 'UDP' } as const
const GREETING = { name: 'GREETING', value: 'hello from the main' }

const workloadOf = ({ kind, ports, containers }: Row): WorkloadWish => ({
  name: 'api',
  ports: ports === 'one' ? [HTTP] : [HTTP, DATAGRAM],
  env: [GREETING],
  hasSide: containers === 'two',
  ...(kind === 'without a service'
    ? { annotatedPorts: ports === 'one' ? '8080' : '8080,8081/UDP' }
    : { kind }),
})

function optionsOf(row: Row): readonly string[] {
  const { mode, agent, containers } = row
  const takesContainer = mode === 'replace' || mode === 'ingest'
  return [
    ...['--project', 'web', '--env', 'SHOW_REQUESTS=1'],
    ...(mode === 'ingest' ? [] : portOptionsOf(row)),
    ...(mode === 'replace' ? [] : ['--agent', agent]),
    ...(containers === 'two' && takesContainer ? ['--container', 'api'] : []),
  ]
}

function portOptionsOf({ mode, kind, ports, named }: Row): readonly string[] {
  const isOfContainer = mode === 'replace' || kind === 'without a service'
  const numbers = isOfContainer ? ['8080/tcp', '8081/udp'] : ['80', '81/udp']
  const [http, datagram] = named === 'by name' ? ['http', 'datagram'] : numbers
  return ['--port', `3001:${http}`, ...(ports === 'one' ? [] : ['--port', `3002:${datagram}`])]
}

const SERVE = 'echo "$GREETING"; python3 serve.py 3002 & exec python3 serve.py 3001'
const BY_CLUSTER = expect.stringMatching(/^answered by the cluster: api-/)
const BY_DEV_CONTAINER = `answered by the dev container: ${GREETING.value}\n`

/** Where the workload is asked: at its service or, where it has none, at its pod. */
async function addressOf({ namespace }: Scenario, { kind }: Row): Promise<string> {
  if (kind !== 'without a service') return `api.${namespace}`
  const running = ['--selector', 'app=api', '--field-selector', 'status.phase=Running']
  const address = 'jsonpath={.items[0].status.podIP}:8080'
  return kubectl(['--namespace', namespace, 'get', 'pods', ...running, '--output', address])
}

async function bodyOf(scenario: Scenario, row: Row): Promise<string> {
  return (await askInCluster(`http://${await addressOf(scenario, row)}/`)).body
}

async function datagramOf(scenario: Scenario, row: Row): Promise<string> {
  const address = await addressOf(scenario, row)
  return sendInCluster(address.includes(':') ? address.replace(':8080', ':8081') : `${address}:81`)
}

interface PodState {
  readonly containers: readonly string[]
  readonly isReady: boolean
}

/** The workload's pods that are not ending, without what an agent adds. */
async function podStatesOf(namespace: string): Promise<readonly PodState[]> {
  const list = await kubectl([
    '--namespace',
    namespace,
    'get',
    'pods',
    '--selector',
    'app=api',
    '--output',
    'json',
  ])
  const { items } = JSON.parse(list) as { readonly items: readonly PodObject[] }
  return items
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ spec, status }) => ({
      containers: spec.containers.filter(({ name }) => name !== 'traffic-agent').map(({ image }) => image),
      isReady: status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false,
    }))
}

interface PodObject {
  readonly metadata: { readonly deletionTimestamp?: string }
  readonly spec: { readonly containers: readonly { readonly name: string; readonly image: string }[] }
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
}

const requestsGoTo: Readonly<Record<Mode, 'here' | 'the cluster'>> = {
  replace: 'here',
  intercept: 'here',
  wiretap: 'the cluster',
  ingest: 'the cluster',
}

async function expectRequests(scenario: Scenario, row: Row, started: Started): Promise<void> {
  const body = requestsGoTo[row.mode] === 'here' ? BY_DEV_CONTAINER : BY_CLUSTER
  await eventually(async () => {
    expect(started.stdout(), started.stderr()).toContain(`${GREETING.value}\n`)
    expect(await bodyOf(scenario, row), started.stderr()).toEqual(body)
    if (row.ports !== 'one') expect(await datagramOf(scenario, row)).toEqual(body)
    const seen = row.mode === 'ingest' ? [] : row.ports === 'one' ? ['GET /'] : ['GET /', 'datagram']
    for (const request of seen) expect(started.stdout()).toContain(`${request}\n`)
  })
  if (row.mode === 'ingest') expect(started.stdout()).not.toContain('GET /')
}

console.log(rows.map(title).join('\n'))

describe('the requests, the container and the environment of a workload', () => {
  test.concurrent.for(partOf(rows, 2))('$mode, $kind, $ports, $named, $agent, $containers', row =>
    within({ workloads: [workloadOf(row)] }, async scenario => {
      const { namespace, person, attach } = scenario
      const before = await podStatesOf(namespace)
      const names = await podsOf(namespace, 'api')
      const command = ['bash', '-c', SERVE]
      const started = person.start(attach(row.mode, { options: optionsOf(row), command }))
      await expectRequests(scenario, row, started)
      const all = before[0]?.containers ?? []
      const left = row.mode === 'replace' ? all.slice(1) : all
      await eventually(async () =>
        expect(await podStatesOf(namespace)).toEqual([{ containers: left, isReady: true }]),
      )
      if (row.agent === 'node') expect(await podsOf(namespace, 'api')).toEqual(names)
      started.signal('SIGTERM')
      expect((await started.ended).exitCode).toBe(143)
      await eventually(async () => {
        expect(await bodyOf(scenario, row)).toEqual(BY_CLUSTER)
        expect(await podStatesOf(namespace)).toEqual(before)
      })
      if (row.agent === 'node') expect(await podsOf(namespace, 'api')).toEqual(names)
    })(),
  )
})

describe('a workload that no service selects and no annotation names ports of', () => {
  const alone = { workloads: [{ name: 'api', annotatedPorts: '' }] }
  test.concurrent.for(partOf(['replace', 'intercept', 'wiretap'] as const, 1))(
    'is refused by %s, and not touched',
    mode =>
      within(alone, async ({ namespace, person, attach, workspace }) => {
        const before = await podsOf(namespace, 'api')
        const options = ['--project', 'web', '--port', '3001:8080', '--format', 'json']
        const { stdout, exitCode } = await person.run(attach(mode, { options, command: ['true'] }))
        expect([exitCode, JSON.parse(stdout)]).toEqual([
          6,
          expect.objectContaining({ code: 'SERVICE_MISSING' }),
        ])
        expect(await podsOf(namespace, 'api')).toEqual(before)
        expect(await leftoversOf(workspace)).toEqual([])
      })(),
  )
})

describe('a workload that answers UDP is refused where that would be lost, and goes on,', () => {
  const losing: readonly (readonly [Mode, readonly string[]])[] = [
    ['replace', ['--port', '3001:http']],
    ['wiretap', ['--port', '3001:http']],
    ['ingest', []],
    ['intercept', ['--agent', 'node', '--port', '3001:http']],
    ['intercept', ['--agent', 'sidecar', '--port', '3001:http', '--port', '3002:datagram']],
  ]
  test.concurrent.for(partOf(losing, 2))('%s %o', ([mode, options]) =>
    within({ workloads: [{ name: 'api', ports: [HTTP, DATAGRAM] }] }, async scenario => {
      const { namespace, person, attach } = scenario
      const before = await podsOf(namespace, 'api')
      const words = ['--project', 'web', '--format', 'json', ...options]
      const { stdout } = await person.run(attach(mode, { options: words, command: ['true'] }))
      expect(JSON.parse(stdout)).toMatchObject({ code: 'UDP_UNSUPPORTED', exitCode: 6 })
      expect(await podsOf(namespace, 'api')).toEqual(before)
      expect(await sendInCluster(`api.${namespace}:81`)).toEqual(BY_CLUSTER)
    })(),
  )
})

// S-08, S-09, S-12, S-13
describe('no request in the cluster fails', () => {
  const optionsFor = (mode: Mode, agent: string): readonly string[] => [
    ...['--project', 'web', '--agent', agent],
    ...(mode === 'wiretap' ? ['--port', '3001:http'] : []),
  ]
  const command = ['bash', '-c', 'python3 serve.py 3001 & cat']

  test.concurrent.for(partOf(['wiretap', 'ingest'] as const, 1))(
    'of 1000 from before a %s by a sidecar that is there until after it',
    mode =>
      within({}, async ({ namespace, person, attach }) => {
        // The first sidecar starts the pods anew.
        await person.run(attach('ingest', { options: optionsFor('ingest', 'sidecar'), command: ['true'] }))
        const probe = startProbe(`http://api.${namespace}/`)
        const started = person.start(attach(mode, { options: optionsFor(mode, 'sidecar'), command }))
        await eventually(() => expect(started.stderr()).toContain('Open '))
        await eventually(() => expect(probe.answers().length).toBeGreaterThan(900))
        started.endInput()
        expect((await started.ended).exitCode).toBe(0)
        await eventually(() => expect(probe.answers().length).toBeGreaterThan(1000))
        expect((await probe.stop()).filter(({ status }) => status !== 200)).toEqual([])
      })(),
  )

  // As it comes and goes, and with an ingest once in between, a node agent refuses connections for about a second
  // (docs/decisions/0012).
  test.concurrent(
    'of 1000 during a wiretap by a node agent',
    within({}, async ({ namespace, person, attach }) => {
      const started = person.start(attach('wiretap', { options: optionsFor('wiretap', 'node'), command }))
      await eventually(() => expect(started.stderr()).toContain('Open '))
      await eventually(async () => expect((await askInCluster(`http://api.${namespace}/`)).status).toBe(200))
      const probe = startProbe(`http://api.${namespace}/`)
      await eventually(() => expect(probe.answers().length).toBeGreaterThan(1000))
      expect((await probe.stop()).filter(({ status }) => status !== 200)).toEqual([])
      started.endInput()
      expect((await started.ended).exitCode).toBe(0)
    }),
  )
})

const NODE_MODES: readonly Mode[] = ['intercept', 'wiretap', 'ingest']

test(
  'with a node agent, pods stay as they are, however often they are attached',
  within({}, async ({ namespace, person, attach }) => {
    const state = '{range .items[*]}{.metadata.uid} {.status.containerStatuses[*].restartCount}{end}'
    const read = () =>
      kubectl([
        '--namespace',
        namespace,
        'get',
        'pods',
        '--selector',
        'app=api',
        '--output',
        `jsonpath=${state}`,
      ])
    const before = await read()
    const modes: readonly Mode[] = [...NODE_MODES, ...NODE_MODES, ...NODE_MODES, 'ingest']
    for (const mode of partOf(modes, 1)) {
      const port = mode === 'ingest' ? [] : ['--port', '3001:http']
      const options = ['--project', 'web', '--agent', 'node', ...port]
      const ended = await person.run(attach(mode, { options, command: ['true'] }))
      expect(ended.exitCode, ended.stderr).toBe(0)
    }
    expect(await read()).toBe(before)
  }),
  600_000,
)

// S-11, D-04
test(
  'two people with different headers hold one workload, and other requests stay with the cluster',
  within({ workloads: [{ name: 'api', env: [GREETING] }] }, async scenario => {
    const { directory, namespace, person, attach, workspace } = scenario
    const wish = { environment: `${workspace.environment}-b`, projects: ['web'] }
    const other = await makeWorkspace(`${directory}/other`, wish, person.account)
    const serve = (name: string, header: string, ...options: readonly string[]) =>
      person.start(
        attach('intercept', {
          options: [
            '--agent',
            'sidecar',
            '--project',
            'web',
            '--port',
            '3001:http',
            '--header',
            header,
            ...options,
          ],
          command: ['env', `GREETING=${name}`, 'python3', 'serve.py', '3001'],
        }),
      )
    const ada = serve('ada', 'x-developer=ada', '--path-prefix', '/shop')
    const bob = serve('bob', 'x-developer=bob', '--workspace', other.path)
    const ask = async (path: string, ...headers: readonly string[]) =>
      (await askInCluster(`http://api.${namespace}${path}`, headers)).body
    await eventually(async () => {
      expect(await ask('/shop/1', 'x-developer=ada'), ada.stderr()).toBe(
        'answered by the dev container: ada\n',
      )
      expect(await ask('/', 'x-developer=bob'), bob.stderr()).toBe('answered by the dev container: bob\n')
    })
    expect(await ask('/', 'x-developer=ada')).toEqual(BY_CLUSTER)
    expect(await ask('/')).toEqual(BY_CLUSTER)
    expect(await ask('/shop/1', 'x-developer=eve')).toEqual(BY_CLUSTER)
    expect((await inspect(scenario.names.devContainer())).Config.Labels['kde-tp.attachment']).not.toContain(
      '=ada',
    )
    for (const started of [ada, bob]) started.signal('SIGTERM')
    for (const started of [ada, bob]) await started.ended
    await eventually(async () => expect(await ask('/shop/1', 'x-developer=ada')).toEqual(BY_CLUSTER))
    expect(await leftoversOf(other)).toEqual([])
  }),
)

test(
  'the same call with another value of a header is another attachment, and refused',
  within({}, async ({ person, attach, names }) => {
    const words = (value: string) =>
      attach('intercept', {
        options: [
          '--agent',
          'sidecar',
          '--project',
          'web',
          '--port',
          '3001:http',
          '--header',
          `x-developer=${value}`,
        ],
        command: ['cat'],
      })
    const ada = person.start(words('ada'))
    await eventually(async () => expect(await docker(['top', names.devContainer()])).toContain(' cat'))
    expect(await person.run(words('bob'))).toMatchObject({
      exitCode: 7,
      stderr: expect.stringContaining('ALREADY_ATTACHED'),
    })
    expect(await person.run(words('ada'))).toMatchObject({ exitCode: 0 })
    ada.endInput()
    expect((await ada.ended).exitCode).toBe(0)
  }),
)

test(
  "a port of the pod's other containers answers on localhost",
  within({ workloads: [{ name: 'api', hasSide: true }] }, async ({ person, attach }) => {
    const options = ['--agent', 'sidecar', '--project', 'web', '--port', '3001:http', '--to-pod', '9090']
    const command = ['curl', '--silent', '--retry', '5', '--retry-all-errors', 'http://localhost:9090/']
    const ended = await person.run(attach('intercept', { options, command }))
    expect(ended.stdout, ended.stderr).toEqual(BY_CLUSTER)
  }),
)

test(
  'S-47: with a node agent too, what is in the namespace is called by its name alone',
  within({ workloads: [{ name: 'api' }, { name: 'api-service' }] }, async ({ person, namespace, attach }) => {
    const names = ['api-service', `api-service.${namespace}`, 'demo-control-plane']
    const command = ['bash', '-c', names.map(name => `getent hosts ${name}`).join(' && ')]
    const options = ['--project', 'web', '--agent', 'node']
    expect(await person.run(attach('ingest', { options, command }))).toMatchObject({ exitCode: 0 })
  }),
)
