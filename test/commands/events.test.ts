import { test } from 'vitest'
import type { Command } from '../../cli-plugin/command.ts'
import { events } from '../../cli-plugin/commands/events.ts'
import type { ObservedContainer } from '../../session/observed.ts'
import { devContainer, holder, keeper, session } from '../fakes/containers.ts'
import type { Answer } from '../fakes/docker.ts'
import { type Outcome, toListed } from '../fakes/intercept-in-fake-world.ts'
import { runIn } from '../fakes/run-in-fake-world.ts'

const command = events as Command
/** 2026-11-26T12:00:00Z */
const NOW = 1_795_694_400_000
const now = (): number => NOW
const at = (seconds: number): string => new Date(NOW + seconds * 1000).toISOString()
/** As the engine prints it. */
const event = (seconds: number, action: string, container: ObservedContainer, exitCode = ''): string => {
  const { name, role, workspacePath, environment, namespace = '' } = container
  const stamp = `${NOW + seconds * 1000}123456`
  return `${JSON.stringify([stamp, action, name, role, workspacePath, environment, namespace, exitCode])}\n`
}
const line = (seconds: number, text: string): string =>
  `${at(seconds).replace('Z', '000000Z')} ${at(seconds)} ${text}\n`
const list = (...containers: readonly ObservedContainer[]): Answer => ({
  to: /^container ls --all .*--filter label=kde-tp.role /,
  stdout: containers.map(toListed).join(''),
})
const engine = (stdout: string): Answer => ({ to: /^events (?!.*--until)/, stdout })
const enginePast = (stdout: string): Answer => ({
  to: /^events .*--since 1795694340.000 --until 179569/,
  stdout,
})
const log = (container: ObservedContainer, stdout: string): Answer => ({
  to: new RegExp(`^container logs --timestamps --since [0-9.]+ --follow ${container.name}$`),
  stdout,
})
const pastLog = (container: ObservedContainer, stdout: string): Answer => ({
  to: new RegExp(`^container logs --timestamps --since 1795694340.000 --until [0-9.]+ ${container.name}$`),
  stdout,
})
const told = ({ events: all }: Outcome) =>
  all.flatMap(each => (each.type === 'happening' ? [`${each.source} ${each.kind} ${each.what}`] : []))

test('engine, keeper and session tell what happens, with the reason, as one object each', async ({
  expect,
}) => {
  const answers = [
    list(keeper, holder, session, { ...session, name: 'stopped', state: 'exited' }),
    {
      ...engine(event(1, 'die', session, '137') + event(2, 'exec_start: sh', session)),
      stderr: 'a warning of docker\n',
    },
    log(keeper, line(3, `[myapp] repair: started ${session.name}: it has ended with exit code 137`)),
    log(session, `${line(4, 'connected 34')}no line of ours\n${line(5, 'failed no route: to host')}`),
  ]
  const outcome = await runIn(command, { answers, edges: { now } })
  const place = { workspace: '/w', environment: 'demo', namespace: 'myapp' }
  expect(outcome.events).toEqual([
    {
      ...{ type: 'happening', at: at(1), ...place },
      ...{ source: 'engine', kind: 'ended', what: session.name, because: 'exit code 137' },
    },
    {
      ...{ type: 'happening', at: at(3), ...place, source: 'keeper', kind: 'repair' },
      ...{ what: `started ${session.name}`, because: 'it has ended with exit code 137' },
    },
    { type: 'happening', at: at(4), ...place, source: 'session', kind: 'connected', what: 'the session' },
    {
      ...{ type: 'happening', at: at(5), ...place, source: 'session', kind: 'failed' },
      ...{ what: 'the session', because: 'no route: to host' },
    },
    { type: 'result', exitCode: 0 },
  ])
  expect(outcome.shown.split('\n')[1]).toBe(
    `${at(3)} demo/myapp repair: started ${session.name}: it has ended with exit code 137`,
  )
})

test('a session that comes up later is heard too', async ({ expect }) => {
  const answers = [
    list(keeper),
    log(keeper, ''),
    engine(event(1, 'start', session) + event(2, 'start', devContainer)),
    log(session, line(3, 'connected 34')),
  ]
  expect(told(await runIn(command, { answers, edges: { now } }))).toEqual([
    `engine started ${session.name}`,
    'session connected the session',
    `engine started ${devContainer.name}`,
  ])
})

test('--since tells the past first, in the order of its times, and nothing twice', async ({ expect }) => {
  const repair = line(-10, 'repair: connected again: the daemon has ended')
  const answers = [
    list(keeper, session),
    enginePast(event(-20, 'start', session)),
    pastLog(keeper, line(-30, '[myapp] removed: kde-tp-demo-dev-myapp-old: it has stopped')),
    pastLog(session, repair),
    engine(event(-20, 'start', session) + event(1, 'pause', session)),
    log(keeper, ''),
    log(session, repair),
  ]
  expect(told(await runIn(command, { answers, edges: { now } }, '--since', '1m'))).toEqual([
    'keeper removed kde-tp-demo-dev-myapp-old',
    `engine started ${session.name}`,
    'session repair connected again',
    `engine paused ${session.name}`,
  ])
})

test('--until a time that is over follows nothing', async ({ expect }) => {
  const answers = [list(), enginePast(event(-20, 'destroy', holder))]
  const words = ['--since', '2026-11-26T11:59:00Z', '--until', '1795694399.5']
  const outcome = await runIn(command, { answers, edges: { now } }, ...words)
  expect(told(outcome)).toEqual([`engine gone ${holder.name}`])
  expect(outcome.calls).toHaveLength(2)
})

test('a namespace and --environment leave out what is elsewhere', async ({ expect }) => {
  const other = { ...session, name: 'other', namespace: 'other' }
  const lab = { ...session, name: 'lab', environment: 'lab' }
  const answers = [
    list(),
    engine([session, other, lab, keeper].map(each => event(1, 'health_status: healthy', each)).join('')),
  ]
  const words = ['--environment', 'demo', 'myapp']
  expect(told(await runIn(command, { answers, edges: { now } }, ...words))).toEqual([
    `engine healthy ${session.name}`,
    `engine healthy ${keeper.name}`,
  ])
})

test('it ends as docker events does: by its time with 0, by a signal with that, and else with docker', async ({
  expect,
}) => {
  const ends = async (words: readonly string[], received?: 'SIGINT', exitCode = 0) => {
    const signals = {
      abort: new AbortController().signal,
      received: () => received,
      during: <T>(_: unknown, work: Promise<T>) => work,
    }
    const world = { answers: [list(), { ...engine(''), exitCode }], edges: { now, signals } }
    return (await runIn(command, world, ...words)).exitCode
  }
  expect(await ends(['--until', '2026-11-26T12:00:01Z'], undefined, 1)).toBe(0)
  expect(await ends([], 'SIGINT')).toBe(130)
  expect(await ends([], undefined, 1)).toBe(1)
})

test('what is no time is a usage error', async ({ expect }) => {
  for (const words of [
    ['--since', 'yesterday'],
    ['--until', '2026-13-40'],
  ])
    expect((await runIn(command, { answers: [] }, ...words)).refusal).toBe('USAGE')
})
