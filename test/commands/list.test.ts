import { test } from 'vitest'
import type { Command } from '../../cli-plugin/command.ts'
import { list } from '../../cli-plugin/commands/list.ts'
import type { Attachment } from '../../session/attachment.ts'
import type { LookAnswer } from '../../session/facts.ts'
import type { NamespaceFacts } from '../../session/listing.ts'
import type { ObservedContainer } from '../../session/observed.ts'
import { devContainer, holder, interceptOfApi, keeper, session } from '../fakes/containers.ts'
import type { Answer } from '../fakes/docker.ts'
import { KUBECONFIG, toListed } from '../fakes/intercept-in-fake-world.ts'
import { runIn } from '../fakes/run-in-fake-world.ts'
import { workloadState } from '../fakes/workload-state.ts'

const facts: NamespaceFacts = {
  namespaceExists: true,
  refusals: [],
  workloads: [workloadState('api', { agent: 'sidecar' }), workloadState('worker')],
}

const seeing = (seen: Partial<NamespaceFacts>): Answer => ({
  to: / look (--session )?--listing /,
  stdout: JSON.stringify({
    kind: 'facts',
    facts: { ...facts, ...seen },
  } satisfies LookAnswer<NamespaceFacts>),
})

const containers = (...all: readonly ObservedContainer[]): Answer => ({
  to: /^container ls --all .*--filter label=kde-tp.role /,
  stdout: all.map(toListed).join(''),
})
const atOnce = [containers(keeper, holder, session, devContainer), seeing({})]
const outside = [containers(), { to: /^image inspect /, stdout: '["sha256:1234",null]' }]
const listIn = (answers: readonly Answer[], ...words: readonly string[]) =>
  runIn(list as Command, { answers }, ...words)

test('S-16, S-24, S-25, S-51: a namespace with a session is one question to it', async ({ expect }) => {
  const { exitCode, calls, shown } = await listIn(atOnce, 'myapp')
  expect(exitCode).toBe(0)
  expect(calls).toHaveLength(2)
  expect(calls[1]).toBe(
    `exec ${session.name} kde-tp look --session --listing --namespace myapp --manager-namespace ambassador`,
  )
  expect(shown.split('\n').map(line => line.trim().split(/ {3,}/))).toEqual([
    ['WORKLOAD', 'STATUS', 'INTERCEPT', 'KIND', 'AGENT', 'PORTS', 'HELD BY'],
    ['api', 'ready', 'intercepted', 'Deployment', 'sidecar', '8080:http', 'ada@laptop, project shop'],
    ['worker', 'ready', '-', 'Deployment', 'none', '-', '-'],
  ])
})

test('an attachment that takes some requests only, and one that takes none, say so', async ({ expect }) => {
  const filtered = { ...interceptOfApi, headers: ['x-user'], pathPrefix: '/v2' }
  const ingested: Attachment = { mode: 'ingest', workload: 'worker', ports: [], agent: 'node' }
  const other = { ...devContainer, name: 'kde-tp-demo-dev-myapp-jobs', project: 'jobs', attachment: ingested }
  const answers = [containers(session, { ...devContainer, attachment: filtered }, other), seeing({})]
  const { shown } = await listIn(answers, 'myapp')
  expect(shown).toMatch(/^api .* intercepted .* 8080:http +ada@laptop, project shop, header x-user.*\/v2/m)
  expect(shown).toMatch(/^worker .* ingested +Deployment +none +- +ada@laptop, project jobs$/m)
})

test('what somebody has taken from our session is not shown as ours, though its dev container runs', async ({
  expect,
}) => {
  const answers = [containers(keeper, holder, session, devContainer), seeing({ lost: ['api'] })]
  const { shown } = await listIn(answers, 'myapp')
  expect(shown).toMatch(/^api +ready +\? +Deployment +sidecar +- +\?$/m)
})

test('D-07: it works without a session, by a container that is gone with the answer', async ({ expect }) => {
  const { exitCode, calls, shown } = await listIn([...outside, seeing({})], 'myapp')
  expect(exitCode).toBe(0)
  expect(calls.at(-1)).toMatch(/^run --rm .* look --listing --namespace myapp /)
  expect(shown).toMatch(/^api +ready +\? +Deployment +sidecar +- +\?$/m)
  expect(shown).toContain('Telepresence names no other session.')
})

test('a session of another namespace sees this one too', async ({ expect }) => {
  const { calls, shown } = await listIn([containers({ ...session, namespace: 'other' }), seeing({})], 'myapp')
  expect(calls.at(-1)).toMatch(/^exec .* --namespace myapp /)
  // But what it holds is elsewhere.
  expect(shown).toMatch(/^api +ready +\? /m)
})

test('a session that cannot tell, as one of another version, is passed over', async ({ expect }) => {
  const old: Answer = { to: /^exec .* look /, exitCode: 2 }
  const [, ...rest] = outside
  const { exitCode } = await listIn([old, containers(session), ...rest, seeing({})], 'myapp')
  expect(exitCode).toBe(0)
})

