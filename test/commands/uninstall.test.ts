import { test } from 'vitest'
import type { Command } from '../../cli-plugin/command.ts'
import { uninstall } from '../../cli-plugin/commands/uninstall.ts'
import type { ClusterFacts, LookAnswer } from '../../session/facts.ts'
import type { NamespaceFacts, WorkloadState } from '../../session/listing.ts'
import type { ObservedContainer } from '../../session/observed.ts'
import { devContainer, holder, interceptOfApi, keeper, session } from '../fakes/containers.ts'
import type { Answer } from '../fakes/docker.ts'
import { facts, toListed } from '../fakes/intercept-in-fake-world.ts'
import { runIn } from '../fakes/run-in-fake-world.ts'

const workload = (name: string, agent: WorkloadState['agent'], isReplaced = false): WorkloadState => ({
  ...{ kind: 'Deployment', name, desired: 1, ready: 1, reasons: [] },
  ...{ agent, isReplaced },
})

const seeing = (workloads: WorkloadState[], times?: number): Answer => ({
  to: / look --listing /,
  ...(times !== undefined && { times }),
  stdout: JSON.stringify({
    kind: 'facts',
    facts: { namespaceExists: true, refusals: [], workloads },
  } satisfies LookAnswer<NamespaceFacts>),
})

const log = (name: string, clients: string): string =>
  `2026-11-26 17:03:25.3125 debug   userd/serve-grpc : Adding workload DEPLOYMENT/${name}.myapp Available INSTALLED [${clients}]\n`

const around = (...containers: readonly ObservedContainer[]): readonly Answer[] => [
  { to: /^container ls --all /, stdout: containers.map(toListed).join('') },
  { to: /^image inspect /, stdout: '["sha256:1234",null]' },
]
const telling = (lines: string): Answer => ({
  to: /^run --rm --interactive --init .*Adding workload/s,
  stdout: lines,
})
const takingOut: Answer = { to: /^run --rm --interactive --init .*telepresence uninstall/s }
const uninstallIn = (answers: readonly Answer[], ...words: readonly string[]) =>
  runIn(uninstall as Command, { answers }, ...words)

test('S-22, S-26: it takes out the agents that nobody uses, and names who uses the others', async ({
  expect,
}) => {
  const before = seeing(
    [workload('api', 'sidecar'), workload('report', 'node'), workload('web', 'sidecar')],
    1,
  )
  const { exitCode, calls, shown } = await uninstallIn(
    [
      ...around(),
      ...[before, seeing([workload('api', 'sidecar'), workload('web', 'none')])],
      ...[telling(log('api', 'root@bob-desk root@eve-pc') + log('web', '')), takingOut],
    ],
    'myapp',
  )
  expect(exitCode).toBe(0)
  expect(calls.filter(call => takingOut.to.test(call)).map(call => call.split('\n').at(-1))).toEqual([
    'code=$?; kill "$session"; wait "$session"; exit "$code" bash myapp ambassador web',
  ])
  expect(shown).toContain('The agent of api stays, since somebody holds it: root@bob-desk, root@eve-pc.')
})

test('what is held from this engine stays too, an ingest as well, of which Telepresence tells nobody', async ({
  expect,
}) => {
  const ingest = { ...interceptOfApi, mode: 'ingest' as const, ports: [] }
  const { refusal, error, calls } = await uninstallIn(
    [
      ...around(keeper, { ...session, namespace: 'myapp' }, holder, { ...devContainer, attachment: ingest }),
      { ...seeing([workload('api', 'sidecar')]), to: / look --session --listing / },
      telling(log('api', '')),
    ],
    'myapp',
  )
  expect([refusal, error?.detail]).toEqual(['NOT_YOURS', 'api: ada@laptop for project shop'])
  expect(calls.some(call => takingOut.to.test(call))).toBe(false)
})

test('a container that somebody has replaced shows that the workload is held', async ({ expect }) => {
  const world = [...around(), seeing([workload('api', 'sidecar', true)]), telling(log('api', ''))]
  expect((await uninstallIn(world, 'myapp')).error?.detail).toBe('api: another session')
})

test('where no workload has an agent it is done, and no client is started', async ({ expect }) => {
  const { exitCode, shown } = await uninstallIn([...around(), seeing([workload('api', 'none')])], 'myapp')
  expect([exitCode, shown]).toEqual([
    0,
    ' · No workload of myapp has a Traffic Agent, so there is nothing to take out.',
  ])
})

