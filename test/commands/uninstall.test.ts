import { test } from 'vitest'
import type { Command } from '../../cli-plugin/command.ts'
import { uninstall } from '../../cli-plugin/commands/uninstall.ts'
import type { LookAnswer } from '../../session/facts.ts'
import type { NamespaceFacts, WorkloadState } from '../../session/listing.ts'
import type { ObservedContainer } from '../../session/observed.ts'
import { devContainer, holder, interceptOfApi, keeper, session } from '../fakes/containers.ts'
import type { Answer } from '../fakes/docker.ts'
import { toListed } from '../fakes/intercept-in-fake-world.ts'
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