test('an attachment of a session that does not run is none', async ({ expect }) => {
  const [, ...rest] = outside
  const ended = containers({ ...session, state: 'exited' }, devContainer)
  const { shown } = await listIn([ended, ...rest, seeing({})], 'myapp')
  expect(shown).toMatch(/^api +ready +\? /m)
})

test('what another session does is shown as far as the cluster tells, and never guessed', async ({
  expect,
}) => {
  const workloads = [
    workloadState('api', { agent: 'sidecar', isReplaced: true }),
    workloadState('mail', { agent: 'node' }),
    workloadState('web', { agent: 'sidecar' }),
  ]
  const { events, shown } = await listIn([containers(session), seeing({ workloads })], 'myapp')
  expect(shown).toMatch(/^api +ready +replaced +Deployment +sidecar +- +another session$/m)
  expect(shown).toMatch(/^mail +ready +attached +Deployment +node +- +another session$/m)
  expect(shown).toMatch(/^web +ready +\? +Deployment +sidecar +- +\?$/m)
  const [told] = events
  expect(
    told?.type === 'workloads' && told.workloads.map(({ holdings, isHeld }) => [holdings, isHeld]),
  ).toEqual([
    [[{ kind: 'another session', mode: 'replace' }], true],
    [[{ kind: 'another session' }], true],
    [[], 'unknown'],
  ])
})

test('a workload that is not ready says why', async ({ expect }) => {
  const pull = { reason: 'ImagePullBackOff', message: 'Back-off pulling image "nobody/has-it:1"' }
  const workloads = [
    workloadState('broken', { ready: 0, reasons: [pull] }),
    workloadState('half', { desired: 2, reasons: [pull, { reason: 'Unschedulable' }] }),
    workloadState('nothing', { kind: 'StatefulSet', desired: 0, ready: 0 }),
    workloadState('quota', { ready: 0, reasons: [{ reason: `exceeded\n quota ${'x'.repeat(100)}` }] }),
  ]
  const { shown } = await listIn([containers(session), seeing({ workloads })], 'myapp')
  expect(shown).toMatch(/^broken +not ready: 0 of 1, ImagePullBackOff +- +Deployment/m)
  expect(shown).toMatch(/^half +ready: 1 of 2, ImagePullBackOff, Unschedulable +- /m)
  expect(shown).toMatch(/^nothing +scaled to 0 +- +StatefulSet/m)
  expect(shown).toMatch(/^quota +not ready: 0 of 1, exceeded quota x+… +- /m)
})

test.for([
  { seen: { namespaceExists: false, namespaces: ['default'], workloads: [] }, refusal: 'NAMESPACE_UNKNOWN' },
  {
    seen: { workloads: [], refusals: ['deployments.apps is forbidden: User "ada" cannot list'] },
    refusal: 'CLUSTER_FORBIDDEN',
  },
])('$refusal is told', async ({ seen, refusal }, { expect }) => {
  expect((await listIn([containers(session), seeing(seen)], 'myapp')).refusal).toBe(refusal)
})

test('an empty namespace is no failure, and what may not be seen is said', async ({ expect }) => {
  const empty = await listIn([containers(session), seeing({ workloads: [] })], 'myapp')
  expect([empty.exitCode, empty.shown]).toEqual([0, expect.stringContaining('"myapp" has no Deployment,')])
  const refusals = ['pods is forbidden']
  const workloads = [{ ...workloadState('api'), agent: undefined }]
  const some = await listIn([containers(session), seeing({ workloads, refusals })], 'myapp')
  expect(some.shown).toMatch(/^api +ready +\? +Deployment +\? +- +\?$/m)
  expect(some.shown).toContain('Not everything may be seen: pods is forbidden')
})

test('S-23: a namespace that is left out is asked for at a terminal, and is a usage error without one', async ({
  expect,
}) => {
  const onLoopback = KUBECONFIG.replace('demo-control-plane', '127.0.0.1')
  const files = { '/w/environments/demo/kubeconfig/config': onLoopback }
  const way = [{ to: /^container ls .*publish=/ }, { to: /^version / }]
  const answers = [...outside, ...way, seeing({ namespaces: ['default', 'myapp'] })]
  const asked = await runIn(list as Command, { answers, files, replies: [['Namespace:', 'myapp']] })
  expect([asked.exitCode, asked.offered]).toEqual([0, [['default', 'myapp']]])
  expect(asked.calls.filter(call => call.startsWith('version '))).toHaveLength(1)
  const { refusal, error, calls } = await listIn([containers()])
  expect([refusal, error?.message]).toEqual(['USAGE', 'The namespace is missing: name it after the command.'])
  expect(calls).toHaveLength(1)
})

test.for([
  ['NAME_UNUSABLE', ['MyApp']],
  ['USAGE', ['myapp', '--format', 'yaml']],
] as const)('%s is said of %j before anything is read', async ([code, words], { expect }) => {
  const { refusal, calls } = await listIn([], ...words)
  expect([refusal, calls]).toEqual([code, []])
})
