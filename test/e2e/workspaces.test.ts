import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { docker, inspect, namesOf, removeAllOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { leftoversOf, snapshotOf } from './harness/leftovers.ts'
import { createNamespace, emptyNamespace } from './harness/namespaces.ts'
import { refusalOf } from './harness/refusal.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'
import { startWorkload } from './harness/workload.ts'
import { giveTo, makeWorkspace } from './harness/workspace.ts'

test(
  'a workspace whose path has blanks and letters of any kind is one, also where a link leads to it',
  within({}, async scenario => {
    const { directory, person, intercept, namespace } = scenario
    const volume = `kde-tp-test-${namespace}`
    const variables = {
      ROOT: '"${PROJECT_PATH}/app"',
      KDE_MOUNT_SEED: '"./seed data:/seed data:ro"',
      KDE_MOUNT_CACHE: `${volume}:/cache`,
      URL: '"http://$PROJECT_NAME/${NOTHING:-none}?a=b&c" # where it is',
    }
    const workspace = await makeWorkspace(
      join(directory, 'mein Büro 工作區'),
      { environment: scenario.workspace.environment, projects: ['網站 web'], projectVariables: variables },
      person.account,
    )
    const project = join(workspace.environmentPath, 'namespaces/網站 web')
    mkdirSync(join(project, 'seed data'))
    writeFileSync(join(project, 'seed data/a b.sql'), 'select 1')
    giveTo(person.account, workspace.path)
    const link = join(directory, 'link')
    symlinkSync(workspace.path, link)
    const words = (path: string, ...command: readonly string[]) =>
      intercept({ options: ['--workspace', path], project: '網站 web', command })

    try {
      const serving = person.start(words(link, 'python3', 'serve.py'))
      await eventually(async () =>
        expect(await scenario.answererOf(), serving.stderr()).toBe('the dev container'),
      )
      const containers = await namesOf('container', workspace.path)
      expect(containers).toHaveLength(4)
      const script =
        'pwd; cat "/seed data/a b.sql"; touch "/seed data/x" 2>&1; echo "$ROOT $URL"; touch /cache'
      const again = await person.run(words(workspace.path, 'bash', '-c', script))
      expect(again.stdout.split('\n'), again.stderr).toEqual([
        `${project}/app`,
        expect.stringMatching(/^select 1touch: .*Read-only file system$/),
        `${project}/app http://網站 web/none?a=b&c`,
        '',
      ])
      expect(await namesOf('container', workspace.path)).toEqual(containers)
      serving.signal('SIGTERM')
      await serving.ended
      await eventually(async () => expect(await leftoversOf(workspace)).toEqual([]))
      // The person's own volume stays.
      await docker(['volume', 'rm', volume])
    } finally {
      await removeAllOf(workspace.path)
    }
  }),
)

test(
  'environment and namespace that give the name of another pair get a session of their own',
  within({}, async scenario => {
    const { directory, namespace, person, workspace } = scenario
    const inner = namespace.replace('e2e-', '')
    const other = await makeWorkspace(
      join(directory, 'other'),
      { environment: `${workspace.environment}-e2e`, projects: ['web'] },
      person.account,
    )
    await createNamespace(inner)
    await startWorkload(inner, { name: 'api' })
    const second: Scenario = { ...scenario, namespace: inner, workspace: other }
    try {
      const serving = await startServing(scenario)
      const words = scenario.intercept({
        options: ['--workspace', other.path],
        command: ['bash', '-c', 'getent hosts api; sleep 1'],
      })
      const ended = await person.run(words.map(word => (word === namespace ? inner : word)))
      expect(ended, ended.stderr).toMatchObject({ exitCode: 0 })
      expect(await scenario.answererOf()).toBe('the dev container')
      expect((await inspect(scenario.names.session)).Config.Labels).toMatchObject({
        'kde-tp.environment': workspace.environment,
        'kde-tp.namespace': namespace,
      })
      expect(ended.stderr).toMatch(new RegExp(`${scenario.names.session}-[0-9a-f]{4}`))
      serving.signal('SIGTERM')
      await serving.ended
      await eventually(async () => expect(await leftoversOf(second.workspace)).toEqual([]))
    } finally {
      await removeAllOf(other.path)
      await emptyNamespace(inner)
    }
  }),
)

describe('is refused for what it is, and nothing is left:', () => {
  test.concurrent.for([
    ['environments/ENV/k8s.env', 'FILE_UNREADABLE'],
    ['environments/ENV/kubeconfig/config', 'FILE_UNREADABLE'],
    ['environments/ENV/namespaces/web/project.env', 'FILE_UNREADABLE'],
    ['environments/ENV/namespaces/web/.env', 'FILE_UNREADABLE'],
  ] as const)('%s that nobody may read', async ([name, code]) => {
    await within({ workloads: [] }, async scenario => {
      const path = join(scenario.workspace.path, name.replace('ENV', scenario.workspace.environment))
      chmodSync(path, 0)
      const refusal = await refused(scenario)
      expect(refusal).toMatchObject({ code, exitCode: 3, left: 'Nothing was changed.' })
      expect(refusal.message).toContain(path)
    })()
  })

  test.concurrent.for([
    ['no image', { DEVELOP_IMAGE: '' }, 'IMAGE_UNNAMED', 'DEVELOP_IMAGE'],
    [
      'a directory to mount that is not there',
      { KDE_MOUNT_A: './lost:/lost' },
      'WORKSPACE_INVALID',
      'namespaces/web/./lost',
    ],
    ['a command', { A: '$(id)' }, 'WORKSPACE_INVALID', 'project.env:3:3'],
  ] as const)('a project that names %s', async ([, projectVariables, code, named]) => {
    await within({ projectVariables }, async scenario => {
      const refusal = await refused(scenario)
      expect(refusal).toMatchObject({ code, exitCode: 3 })
      expect(`${refusal.message} ${refusal.detail}`).toContain(named)
    })()
  })

  test.concurrent('a kubeconfig that is a directory', async () => {
    await within({ workloads: [] }, async scenario => {
      const { kubeconfigPath } = scenario.workspace
      rmSync(kubeconfigPath)
      mkdirSync(kubeconfigPath)
      const refusal = await refused(scenario)
      expect(refusal).toMatchObject({ code: 'KUBECONFIG_DIRECTORY', exitCode: 3 })
      expect(refusal.message).toContain('directory')
    })()
  })

  test.concurrent('a workspace on a file system that is read-only', async () => {
    await within({ workloads: [] }, async scenario => {
      const { path } = scenario.workspace
      execFileSync('mount', ['--bind', path, path])
      try {
        execFileSync('mount', ['-o', 'remount,bind,ro', path])
        expect(await refused(scenario)).toMatchObject(UNWRITABLE)
      } finally {
        execFileSync('umount', ['--lazy', path])
      }
    })()
  })

  test.concurrent('a workspace that the person may only read', async () => {
    await within({ workloads: [] }, async scenario => {
      const { environmentPath } = scenario.workspace
      const { groupId } = scenario.person.account
      giveTo({ name: 'root', userId: 0, groupId }, environmentPath)
      for (const path of [environmentPath, join(environmentPath, 'kubeconfig/config')]) chmodSync(path, 0o750)
      expect(await refused(scenario)).toMatchObject(UNWRITABLE)
    })()
  })

  test.concurrent('a disk without room', async () => {
    await within({}, async scenario => {
      const { environmentPath } = scenario.workspace
      const place = join(environmentPath, '.telepresence')
      mkdirSync(place)
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k,mode=0777', 'tmpfs', place])
      try {
        writeFileSync(join(place, 'logs'), Buffer.alloc(16_384))
        expect(await refused(scenario)).toMatchObject({ code: 'DISK_FULL', exitCode: 3 })
      } finally {
        execFileSync('umount', ['--lazy', place])
      }
    })()
  })
})

/** Noticed before anything was started. */
const UNWRITABLE = { code: 'FILE_UNWRITABLE', exitCode: 3, left: 'Nothing was changed.' }

/** Runs a call that is right but for the workspace, and looks that nothing of it is changed or left. */
async function refused(scenario: Scenario): ReturnType<typeof refusalOf> {
  const { workspace } = scenario
  const before = snapshotOf(workspace)
  const refusal = await refusalOf(scenario, scenario.intercept({ command: ['true'] }))
  expect(snapshotOf(workspace)).toEqual(before)
  for (const kind of ['container', 'network', 'volume'] as const)
    await eventually(async () => expect(await namesOf(kind, workspace.path)).toEqual([]))
  return refusal
}
