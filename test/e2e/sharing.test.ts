import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { docker, inspect, namesOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { leftoversOf } from './harness/leftovers.ts'
import type { Started } from './harness/person.ts'
import { startProbe } from './harness/probe.ts'
import { randomFrom } from './harness/random.ts'
import { type InterceptWords, within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'
import { makeWorkspace } from './harness/workspace.ts'

const two = {
  workloads: [{ name: 'api' }, { name: 'worker' }],
  projects: ['web', 'jobs'],
} as const
const jobs: InterceptWords = {
  workload: 'worker',
  project: 'jobs',
  port: '9090:http',
  command: ['python3', 'serve.py', '9090'],
}

async function leave(started: Started): Promise<void> {
  started.signal('SIGTERM')
  const ended = await started.ended
  expect(ended.exitCode, ended.stderr).toBe(143)
}

describe('two projects of one namespace share a session:', () => {
  // S-36, S-37, S-38, S-96, S-98
  test(
    'the second takes the connection that is there, and goes on without a failed request when the first leaves',
    within(two, async scenario => {
      const { names, workspace, namespace, answererOf } = scenario
      const first = await startServing(scenario)
      const before = await connectionOf(names.session)
      const second = await startServing(scenario, jobs)
      expect(await connectionOf(names.session)).toEqual(before)
      expect(await answererOf('api')).toBe('the dev container')

      const probe = startProbe(`http://worker.${namespace}/`)
      await sleep(1000)
      await leave(first)
      await eventually(async () => expect(await answererOf('api')).toBe('the cluster'))
      await sleep(1000)
      const answers = await probe.stop()
      expect(answers.length).toBeGreaterThan(50)
      expect(
        answers.filter(({ status, body }) => status !== 200 || !body.includes('the dev container')),
      ).toEqual([])

      expect(await connectionOf(names.session)).toEqual(before)
      expect(await namesOf('container', workspace.path)).not.toContain(names.devContainer('web'))
      await leave(second)
      expect(await leftoversOf(workspace)).toEqual([])
      expect(await answererOf('worker')).toBe('the cluster')
    }),
  )

  test.for(['SIGTERM', 'SIGKILL'] as const)(
    'an attempt whose command ends by %s comes to nothing, and the neighbour goes on',
    signal =>
      within(two, async scenario => {
        const { names, person, intercept, answererOf } = scenario
        const neighbour = await startServing(scenario, jobs)
        const ended = person.start(intercept({ command: ['python3', 'serve.py'] }))
        await eventually(async () => expect(await processesIn(names.session)).toContain('intercept api'))
        ended.signal(signal)
        await eventually(async () => {
          expect(await processesIn(names.session)).not.toContain('intercept api')
          expect(await attachmentsOf(names.session)).toEqual(['worker'])
        })
        expect(await answererOf('worker')).toBe('the dev container')
        await eventually(async () => expect(await answererOf('api')).toBe('the cluster'))
        await leave(neighbour)
      })(),
  )

  // S-98
  test(
    'both may start at the same moment',
    within(two, async scenario => {
      const both = [startServing(scenario), startServing(scenario, jobs)]
      const started = await Promise.all(both)
      const sessions = await namesOf('container', scenario.workspace.path)
      expect(sessions.filter(name => name.includes('session'))).toEqual([scenario.names.session])
      await Promise.all(started.map(leave))
      expect(await leftoversOf(scenario.workspace)).toEqual([])
    }),
  )
})

test(
  'the very same call opens another shell in the dev container, which stays until the last has left',
  within({}, async scenario => {
    const { person, intercept, names, answererOf, workspace } = scenario
    const first = await startServing(scenario)
    const { Id } = await inspect(names.devContainer())
    const second = person.start(
      intercept({ command: ['bash', '-c', 'cat; echo $GREETING > /tmp/greeting; exit 5'] }),
    )
    await eventually(async () => expect(await processesIn(names.devContainer())).toMatch(/ cat$/m))
    expect((await inspect(names.devContainer())).Id).toBe(Id)
    await leave(first)
    expect((await inspect(names.devContainer())).Id).toBe(Id)
    // Nobody listens any more, but the requests still come here.
    expect(await answererOf()).not.toBe('the cluster')
    second.endInput()
    expect((await second.ended).exitCode).toBe(5)
    expect(await leftoversOf(workspace)).toEqual([])
    expect(await answererOf()).toBe('the cluster')
  }),
)

test(
  'ten commands that start and leave at random all do their work, and leave nothing',
  within(
    { workloads: [{ name: 'api' }, { name: 'worker' }, { name: 'mail' }], projects: ['web', 'jobs', 'post'] },
    async scenario => {
      const seed = Number(process.env['KDE_TP_TEST_SEED'] ?? randomInt(2 ** 31))
      console.log(`seed ${seed}; again with KDE_TP_TEST_SEED=${seed}`)
      const random = randomFrom(seed)
      const kinds: readonly InterceptWords[] = [
        { workload: 'api', project: 'web', port: '8080:http' },
        { workload: 'worker', project: 'jobs', port: '9090:http' },
        { workload: 'mail', project: 'post', port: '7070:http' },
      ]
      const runs = Array.from({ length: 10 }, (_, index) => ({
        kind: kinds[Math.floor(random() * kinds.length)] ?? {},
        wait: random() * 30_000,
        command: ['bash', '-c', `sleep ${(random() * 8).toFixed(2)}; exit ${index}`],
      }))
      const ended = await Promise.all(
        runs.map(async ({ kind, wait, command }) => {
          await sleep(wait)
          return scenario.person.run(scenario.intercept({ ...kind, command }))
        }),
      )
      expect(
        ended.map(({ exitCode }) => exitCode),
        ended.map(({ stderr }) => stderr).join('\n---\n'),
      ).toEqual(runs.map((_, index) => index))
      expect(await leftoversOf(scenario.workspace)).toEqual([])
    },
  ),
  300_000,
)

test(
  'two workspaces may have an environment of one name on one engine',
  within(two, async scenario => {
    const { directory, person, workspace, names, answererOf } = scenario
    const wish = { environment: workspace.environment, projects: ['jobs'] }
    const other = await makeWorkspace(join(directory, 'other'), wish, person.account)
    const first = await startServing(scenario)
    const second = await startServing(scenario, { ...jobs, options: ['--workspace', other.path] })
    const theirs = await namesOf('container', other.path)
    expect(theirs).toContainEqual(expect.stringMatching(new RegExp(`^${names.session}-[0-9a-f]{4}$`)))
    const ours = await namesOf('container', workspace.path)
    expect(ours.filter(name => theirs.includes(name))).toEqual([])
    await leave(first)
    expect(await leftoversOf(workspace)).toEqual([])
    expect(await answererOf('api')).toBe('the cluster')
    expect(await answererOf('worker')).toBe('the dev container')
    await leave(second)
    expect(await leftoversOf(other)).toEqual([])
  }),
)

/** What would be another if the session had connected anew. */
async function connectionOf(session: string): Promise<object> {
  const { Id } = await inspect(session)
  const daemon = await docker(['exec', session, 'pgrep', '--full', '[-]-embed-network'])
  return { Id, daemon }
}

const processesIn = (container: string): Promise<string> => docker(['top', container, '-o', 'pid,args'])

async function attachmentsOf(session: string): Promise<readonly string[]> {
  const list = await docker(['exec', session, 'telepresence', 'list', '--intercepts', '--format', 'json'])
  return (JSON.parse(list) as readonly { name: string }[]).map(({ name }) => name)
}
