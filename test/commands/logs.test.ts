import { test } from 'vitest'
import type { Command } from '../../cli-plugin/command.ts'
import { logs } from '../../cli-plugin/commands/logs.ts'
import { devContainer, holder, interceptOfApi, keeper, session } from '../fakes/containers.ts'
import type { Answer } from '../fakes/docker.ts'
import { commandIn, type Outcome, toListed } from '../fakes/intercept-in-fake-world.ts'

const command = logs as Command
const worker = {
  ...{ ...devContainer, id: 'id-jobs', name: 'kde-tp-demo-dev-myapp-jobs' },
  attachment: { ...interceptOfApi, workload: 'worker' },
}
const list = (...containers: readonly (typeof devContainer)[]): Answer => ({
  to: /^container ls --all /,
  stdout: containers.map(toListed).join(''),
})
const all = list(keeper, holder, session, devContainer, worker)
const log = (name: string, stdout: string, stderr = ''): Answer => ({
  ...{ to: new RegExp(`^container logs --timestamps (--follow )?${name}$`), stdout, stderr },
})
const told = ({ events }: Outcome) =>
  events.flatMap(event => (event.type === 'log' ? [`${event.source} | ${event.text}`] : []))

test('the logs of a workload’s containers come in the order of their times', async ({ expect }) => {
  const answers = [
    all,
    log(session.name, '2026-01-01T00:00:02.5Z connected\n', '2026-01-01T00:00:01Z starting\n'),
    log(devContainer.name, '2026-01-01T00:00:03Z serving\n'),
    log(keeper.name, '2026-01-01T00:00:00Z up\n'),
  ]
  expect(told(await commandIn(command, { answers }, 'myapp', 'api'))).toEqual([
    `${keeper.name} | up`,
    `${session.name} | starting`,
    `${session.name} | connected`,
    `${devContainer.name} | serving`,
  ])
})

const starts = (...names: readonly string[]): Answer => ({
  to: /^events .* --filter event=start$/,
  stdout: names.map(name => `${name}\n`).join(''),
})

test('--follow tells each line as it comes', async ({ expect }) => {
  const lines = '2026-01-01T00:00:01Z one\n2026-01-01T00:00:02Z two\n'
  const answers = [list(session), log(session.name, lines), starts()]
  const outcome = await commandIn(command, { answers }, '--follow')
  expect(told(outcome)).toEqual([`${session.name} | one`, `${session.name} | two`])
})

test('--follow goes on with a container that starts again, and tells no line twice', async ({ expect }) => {
  const again: Answer = {
    to: new RegExp(`^container logs --timestamps --follow --since 2026-01-01T00:00:02Z ${session.name}$`),
    stdout: '2026-01-01T00:00:02Z two\n2026-01-01T00:00:03Z three\n',
  }
  const answers = [
    list(session, devContainer),
    log(session.name, '2026-01-01T00:00:01Z one\n2026-01-01T00:00:02Z two\n'),
    log(devContainer.name, ''),
    starts('elsewhere', session.name),
    again,
  ]
  expect(told(await commandIn(command, { answers }, '--follow'))).toEqual([
    `${session.name} | one`,
    `${session.name} | two`,
    `${session.name} | three`,
  ])
})

test('where no container is there the log files are shown (S-61)', async ({ expect }) => {
  const directory = '/w/environments/demo/.telepresence/logs'
  const files = {
    [`${directory}/myapp.log`]: '2026-01-01T00:00:02Z connected\n',
    [`${directory}/myapp/connector.log`]: '2026-01-01 00:00:01.5 info first\n  and more\n',
    [`${directory}/other.log`]: '2026-01-01T00:00:00Z elsewhere\n',
  }
  expect(told(await commandIn(command, { answers: [list()], files }, 'myapp'))).toEqual([
    'myapp/connector.log | 2026-01-01 00:00:01.5 info first',
    'myapp/connector.log |   and more',
    'myapp.log | 2026-01-01T00:00:02Z connected',
  ])
})

test('nothing logged is said, and is success', async ({ expect }) => {
  const { exitCode, events } = await commandIn(command, { answers: [list()] })
  expect([exitCode, events.at(0)]).toEqual([0, { type: 'remark', message: 'Nothing has been logged here.' }])
})

test('a repair is shown also where the log that told of it is gone, and once', async ({ expect }) => {
  const again = '2026-01-01T00:00:02.000Z repair: connected again: the daemon has ended'
  const started = `2026-01-01T00:00:01.000Z [myapp] repair: started ${session.name}: it has ended with exit code 137`
  const files = {
    '/w/environments/demo/.telepresence/logs/myapp.log': `${started}\n2025-01-01T00:00:00.000Z ending\n${again}\n`,
    '/w/environments/demo/.telepresence/logs/myapp.log.1': `2025-01-01T00:00:00.000Z lost: api: taken\n`,
    '/w/environments/demo/.telepresence/logs/other.log': started.replace('[myapp]', '[other]'),
  }
  const answers = [list(session), log(session.name, `2026-01-01T00:00:02.1Z ${again}\n`)]
  expect(told(await commandIn(command, { answers, files }, 'myapp'))).toEqual([
    'myapp.log.1 | 2025-01-01T00:00:00.000Z lost: api: taken',
    `myapp.log | ${started}`,
    `${session.name} | ${again}`,
  ])
})
