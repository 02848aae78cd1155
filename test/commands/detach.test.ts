import { test } from 'vitest'
import type { Command } from '../../cli-plugin/command.ts'
import { detach } from '../../cli-plugin/commands/detach.ts'
import { devContainer, holder, interceptOfApi, keeper, session } from '../fakes/containers.ts'
import type { Answer } from '../fakes/docker.ts'
import {
  commandIn,
  endpoint,
  engineWithCompose,
  startingKeeper,
  toListed,
} from '../fakes/intercept-in-fake-world.ts'

const command = detach as Command
const worker = {
  ...{ ...devContainer, id: 'id-jobs', name: 'kde-tp-demo-dev-myapp-jobs', project: 'jobs' },
  attachment: { ...interceptOfApi, workload: 'worker' },
}
const all = [keeper, holder, session, devContainer, worker]
const list = (containers: readonly (typeof devContainer)[], times?: number): Answer => ({
  ...{ to: /^container ls --all /, stdout: containers.map(toListed).join('') },
  ...(times !== undefined && { times }),
})
const granted: Answer = { to: /^exec -i kde-tp-demo-keeper lease /, stdout: 'granted\n' }
const ending = (left: readonly (typeof devContainer)[]): readonly Answer[] => [
  ...[list(all, 1), engineWithCompose('2.40.3'), endpoint, granted, list(left)],
]

test('where nothing is attached there is nothing to do, which is success', async ({ expect }) => {
  const outcome = await commandIn(command, { answers: [list([])] })
  expect(outcome.exitCode).toBe(0)
  expect(outcome.events.map(({ type }) => type)).toEqual(['remark', 'result'])
})

test('the keeper is asked to end just the one, and waited for', async ({ expect }) => {
  const answers = ending([keeper, holder, session, worker])
  const { exitCode, calls, said } = await commandIn(command, { answers }, 'myapp', 'api')
  expect(exitCode).toBe(0)
  const demand = { type: 'end', devContainer: devContainer.name }
  expect(calls.filter(call => call.includes(' lease '))).toEqual([
    expect.stringMatching(new RegExp(` myapp ${JSON.stringify(demand)}$`)),
  ])
  expect(said).toEqual([{ type: 'bye' }])
})

test('what is not given is asked for among what is there', async ({ expect }) => {
  const world = {
    answers: ending([keeper, holder, session, worker]),
    replies: [['Workload:', 'api']] as const,
  }
  const { exitCode, offered } = await commandIn(command, world)
  expect([exitCode, offered]).toEqual([0, [['api', 'worker']]])
})

test('a workload that is not attached is refused, and nobody’s lease is touched', async ({ expect }) => {
  const { refusal, error } = await commandIn(command, { answers: [list(all)] }, 'myapp', 'web')
  expect([refusal, error?.hint]).toEqual(['NOT_ATTACHED', 'What is: myapp api, myapp worker.'])
})

test('what a newer version has made is refused, and nothing is touched', async ({ expect }) => {
  const newer = [keeper, holder, session, { ...devContainer, schema: 2 }]
  const { refusal, error, calls } = await commandIn(command, { answers: [list(newer)] }, 'myapp', 'api')
  expect([refusal, error?.message, error?.hint]).toEqual([
    'TOOL_TOO_OLD',
    'A newer version of kde-tp has made kde-tp-demo-dev-myapp-shop, and this one does not understand it.',
    'Update kde-tp to the version that made it.',
  ])
  expect(calls).toHaveLength(1)
})

test('a colleague’s is refused without a yes, by their name', async ({ expect }) => {
  const theirs = all.map(container => ({ ...container, owner: 'bob@desk' }))
  const { refusal, error } = await commandIn(command, { answers: [list(theirs)] }, 'myapp', 'api')
  expect([refusal, error?.message]).toEqual(['NOT_YOURS', expect.stringContaining('bob@desk')])
  const answers = [list(theirs, 1), ...ending([]).slice(1)]
  expect((await commandIn(command, { answers }, 'myapp', 'api', '--yes')).exitCode).toBe(0)
})

test('a keeper that is not there is started', async ({ expect }) => {
  const starting: readonly Answer[] = [
    { to: /^exec -i kde-tp-demo-keeper lease /, times: 1, exitCode: 1 },
    { to: /^image inspect /, stdout: '["sha256:1",null]' },
    { to: /^container rm --force --volumes kde-tp-demo-keeper$/ },
    ...startingKeeper,
  ]
  const answers = [...starting, ...ending([])]
  const { exitCode, inputs } = await commandIn(command, { answers }, 'myapp', 'api')
  expect(exitCode).toBe(0)
  expect(inputs[0]).toContain('/w/environments/demo/.telepresence')
})

test('a paused session that another project keeps is refused, and nothing is ended', async ({ expect }) => {
  const paused = all.map(container => (container === session ? { ...session, state: 'paused' } : container))
  const { refusal, error, calls } = await commandIn(command, { answers: [list(paused)] }, 'myapp', 'api')
  expect([refusal, error?.hint]).toEqual(['NOT_ENDED', `Let it go on with: docker unpause ${session.name}`])
  expect(calls.some(call => call.includes(' lease '))).toBe(false)
})
