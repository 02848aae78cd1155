import { test } from 'vitest'
import type { Command } from '../../cli-plugin/command.ts'
import { env } from '../../cli-plugin/commands/env.ts'
import { commandIn } from '../fakes/intercept-in-fake-world.ts'

const command = env as Command
const directory = '/w/environments/demo/.telepresence/env-files/myapp'
const files = { [`${directory}/api.env`]: "LINES='one\ntwo'\nPASSWORD='secret'\\''s'\n" }
const world = { answers: [], files }

test('env tells the copied variables, hidden unless they are asked for', async ({ expect }) => {
  const { exitCode, events } = await commandIn(command, world, 'myapp', 'api')
  expect(exitCode).toBe(0)
  expect(JSON.stringify(events)).not.toContain('secret')
  const revealed = await commandIn(command, world, 'myapp', 'api', '--reveal', '--output', 'sh')
  expect(revealed.events.at(0)).toEqual({
    ...{ type: 'variables', namespace: 'myapp', workload: 'api', output: 'sh', leftOut: [] },
    variables: { LINES: 'one\ntwo', PASSWORD: "secret's" },
  })
})

test('what the format cannot carry is named', async ({ expect }) => {
  const { events } = await commandIn(command, world, 'myapp', 'api', '-o', 'dotenv')
  expect(events).toContainEqual({ type: 'remark', message: expect.stringContaining('LINES') })
})

test('what is not given is asked for among what was copied', async ({ expect }) => {
  const replies = [
    ['Namespace:', 'myapp'],
    ['Workload:', 'api'],
  ] as const
  expect((await commandIn(command, { ...world, replies })).exitCode).toBe(0)
  expect((await commandIn(command, world)).refusal).toBe('USAGE')
})

test('what was never copied is refused', async ({ expect }) => {
  expect((await commandIn(command, world, 'myapp', 'worker')).refusal).toBe('VARIABLES_MISSING')
  expect((await commandIn(command, { answers: [] })).refusal).toBe('VARIABLES_MISSING')
})
