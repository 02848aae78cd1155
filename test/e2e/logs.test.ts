import { appendFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { docker } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { type Scenario, within } from './harness/scenario.ts'

const logs = ({ namespace, workspace }: Scenario, ...words: readonly string[]) => [
  ...['kde-tp', 'logs', namespace, 'api', '--workspace', workspace.path, ...words],
]

test(
  'logs shows session, dev container and keeper, follows them, and has the files when they are gone (S-61)',
  within({}, async scenario => {
    const { person, intercept, names, namespace, workspace } = scenario
    const command = [
      'bash',
      '-c',
      'echo started; until [ -e go ]; do sleep 0.2; done; echo went on; sleep 600',
    ]
    await person.run(intercept({ options: ['--detach'], command }))
    await eventually(async () => {
      const { stdout } = await person.run(logs(scenario))
      expect(stdout).toMatch(new RegExp(`^${names.session} \\| \\S+ connected `, 'm'))
      expect(stdout).toMatch(new RegExp(`^${names.devContainer()} \\| started$`, 'm'))
    })
    const following = person.start(logs(scenario, '--follow'))
    await eventually(() => expect(following.stdout()).toContain('started'))
    await docker(['exec', names.devContainer(), 'touch', 'go'])
    await eventually(() => expect(following.stdout()).toContain('went on'))
    // The keeper starts it again, with its log from before.
    await docker(['kill', names.session])
    const connected = new RegExp(`^${names.session} \\| \\S+ connected `, 'gm')
    await eventually(() => expect(following.stdout().match(connected)).toHaveLength(2))
    following.signal('SIGINT')
    expect((await following.ended).exitCode).toBe(130)

    const directory = join(workspace.environmentPath, '.telepresence/logs')
    appendFileSync(join(directory, `${namespace}.log`), `${'x'.repeat(99)}\n`.repeat(10_000))
    await person.run(['kde-tp', 'detach', namespace, 'api', '--workspace', workspace.path])
    const after = await person.run(logs(scenario))
    expect(after.stdout).toMatch(new RegExp(`^${namespace}\\.log \\| \\S+ ending`, 'm'))
    expect(after.stdout).toContain(`${namespace}/connector.log | `)
    expect(readdirSync(directory)).toContain(`${namespace}.log.1`)
    expect(statSync(join(directory, `${namespace}.log`)).size).toBeLessThan(1000)
  }),
)
