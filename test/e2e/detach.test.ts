import { expect, test } from 'vitest'
import { docker, inspect, namesOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { withIndependentClient } from './harness/independent-client.ts'
import { leftoversOf } from './harness/leftovers.ts'
import { createPerson, ROOT } from './harness/person.ts'
import { refusalOf } from './harness/refusal.ts'
import { type InterceptWords, type Scenario, within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'

const two = { workloads: [{ name: 'api' }, { name: 'worker' }], projects: ['web', 'jobs'] } as const
const jobs: InterceptWords = {
  ...{ workload: 'worker', project: 'jobs', port: '9090:http' },
  command: ['python3', 'serve.py', '9090'],
}

const detach = ({ namespace, workspace }: Scenario, ...words: readonly string[]) => [
  ...['kde-tp', 'detach', namespace, 'api', '--workspace', workspace.path, ...words],
]

test.concurrent(
  'ends what was left running, with the session where it was the last, and has ended it when it returns',
  within({}, async scenario => {
    const { person, intercept, namespace, workspace, answererOf } = scenario
    await person.run(intercept({ options: ['--detach'], command: ['python3', 'serve.py'] }))
    await eventually(async () => expect(await answererOf()).toBe('the dev container'))
    const ended = await person.run(detach(scenario))
    expect(ended.exitCode, ended.stderr).toBe(0)
    expect(await leftoversOf(workspace)).toEqual([])
    expect(await answererOf()).toBe('the cluster')
    await withIndependentClient(namespace, async ({ holderOf }) => {
      expect(await holderOf('api')).toBeUndefined()
    })
    expect(await refusalOf(scenario, detach(scenario))).toMatchObject({ code: 'NOT_ATTACHED', exitCode: 6 })
  }),
)

test.concurrent(
  'ends a command in another terminal, which says so, and leaves the other project of the session alone',
  within(two, async scenario => {
    const { person, names, workspace, answererOf } = scenario
    const first = await startServing(scenario)
    const second = await startServing(scenario, jobs)
    const session = (await inspect(names.session)).Id
    const detached = await person.run(detach(scenario))
    expect(detached.exitCode, detached.stderr).toBe(0)
    expect(await namesOf('container', workspace.path)).not.toContain(names.devContainer('web'))
    expect(await answererOf('api')).toBe('the cluster')
    expect(await answererOf('worker')).toBe('the dev container')
    expect((await inspect(names.session)).Id).toBe(session)
    const ended = await first.ended
    expect(ended).toMatchObject({ exitCode: 137, stderr: expect.stringContaining('is gone') })
    second.signal('SIGTERM')
    await second.ended
  }),
)

test.concurrent(
  'a paused session that another project keeps is named with the way on, and nothing is ended before',
  within(two, async scenario => {
    const { person, intercept, names, workspace, answererOf } = scenario
    const options = ['--detach']
    await person.run(intercept({ options, command: ['python3', 'serve.py'] }))
    await person.run(intercept({ ...jobs, options }))
    await docker(['pause', names.session])
    const refusal = await refusalOf(scenario, detach(scenario))
    expect(refusal).toMatchObject({ code: 'NOT_ENDED', exitCode: 1 })
    expect(await namesOf('container', workspace.path)).toContain(names.devContainer('web'))
    const [, unpause = ''] = refusal.hint?.split(': docker ') ?? []
    await docker(unpause.split(' '))
    expect(await person.run(detach(scenario))).toMatchObject({ exitCode: 0 })
    await eventually(async () => expect(await answererOf('api')).toBe('the cluster'))
    expect(await answererOf('worker')).toBe('the dev container')
    expect(await person.run(detach(scenario).toSpliced(3, 1, 'worker'))).toMatchObject({ exitCode: 0 })
  }),
)

test.concurrent(
  'a paused session of its own goes, and the cluster has its requests back',
  within({}, async scenario => {
    const { person, intercept, names, workspace, answererOf } = scenario
    await person.run(intercept({ options: ['--detach'], command: ['python3', 'serve.py'] }))
    await docker(['pause', names.session])
    const ended = await person.run(detach(scenario))
    expect(ended.exitCode, ended.stderr).toBe(0)
    expect(await leftoversOf(workspace)).toEqual([])
    await eventually(async () => expect(await answererOf()).toBe('the cluster'))
  }),
)

test.concurrent(
  'works where the keeper was removed by hand',
  within({}, async scenario => {
    const { person, intercept, names, workspace, answererOf } = scenario
    await person.run(intercept({ options: ['--detach'], command: ['python3', 'serve.py'] }))
    await docker(['rm', '--force', names.keeper])
    const ended = await person.run(detach(scenario))
    expect(ended.exitCode, ended.stderr).toBe(0)
    expect(await leftoversOf(workspace)).toEqual([])
    expect(await answererOf()).toBe('the cluster')
  }),
)

test.concurrent(
  'ends what a colleague on the same engine has attached only after a yes',
  within({}, async scenario => {
    const { workspace, answererOf, person } = scenario
    const started = await startServing(scenario)
    const colleague = { ...scenario, person: createPerson(ROOT, scenario.directory) }
    const refusal = await refusalOf(colleague, detach(scenario))
    expect(refusal).toMatchObject({ code: 'NOT_YOURS', exitCode: 7 })
    expect(refusal.message).toContain(person.account.name)
    expect(await answererOf()).toBe('the dev container')
    const ended = await colleague.person.run(detach(scenario, '--yes'))
    expect(ended.exitCode, ended.stderr).toBe(0)
    expect(await answererOf()).toBe('the cluster')
    expect((await started.ended).exitCode).toBe(137)
    expect(await leftoversOf(workspace)).toEqual([])
  }),
)
