import { expect, test } from 'vitest'
import { inspect } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { leftoversOf } from './harness/leftovers.ts'
import { refusalOf } from './harness/refusal.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'

const exec = ({ namespace, workspace }: Scenario, ...command: readonly string[]) => [
  ...['kde-tp', 'exec', namespace, 'api', '--workspace', workspace.path],
  ...(command.length === 0 ? [] : ['--', ...command]),
]

test(
  'exec runs in the dev container that is there, which stays for it when its first command leaves',
  within({}, async scenario => {
    const { person, names, workspace, answererOf } = scenario
    expect(await refusalOf(scenario, exec(scenario, 'true'))).toMatchObject({ code: 'NOT_ATTACHED' })
    const first = await startServing(scenario)
    const { Id } = await inspect(names.devContainer())
    const script = 'pwd; read -r line; echo "read $line"; exit 9'
    const second = person.start(exec(scenario, 'bash', '-c', script))
    await eventually(() => expect(second.stdout(), second.stderr()).toContain('/namespaces/web/app\n'))
    first.signal('SIGTERM')
    await first.ended
    expect((await inspect(names.devContainer())).Id).toBe(Id)
    expect(await answererOf()).not.toBe('the cluster')
    second.write('a line\n')
    expect(await second.ended).toMatchObject({ exitCode: 9, stdout: expect.stringContaining('read a line') })
    expect(await leftoversOf(workspace)).toEqual([])
    expect(await answererOf()).toBe('the cluster')
  }),
)

test(
  'exec opens a shell in a terminal, and is ended by whoever detaches the workload, with a sentence',
  within({}, async scenario => {
    const { person, intercept, namespace, workspace } = scenario
    await person.run(intercept({ options: ['--detach'] }))
    const shell = person.start(exec(scenario), { terminal: true })
    shell.write('echo the answer is $((6 * 7))\n')
    await eventually(() => expect(shell.stdout(), shell.stderr()).toContain('the answer is 42'))
    const detach = ['kde-tp', 'detach', namespace, 'api', '--workspace', workspace.path]
    expect(await person.run(detach)).toMatchObject({ exitCode: 0 })
    const ended = await shell.ended
    expect(ended.exitCode).toBe(137)
    expect(ended.stdout).toContain('is gone')
    expect(await leftoversOf(workspace)).toEqual([])
  }),
)
