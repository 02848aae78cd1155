import { test } from 'vitest'
import type { Edges } from '../../../cli-plugin/command.ts'
import { parseCommandLine } from '../../../cli-plugin/command-line.ts'
import { list } from '../../../cli-plugin/commands/list.ts'
import { commands } from '../../../cli-plugin/commands.ts'
import { complete } from '../../../cli-plugin/completion/complete.ts'
import { session } from '../../fakes/containers.ts'
import { type Answer, fakeDocker } from '../../fakes/docker.ts'
import { fakeEdges } from '../../fakes/edges.ts'
import { fakeFiles } from '../../fakes/files.ts'
import { toListed, workspace } from '../../fakes/intercept-in-fake-world.ts'

const noEdges = (): Edges => {
  throw new Error('nothing but the words is needed')
}
const words = (answer: string): readonly string[] => answer.split('\n').map(line => line.split('\t')[0] ?? '')

test('commands are offered with their summaries, and hidden ones are not', async ({ expect }) => {
  const answer = await complete([''], noEdges)
  expect(answer).toContain('setup\tMake "docker kde-tp" work on this computer, or undo it\n')
  const all = await Promise.all(Object.values(commands).map(load => load()))
  const shown = all.filter(({ hidden }) => hidden === undefined).map(({ name }) => name)
  expect(words(answer)).toEqual([...shown, 'help', ':4'])
  expect(words(answer)).not.toContain('keeper')
})

test.for([
  { typed: ['in'], offered: ['ingest', 'intercept'] },
  { typed: ['help', 'inte'], offered: ['intercept'] },
  { typed: ['--v'], offered: ['--version'] },
  { typed: ['setup', '--'], offered: ['--remove', '--dry-run', '--lang', '--help'] },
  { typed: ['setup', '--dry-run', '--rem'], offered: ['--remove'] },
  { typed: ['intercept', '--proj'], offered: ['--project'] },
  { typed: ['intercept', '--project', '-'], offered: [] },
  { typed: ['intercept', '-p', '--'], offered: [] },
  { typed: ['intercept', '--', '--'], offered: [] },
  { typed: ['setup', ''], offered: [] },
  { typed: ['keeper', '--'], offered: [] },
  { typed: ['constructor', '--'], offered: [] },
  { typed: ['help', 'setup', ''], offered: [] },
])('after $typed come $offered', async ({ typed, offered }, { expect }) => {
  expect(words(await complete(typed, noEdges))).toEqual([...offered, ':4'])
})

test('descriptions are left out where the shell shows none', async ({ expect }) => {
  expect(await complete(['set'], noEdges, false)).toBe('setup\n:4')
})

const listing = (facts: object): Answer => ({
  to: new RegExp(`^exec ${session.name} kde-tp look --session --listing `),
  stdout: JSON.stringify({ kind: 'facts', facts: { workloads: [], refusals: [], ...facts } }),
})
const running: Answer = { to: /^container ls /, stdout: toListed(session) }
const api = { kind: 'Deployment', name: 'api', desired: 1, ready: 1, reasons: [], isReplaced: false }

/** Ada's computer with the workspace of all tests, and a docker that says this. */
const computer = (answers: readonly Answer[]) => {
  const { docker, calls } = fakeDocker(answers)
  // Nobody waits for a session in vain here.
  const sleep = () => new Promise<void>(() => undefined)
  const edges = fakeEdges({ docker, sleep, files: fakeFiles(workspace) })
  return { calls, offer: async (...typed: readonly string[]) => words(await complete(typed, () => edges)) }
}

test('namespaces and workloads come from a running session, and for a minute from what it said', async ({
  expect,
}) => {
  const { offer, calls } = computer([
    running,
    { ...listing({ namespaces: ['default', 'myapp'] }), times: 1 },
    { ...listing({ workloads: [api] }), times: 1 },
  ])
  expect(await offer('list', 'my')).toEqual(['myapp', ':4'])
  expect(await offer('intercept', '--project', 'shop', '')).toEqual(['default', 'myapp', ':4'])
  expect(await offer('intercept', 'myapp', '-p', '8080:http', '')).toEqual(['api', ':4'])
  expect(await offer('intercept', 'myapp', 'a')).toEqual(['api', ':4'])
  expect(calls).toHaveLength(4)
})

test('what list has shown is offered without a session, until it is a minute old', async ({ expect }) => {
  const { docker, calls } = fakeDocker([
    { ...running, times: 1 },
    listing({ workloads: [api] }),
    { to: /^container ls / },
  ])
  let now = 0
  const edges = fakeEdges({ docker, files: fakeFiles(workspace), now: () => now })
  await list.run(parseCommandLine(list, ['myapp']), edges)
  const offer = async () => words(await complete(['intercept', 'myapp', ''], () => edges))
  now = 60_000
  expect([await offer(), calls.length]).toEqual([['api', ':4'], 2])
  now = 60_001
  expect([await offer(), calls.length]).toEqual([[':4'], 3])
})

test.for([
  ['there is no session', [{ to: /^container ls / }], ['list', '']],
  [
    'the session does not run',
    [{ ...running, stdout: toListed({ ...session, state: 'exited' }) }],
    ['list', ''],
  ],
  ['the session cannot tell', [running, { to: /^exec /, exitCode: 1 }], ['list', '']],
  ['docker does not answer', [{ to: /^container ls /, exitCode: 1 }], ['list', '']],
  ['there is no such environment', [], ['list', '--environment', 'staging', '']],
  ['the words are wrong', [], ['list', '--nothing', '']],
  ['a name could not be one', [], ['intercept', '../../x', '']],
  ['no further word is understood', [], ['list', 'myapp', '']],
  ['another program is meant', [], ['intercept', 'myapp', '--', '']],
] as const)('where %s, nothing is offered and nothing fails', async ([, answers, typed], { expect }) => {
  const { offer, calls } = computer(answers)
  expect(await offer(...typed)).toEqual([':4'])
  expect(calls.filter(call => /^run /.test(call))).toEqual([])
})

test('a session that takes its time is not waited for', async ({ expect }) => {
  const docker = () => new Promise<never>(() => undefined)
  const edges = fakeEdges({ docker, files: fakeFiles(workspace) })
  expect(await complete(['list', ''], () => edges)).toBe(':4')
})
