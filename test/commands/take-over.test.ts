import { test } from 'vitest'
import type { Answer } from '../fakes/docker.ts'
import { beforeAnyChange, carryingOut, interceptIn } from '../fakes/intercept-in-fake-world.ts'

const words = ['myapp', 'api', '--project', 'shop', '-p', '8080:http', '--also-proxy', '', '--take-over']
const shell: Answer = { to: /^exec --interactive / }
const conflict = 'conflict with intercept 1a2b:api on port 80 created by client "bob@desk": all of it'
const attaching = (error: string, times = 1): Answer => ({
  ...{ to: /^exec \S+ attach api intercept api /, times, exitCode: 1 },
  stdout: JSON.stringify({ error }),
})
const revoking: Answer = { to: /^exec \S+ telepresence revoke 1a2b:api / }
const made = carryingOut.filter(({ to }) => !/ intercept|until-arrival|dev-myapp/.test(to.source))

test('after a yes the attachment of somebody else is ended, and ours is made once the manager has heard of it', async ({
  expect,
}) => {
  const answers = [...beforeAnyChange(), attaching(conflict, 3), revoking, ...carryingOut, shell]
  const question = 'bob@desk holds "api" in myapp. End theirs, and take it?'
  const { exitCode, calls } = await interceptIn({ answers, replies: [[question, true]] }, ...words)
  expect(exitCode).toBe(0)
  expect(calls.filter(call => call.includes(' revoke '))).toHaveLength(1)
})

test('with --yes nobody is asked', async ({ expect }) => {
  const answers = [...beforeAnyChange(), attaching(conflict), revoking, ...carryingOut, shell]
  expect((await interceptIn({ answers }, ...words, '--yes')).exitCode).toBe(0)
})

test('without a terminal and --yes nothing of theirs is ended', async ({ expect }) => {
  const answers = [...beforeAnyChange(), attaching(conflict), ...made]
  const { refusal, error, said } = await interceptIn({ answers }, ...words)
  expect([refusal, error?.message]).toEqual(['NOT_YOURS', 'bob@desk holds "api" in myapp.'])
  expect(said.at(-1)).toEqual({ type: 'bye' })
})

test('who may not end it is told what an administrator does', async ({ expect }) => {
  const forbidden = {
    ...revoking,
    ...{ exitCode: 1, stdout: '{"error":"configmaps \\"traffic-manager\\" is forbidden: no"}' },
  }
  const answers = [...beforeAnyChange(), attaching(conflict), forbidden, ...made]
  const { refusal, error } = await interceptIn({ answers }, ...words, '--yes')
  expect(refusal).toBe('REVOKE_FORBIDDEN')
  expect(error?.hint).toContain(' && telepresence revoke 1a2b:api')
  expect(error?.left).toBe('What this command had made was taken away again.')
})

test('where ours fails after theirs was ended, this is said', async ({ expect }) => {
  const failing = [attaching(conflict), attaching('no such luck', 9)]
  const answers = [...beforeAnyChange(), ...failing, revoking, ...made]
  const { refusal, error } = await interceptIn({ answers }, ...words, '--yes')
  expect(refusal).toBe('ATTACH_FAILED')
  expect(error?.left).toContain('The attachment of bob@desk was ended before, and stays so')
})
