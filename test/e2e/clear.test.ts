import { existsSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { docker, namesOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { withIndependentClient } from './harness/independent-client.ts'
import { leftoversOf } from './harness/leftovers.ts'
import { createPerson, type Ended, ROOT } from './harness/person.ts'
import { partOf } from './harness/random.ts'
import { refusalOf } from './harness/refusal.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'
import { makeWorkspace } from './harness/workspace.ts'

const clear = ({ workspace }: Pick<Scenario, 'workspace'>, ...words: readonly string[]) => [
  ...['kde-tp', 'clear', '--workspace', workspace.path, ...words],
]

async function startDetached({ person, intercept, answererOf }: Scenario): Promise<void> {
  const ended = await person.run(intercept({ options: ['--detach'], command: ['python3', 'serve.py'] }))
  expect(ended.exitCode, ended.stderr).toBe(0)
  await eventually(async () => expect(await answererOf()).toBe('the dev container'))
}

/** What S-17, S-52 and S-78 promise, as engine, cluster and files have it. */
async function expectCleared(scenario: Scenario, ended: Ended): Promise<void> {
  expect(ended.exitCode, ended.stderr).toBe(0)
  expect(await leftoversOf(scenario.workspace)).toEqual([])
  await eventually(async () => expect(await scenario.answererOf()).toBe('the cluster'))
  await withIndependentClient(scenario.namespace, async ({ holderOf }) => {
    expect(await holderOf('api')).toBeUndefined()
  })
}

describe('clear leaves nothing of the workspace but logs, and the cluster answers, (S-17, S-52, S-78)', () => {
  test.concurrent(
    'while a command runs in another terminal, which says so and makes nothing anew',
    within({}, async scenario => {
      const { person, workspace } = scenario
      const started = await startServing(scenario)
      const telepresence = join(workspace.environmentPath, '.telepresence')
      expect(existsSync(join(telepresence, 'env-files'))).toBe(true)
      const ended = await person.run(clear(scenario))
      await expectCleared(scenario, ended)
      expect(readdirSync(telepresence)).toEqual(['logs'])
      expect(ended.stdout).toContain(`Left on purpose: ${telepresence}/logs`)
      expect(await started.ended).toMatchObject({ exitCode: 137, stderr: expect.stringContaining('is gone') })
      expect(await leftoversOf(workspace)).toEqual([])
      // S-62, S-65: clear, then intercept.
      const again = await startServing(scenario)
      again.signal('SIGTERM')
      await again.ended
      expect(await person.run(clear(scenario))).toMatchObject({ exitCode: 0 })
      const nothing = await person.run(clear(scenario))
      expect(nothing).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Nothing was there') })
    }),
  )

  test.concurrent(
    'while a command takes the workload, which ends and makes nothing anew',
    within({}, async scenario => {
      const { person, intercept, names } = scenario
      const started = person.start(intercept({ command: ['python3', 'serve.py'] }))
      await eventually(async () => void (await docker(['exec', names.session, 'session-state'])))
      const ended = await person.run(clear(scenario))
      expect((await started.ended).exitCode).not.toBe(0)
      await expectCleared(scenario, ended)
      expect(await person.run(intercept({ command: ['true'] }))).toMatchObject({ exitCode: 0 })
    }),
  )

  const troubles = [
    {
      trouble: 'the keeper is gone',
      make: ({ names }: Scenario) => docker(['rm', '--force', names.keeper]),
    },
    {
      trouble: 'the keeper is stopped',
      make: ({ names }: Scenario) => docker(['pause', names.keeper]),
    },
    {
      trouble: "the session's daemon hangs",
      make: ({ names }: Scenario) =>
        docker(['exec', names.session, 'pkill', '-STOP', '--full', '[-]-embed-network']),
    },
    {
      trouble: 'the session hangs',
      make: ({ names }: Scenario) => docker(['pause', names.session]),
    },
    {
      trouble: 'the holder is gone',
      make: ({ names }: Scenario) => docker(['rm', '--force', names.holder]),
    },
  ]
  test.concurrent.for(partOf(troubles, 1))('where $trouble', ({ make }) =>
    within({}, async scenario => {
      await startDetached(scenario)
      await make(scenario)
      await expectCleared(scenario, await scenario.person.run(clear(scenario)))
    })(),
  )

  test.concurrent(
    'where the workspace is not there any more',
    within({}, async scenario => {
      await startDetached(scenario)
      const moved = `${scenario.workspace.path}-moved`
      renameSync(scenario.workspace.path, moved)
      const ended = await scenario.person.run(clear(scenario))
      expect(existsSync(scenario.workspace.path)).toBe(false)
      renameSync(moved, scenario.workspace.path)
      expect(ended.exitCode, ended.stderr).toBe(0)
      expect(await namesOf('container', scenario.workspace.path)).toEqual([])
      await eventually(async () => expect(await scenario.answererOf()).toBe('the cluster'))
      await scenario.person.run(clear(scenario))
      await execa('rm', ['-rf', join(scenario.workspace.environmentPath, '.telepresence')])
    }),
  )
})

test.concurrent(
  'what somebody else has started in this workspace is cleared only after a yes, and other workspaces never',
  within({ workloads: [{ name: 'api' }, { name: 'worker' }] }, async scenario => {
    const { directory, person, workspace, answererOf } = scenario
    const wish = { environment: workspace.environment, projects: ['jobs'] }
    const other = await makeWorkspace(join(directory, 'other'), wish, person.account)
    const options = ['--workspace', other.path]
    const command = ['python3', 'serve.py', '9090']
    const theirs = await startServing(scenario, {
      ...{ workload: 'worker', project: 'jobs', port: '9090:http', options, command },
    })
    const ours = await startServing(scenario)
    const colleague = { ...scenario, person: createPerson(ROOT, directory) }
    expect(await refusalOf(colleague, clear(scenario))).toMatchObject({ code: 'NOT_YOURS', exitCode: 7 })
    expect(await answererOf('api')).toBe('the dev container')
    await expectCleared(scenario, await colleague.person.run(clear(scenario, '--yes')))
    expect((await ours.ended).exitCode).toBe(137)
    expect(await answererOf('worker')).toBe('the dev container')
    theirs.signal('SIGTERM')
    await theirs.ended
    expect(await leftoversOf(other)).toEqual([])
  }),
  // Two workspaces, and three commands.
  600_000,
)

test.concurrent(
  'with --all another workspace’s things are named, and after a yes they are ended too',
  within({ workloads: [{ name: 'api' }, { name: 'worker' }] }, async scenario => {
    const { directory, person, workspace, intercept, answererOf } = scenario
    const { environment } = workspace
    const other = await makeWorkspace(
      join(directory, 'other'),
      { environment, projects: ['jobs'] },
      person.account,
    )
    const options = ['--detach', '--workspace', other.path]
    const command = ['python3', 'serve.py', '9090']
    await startDetached(scenario)
    await person.run(intercept({ workload: 'worker', project: 'jobs', port: '9090:http', options, command }))
    await eventually(async () => expect(await answererOf('worker')).toBe('the dev container'))

    // Of everything on this engine, which other tests use too, that of this name.
    const all = clear(scenario, '--all', '--environment', environment)
    const refusal = await refusalOf(scenario, all)
    expect(refusal).toMatchObject({ code: 'NOT_YOURS', exitCode: 7 })
    for (const { path } of [workspace, other])
      expect(refusal.message).toContain(`${environment} of ${path} (`)
    expect(await answererOf('worker')).toBe('the dev container')
    await expectCleared(scenario, await person.run([...all, '--yes']))
    expect(await leftoversOf(other)).toEqual([])
    await eventually(async () => expect(await answererOf('worker')).toBe('the cluster'))
  }),
  // Two workspaces.
  600_000,
)
