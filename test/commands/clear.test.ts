import { test } from 'vitest'
import type { Command } from '../../cli-plugin/command.ts'
import { clear } from '../../cli-plugin/commands/clear.ts'
import { keeper } from '../fakes/containers.ts'
import type { Answer } from '../fakes/docker.ts'
import { commandIn, endpoint, engineWithCompose, toListed } from '../fakes/intercept-in-fake-world.ts'

const command = clear as Command
const telepresence = '/w/environments/demo/.telepresence'
const files = {
  [`${telepresence}/env-files/myapp/api.env`]: "A='1'\n",
  [`${telepresence}/logs/myapp.log`]: 'connected\n',
}

/** What the engine has of ours at first, and then no more. */
const owned = (...lines: readonly (readonly string[])[]): readonly Answer[] => [
  { to: /^(network|volume) ls --filter label=kde-tp.schema /, stdout: '' },
  {
    ...{ to: /^container ls --all --filter label=kde-tp.schema /, times: 1 },
    stdout: lines.map(line => `${JSON.stringify(line)}\n`).join(''),
  },
]
const ending: readonly Answer[] = [
  { to: /^container ls --all / },
  engineWithCompose('2.40.3'),
  endpoint,
  { to: /^exec -i kde-tp-demo-keeper lease \S+ .environment \{"type":"end-all"\}$/, stdout: 'granted\n' },
]
const mine = ['kde-tp-demo-keeper', '/w', 'demo', 'ada@laptop']
const bobs = ['kde-tp-demo-dev-myapp-shop', '/w', 'demo', 'bob@desk']
const elsewhere = ['kde-tp-test-keeper', '/home/bob/w', 'test', 'bob@desk']

test('what is one’s own is cleared without a question, with the copied variables, and logs stay', async ({
  expect,
}) => {
  const outcome = await commandIn(command, { answers: [...owned(mine, elsewhere), ...ending], files })
  expect(outcome.exitCode).toBe(0)
  expect(outcome.files).not.toHaveProperty([`${telepresence}/env-files/myapp/api.env`])
  expect(outcome.files).toHaveProperty([`${telepresence}/logs/myapp.log`])
  expect(outcome.events).toContainEqual({
    ...{ type: 'cleared', refused: [], kept: [`${telepresence}/logs`] },
    removed: [
      { kind: 'container', name: 'kde-tp-demo-keeper' },
      { kind: 'directory', name: `${telepresence}/env-files` },
    ],
  })
})

test('an environment of a newer version is refused, and nothing is touched', async ({ expect }) => {
  const newer = toListed({ ...keeper, schema: 2 })
  const answers = [...owned(mine), { to: /^container ls --all /, stdout: newer }]
  const { refusal, calls } = await commandIn(command, { answers })
  expect(refusal).toBe('TOOL_TOO_OLD')
  expect(calls.filter(call => !call.includes(' ls '))).toEqual([])
})

test('nothing to clear is success', async ({ expect }) => {
  const outcome = await commandIn(command, { answers: owned() })
  expect(outcome.exitCode).toBe(0)
  expect(outcome.events.at(0)).toEqual({ type: 'cleared', removed: [], kept: [], refused: [] })
})

test('what others have started here is cleared only after a yes', async ({ expect }) => {
  const refused = await commandIn(command, { answers: owned(mine, bobs) })
  expect([refused.refusal, refused.error?.message]).toEqual([
    'NOT_YOURS',
    'This ends what belongs to: demo of /w (ada@laptop, bob@desk).',
  ])
  const cleared = await commandIn(command, { answers: [...owned(mine, bobs), ...ending] }, '--yes')
  expect(cleared.exitCode).toBe(0)
})

test('--all asks, and names each workspace and its owners', async ({ expect }) => {
  const question =
    'This ends what belongs to: demo of /w (ada@laptop); test of /home/bob/w (bob@desk). End it all the same?'
  const world = { answers: owned(mine, elsewhere), replies: [[question, false]] as const }
  expect((await commandIn(command, world, '--all')).refusal).toBe('CANCELLED')
})

test('a workspace that is not there any more is known by its labels', async ({ expect }) => {
  const gone = ['kde-tp-demo-keeper', '/gone', 'demo', 'ada@laptop']
  const answers = [...owned(gone), ...ending]
  expect((await commandIn(command, { answers }, '--workspace', '/gone')).exitCode).toBe(0)
})