test('pods that do not go are an error that names them', async ({ expect }) => {
  const world = [...around(), seeing([workload('api', 'sidecar')]), ...[telling(log('api', '')), takingOut]]
  const { refusal, error } = await uninstallIn(world, 'myapp')
  expect([refusal, error?.message]).toEqual(['NOT_ENDED', 'Pods with an agent are still there: api.'])
})

test('a client that does not connect is an error with what it said, and nothing is taken out', async ({
  expect,
}) => {
  const failing = { ...telling(''), exitCode: 1, stderr: 'not connected (failed: no route)' }
  const world = [...around(), seeing([workload('api', 'sidecar')]), failing]
  const { refusal, error } = await uninstallIn(world, 'myapp')
  expect([refusal, error?.detail]).toEqual(['SESSION_FAILED', 'not connected (failed: no route)'])
})

const finding = (manager: ClusterFacts['manager']): Answer => ({
  to: / look --namespace /,
  stdout: JSON.stringify({ kind: 'facts', facts: { ...facts, manager } } satisfies LookAnswer),
})
const helm: Answer = { to: / helm uninstall --namespace ambassador / }
const tellingAll = (lines: string): Answer => ({ to: /list-namespaces/, stdout: lines })
const withManager = (helmAnswer: Answer = helm, lines = '', listed = seeing([])): readonly Answer[] => [
  ...[...around(), tellingAll(lines), helmAnswer],
  ...[listed, finding({ found: 'yes', version: '2.31.2', hasNodeAgents: false })],
]

test('D-05: without the option the traffic-manager stays, with a yes too', async ({ expect }) => {
  const { exitCode, calls } = await uninstallIn(withManager(), 'myapp', '--yes')
  expect([exitCode, calls.some(call => helm.to.test(call))]).toEqual([0, false])
})

test('D-05: it is taken out by its option, once it is said whom that ends', async ({ expect }) => {
  const lines = log('api', 'root@eve-pc root@bob-desk') + log('web', 'root@bob-desk')
  const { exitCode, calls, shown } = await uninstallIn(
    withManager(helm, lines),
    ...['myapp', '--traffic-manager'],
  )
  expect([exitCode, calls.filter(call => helm.to.test(call)).length]).toEqual([0, 1])
  expect(shown).toContain('These clients have attached workloads: root@bob-desk, root@eve-pc.')
  expect(shown.indexOf('These clients')).toBeLessThan(shown.indexOf('Take out the traffic-manager'))
})

test('D-05: in a terminal it is taken out only after a yes', async ({ expect }) => {
  const question =
    "The traffic-manager is the whole cluster's, and with it go the agents of all namespaces. These clients have attached workloads: root@bob-desk. Of ingests, and of who is connected only, Telepresence tells nothing. Take it out?"
  const answers = withManager(helm, log('api', 'root@bob-desk'))
  const uninstalling = (yes: boolean, ...words: readonly string[]) =>
    runIn(
      uninstall as Command,
      { answers, replies: [[question, yes]] },
      'myapp',
      '--traffic-manager',
      ...words,
    )
  const refused = await uninstalling(false)
  expect([refused.refusal, refused.calls.some(call => helm.to.test(call))]).toEqual(['CANCELLED', false])
  const agreed = await uninstalling(true)
  expect([agreed.exitCode, agreed.calls.some(call => helm.to.test(call))]).toEqual([0, true])
})

test('a manager that answers nobody goes too, and it is said that nobody could be asked for', async ({
  expect,
}) => {
  const answers = withManager().map(answer =>
    answer.to.source === 'list-namespaces' ? { ...answer, exitCode: 1, stderr: 'no route' } : answer,
  )
  const { exitCode, shown } = await uninstallIn(answers, 'myapp', '--traffic-manager')
  expect(exitCode).toBe(0)
  expect(shown).toContain('Who has attached workloads could not be found out.')
})

test('where there is no traffic-manager it is done, and no client is started', async ({ expect }) => {
  const answers = [...around(), seeing([]), finding({ found: 'no' })]
  const { exitCode, shown } = await uninstallIn(answers, 'myapp', '--traffic-manager')
  expect([exitCode, shown]).toEqual([
    0,
    ' · There is no traffic-manager in namespace ambassador, so there is nothing to take out.',
  ])
})

test('what Helm says when it fails is shown', async ({ expect }) => {
  const answers = withManager({ ...helm, exitCode: 1, stderr: 'timed out waiting for the condition' })
  const { refusal, error } = await uninstallIn(answers, 'myapp', '--traffic-manager')
  expect([refusal, error?.detail]).toEqual(['TOOL_FAILED', 'timed out waiting for the condition'])
})
