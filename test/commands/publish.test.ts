import { test } from 'vitest'
import type { Command } from '../../cli-plugin/command.ts'
import { publish } from '../../cli-plugin/commands/publish.ts'
import { devContainer, holder, inlet, keeper, publisher, session } from '../fakes/containers.ts'
import type { Answer } from '../fakes/docker.ts'
import { commandIn, endpoint, engineWithCompose, toListed } from '../fakes/intercept-in-fake-world.ts'

const command = publish as Command
const all = [keeper, holder, { ...session, network: 'kde-demo' }, devContainer, publisher, inlet]
const list: Answer = { to: /^container ls --all /, stdout: all.map(toListed).join('') }
const lease: readonly Answer[] = [
  engineWithCompose('2.40.3'),
  endpoint,
  { to: /^exec -i kde-tp-demo-keeper lease /, stdout: 'granted\n' },
]
const up: Answer = { to: /^compose .* up .* publish-myapp-9000 inlet-myapp-9000$/ }

test('what is published already stays, and what is lacking is added, under a lease', async ({ expect }) => {
  const world = { answers: [list, ...lease, up] }
  const words = ['myapp', 'api', '8080:3000', '9000:3001']
  const { exitCode, calls, said } = await commandIn(command, world, ...words)
  expect(exitCode).toBe(0)
  expect(calls.filter(call => call.startsWith('compose '))).toHaveLength(1)
  expect(said).toEqual([{ type: 'bye' }])
})

test('where all of it is published already nothing is started', async ({ expect }) => {
  const { exitCode, calls } = await commandIn(
    command,
    { answers: [list, ...lease] },
    'myapp',
    'api',
    '8080:3000',
  )
  expect(exitCode).toBe(0)
  expect(calls.filter(call => call.startsWith('compose '))).toEqual([])
})

test('a port that docker finds taken leaves nothing of it', async ({ expect }) => {
  const stderr = 'Bind for 127.0.0.1:9000 failed: port is already allocated'
  const removals: readonly Answer[] = [{ to: /^container rm / }, { to: /^volume rm / }]
  const answers = [list, ...lease, { ...up, exitCode: 1, stderr }, ...removals]
  const { refusal, calls } = await commandIn(command, { answers }, 'myapp', 'api', '9000:3001')
  expect(refusal).toBe('PORT_TAKEN')
  expect(calls.filter(call => / rm /.test(call))).toEqual([
    'container rm --force --volumes kde-tp-demo-publish-myapp-9000',
    'container rm --force --volumes kde-tp-demo-inlet-myapp-9000',
    'volume rm kde-tp-demo-publish-myapp-9000',
  ])
})

test.for([
  ['myapp', 'api'],
  ['myapp', 'api', 'web', '3000'],
  ['myapp', 'api', '99999'],
])('%j is a wrong word, before anything is looked at', async (words, { expect }) => {
  const { refusal, calls } = await commandIn(command, { answers: [] }, ...words)
  expect([refusal, calls]).toEqual(['USAGE', []])
})
