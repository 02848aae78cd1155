import { test } from 'vitest'
import type { Command } from '../../cli-plugin/command.ts'
import { use } from '../../cli-plugin/commands/use.ts'
import { commandIn, workspace } from '../fakes/intercept-in-fake-world.ts'

const command = use as Command
const files = { '/w/environments/staging/k8s.env': 'ENV_TYPE=k8s\n' }
const before = Object.fromEntries(
  Object.entries({ ...workspace, ...files }).map(([path, text]) => [path, `0644 ${text}`]),
)

test('use writes current.env as KDE-cli reads it, and nothing else (S-47)', async ({ expect }) => {
  const outcome = await commandIn(command, { answers: [], files }, 'Staging')
  expect(outcome.exitCode).toBe(0)
  expect(outcome.files).toEqual({ ...before, '/w/current.env': '0644 CUR_ENV=staging\n' })
  expect(outcome.calls).toEqual([])
})

test('an unknown environment is refused, and those that there are are named', async ({ expect }) => {
  const outcome = await commandIn(command, { answers: [], files }, 'production')
  expect([outcome.refusal, outcome.error?.hint]).toEqual([
    'ENVIRONMENT_UNKNOWN',
    expect.stringContaining('demo, staging'),
  ])
  expect(outcome.files).toEqual(before)
})

test('what is not given is asked for, and without a terminal it is a usage error', async ({ expect }) => {
  const asked = await commandIn(command, { answers: [], files, replies: [['Environment:', 'staging']] })
  expect(asked.files['/w/current.env']).toBe('0644 CUR_ENV=staging\n')
  expect((await commandIn(command, { answers: [], files })).refusal).toBe('USAGE')
})

test('that the shell’s own CUR_ENV comes first is said', async ({ expect }) => {
  const world = { answers: [], files, edges: { environment: { CUR_ENV: 'demo' } } }
  const { events } = await commandIn(command, world, 'staging')
  expect(events).toContainEqual({ type: 'remark', message: expect.stringContaining('demo stays') })
})
