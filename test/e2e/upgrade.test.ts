import { expect, test } from 'vitest'
import { docker, inspect } from './harness/engine.ts'
import { RUNTIME_IMAGE } from './harness/publisher.ts'
import { type Scenario, within } from './harness/scenario.ts'

/** As another version would have left it: with the labels that there have been from the first, and nothing that works. */
async function leave(
  schema: number,
  roles: readonly ('keeper' | 'holder' | 'session' | 'dev')[],
  scenario: Scenario,
) {
  const { names, namespace, workspace } = scenario
  const nameOf = {
    keeper: names.keeper,
    holder: names.holder,
    session: names.session,
    dev: names.devContainer(),
  }
  for (const role of roles) {
    const labels = {
      ...{ schema: String(schema), role, workspace: workspace.path, environment: workspace.environment },
      ...{ owner: `${scenario.person.account.name}@test`, ...(role !== 'keeper' && { namespace }) },
      ...(role === 'dev' && { project: 'web', life: 'detached', attachment: ATTACHMENT }),
    }
    const words = Object.entries(labels).flatMap(([name, value]) => ['--label', `kde-tp.${name}=${value}`])
    const network = role === 'session' || role === 'dev' ? ['--network', `container:${names.holder}`] : []
    const command = ['--entrypoint', 'sleep', RUNTIME_IMAGE, 'infinity']
    await docker(['run', '--detach', '--init', '--name', nameOf[role], ...network, ...words, ...command])
  }
}

const ATTACHMENT =
  '{"mode":"intercept","workload":"api","ports":[{"local":8080,"remote":"http"}],"agent":"sidecar"}'

test.concurrent(
  'what an older version has left and nobody uses is replaced',
  within({}, async scenario => {
    await leave(0, ['keeper', 'holder', 'session'], scenario)
    const ended = await scenario.person.run(scenario.intercept({ command: ['true'] }))
    expect(ended.exitCode, ended.stderr).toBe(0)
  }),
)

test.concurrent(
  'what runs of an older version is told of, and cleared',
  within({}, async scenario => {
    await leave(0, ['holder', 'session', 'dev'], scenario)
    const { person, workspace, namespace } = scenario
    const status = await person.run(['kde-tp', 'status', '--format', 'json'])
    expect(status.exitCode, status.stderr).toBe(0)
    expect(status.stdout).toContain(namespace)
    const cleared = await person.run(['kde-tp', 'clear', '--yes', '--workspace', workspace.path])
    expect(cleared.exitCode, cleared.stderr).toBe(0)
  }),
)

test.concurrent(
  'what a newer version has made is not touched, and one is told to update',
  within({}, async scenario => {
    await leave(2, ['holder', 'session', 'dev'], scenario)
    const { person, workspace, names, intercept, namespace } = scenario
    const all = [names.holder, names.session, names.devContainer()]
    const before = await Promise.all(all.map(inspect))
    const place = ['--workspace', workspace.path]
    for (const words of [
      intercept({ command: ['true'] }),
      ['kde-tp', 'detach', ...place, namespace, 'api'],
      ['kde-tp', 'clear', '--yes', ...place],
    ]) {
      const ended = await person.run(words)
      expect(ended.exitCode, ended.stderr).toBe(4)
      expect(ended.stderr).toContain('Update kde-tp')
    }
    expect((await Promise.all(all.map(inspect))).map(({ State }) => State)).toEqual(
      before.map(({ State }) => State),
    )
    await docker(['rm', '--force', ...all])
  }),
)
