import { test } from 'vitest'
import type { Command, Edges } from '../../cli-plugin/command.ts'
import { parseCommandLine } from '../../cli-plugin/command-line.ts'
import { status } from '../../cli-plugin/commands/status.ts'
import { readStatus } from '../../cli-plugin/status/read-status.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { SessionEvent } from '../../session/events.ts'
import type { ObservedContainer } from '../../session/observed.ts'
import type { RunDocker } from '../../session/tool-command.ts'
import { devContainer, foreign, holder, inlet, keeper, publisher, session } from '../fakes/containers.ts'
import { type Answer, fakeDocker } from '../fakes/docker.ts'
import { fakeEdges } from '../fakes/edges.ts'
import { toListed } from '../fakes/intercept-in-fake-world.ts'
import { runIn } from '../fakes/run-in-fake-world.ts'

const listing = (...all: readonly ObservedContainer[]): Answer => ({
  to: /^container ls --all .*--filter label=kde-tp.role /,
  stdout: all.map(toListed).join(''),
})
const created: Answer = {
  to: /^container inspect /,
  stdout:
    '["id-session","2026-11-26T11:00:00.123Z"]\n["id-dev","2026-11-26T11:59:30Z","dev:1"]\n["id-detached","2026-11-20T12:00:00Z"]\n',
  exitCode: 1,
}
const connected: Answer = {
  to: /^exec kde-telepresence-session-demo-myapp session-state --manager --news$/,
  stdout: 'connected\n',
}
const logOf = (id: string, stdout = ''): Answer => ({
  to: new RegExp(`^container logs --tail 500 ${id}$`),
  stdout,
})
const logs = [
  logOf(
    'id-keeper',
    [
      '2026-11-26T11:00:01.000Z [myapp] repair: started kde-tp-demo-net-myapp: the engine had stopped it',
      '2026-11-26T11:00:02.000Z [other] repair-failed: start the session of other: no such image',
      '2026-11-26T11:00:03.000Z [myapp] removed: kde-tp-demo-dev-myapp-old: it has stopped\n',
    ].join('\n'),
  ),
  logOf(
    'id-session',
    '2026-11-26T11:30:00.000Z connected 34\n2026-11-26T11:30:00.001Z repair: connected again: the daemon has ended\n',
  ),
  logOf('id-elsewhere'),
]
const all = [keeper, holder, session, devContainer, publisher, inlet]
const detached: ObservedContainer = {
  ...devContainer,
  id: 'id-detached',
  name: 'kde-tp-demo-dev-myapp-zoo',
  project: 'zoo',
  life: 'detached',
  attachment: undefined,
  state: 'exited',
}
const elsewhere: ObservedContainer = {
  ...session,
  id: 'id-elsewhere',
  name: 'kde-telepresence-session-demo-myapp-1a2b',
  workspacePath: '/home/bob/w',
  owner: 'bob@desk',
  state: 'exited',
}

const columns = (shown: string) => shown.split('\n').map(line => line.split(/ {3,}/))

test('everything on the engine is on one screen, whoever it belongs to', async ({ expect }) => {
  const answers = [listing(...all, detached, elsewhere), created, connected, ...logs]
  const { exitCode, shown } = await runIn(status as Command, { answers, files: { '/w/kde.env': undefined } })
  expect(exitCode).toBe(0)
  expect(columns(shown)).toEqual([
    ['Environment demo of /home/bob/w: the keeper is gone; the next command brings it back'],
    ['NAMESPACE', 'CONTAINER', 'STATE', 'ATTACHMENT', 'PUBLISHED', 'LIFE', 'AGE', 'OWNER'],
    ['myapp', 'session', 'exited', '-', '-', '-', '?', 'bob@desk'],
    [''],
    ['Environment demo of /w, keeper running'],
    ['NAMESPACE', 'CONTAINER', 'STATE', 'ATTACHMENT', 'PUBLISHED', 'LIFE', 'AGE', 'OWNER'],
    ['myapp', 'session', 'connected', '-', '-', '-', '59m', 'ada@laptop'],
    [
      ...['myapp', 'project shop', 'running', 'intercept api 8080:http by sidecar'],
      ...['127.0.0.1:8080:3000', 'leased', '30s', 'ada@laptop'],
    ],
    ['myapp', 'project zoo', 'exited', '?', '-', 'detached', '6d', 'ada@laptop'],
    ['TIME', 'NAMESPACE', 'LAST REPAIRS', 'REASON'],
    ['2026-11-26T11:30:00.001Z', 'myapp', 'repair: connected again', 'the daemon has ended'],
    ['2026-11-26T11:00:02.000Z', 'other', 'repair-failed: start the session of other', 'no such image'],
    [
      ...['2026-11-26T11:00:01.000Z', 'myapp', 'repair: started kde-tp-demo-net-myapp'],
      'the engine had stopped it',
    ],
  ])
})

test('--connections tells what each running session counts, and each change is a line', async ({
  expect,
}) => {
  const other: ObservedContainer = { ...session, name: 'other', namespace: 'other' }
  const old: ObservedContainer = { ...session, name: 'old', namespace: 'old' }
  const answers: readonly Answer[] = [
    listing(keeper, session, other, old, elsewhere),
    { to: new RegExp(`^exec -i ${session.name} connections$`), stdout: '0\n12\n' },
    { to: /^exec -i other connections$/, stdout: '3\n' },
    { to: /^exec -i old connections$/, stdout: 'OCI runtime exec failed: no connections\n', exitCode: 127 },
  ]
  const { exitCode, events, shown } = await runIn(status as Command, { answers }, '--connections')
  const place = { type: 'connections', workspace: '/w', environment: 'demo' }
  expect(events).toEqual([
    { ...place, namespace: 'myapp', perSecond: 0 },
    { ...place, namespace: 'myapp', perSecond: 12 },
    { ...place, namespace: 'other', perSecond: 3 },
    { type: 'result', exitCode: 0 },
  ])
  expect(exitCode).toBe(0)
  expect(shown.split('\n')[1]).toBe('demo/myapp: new connections a second: 12')
})

test('what a session has lost is told until somebody leaves it or attaches it again', async ({ expect }) => {
  const news = [
    'connected',
    'api lost 2026-11-26T11:40:00.000Z bob@desk has taken it',
    'web changed 2026-11-26T11:41:00.000Z its pods have other environment variables: A',
  ]
  const answers = [listing(...all), created, { ...connected, stdout: `${news.join('\n')}\n` }, ...logs]
  const { events } = await runIn(status as Command, { answers })
  const [told] = events.flatMap(event => (event.type === 'status' ? event.environments : []))
  expect(told?.sessions).toMatchObject([
    { state: 'connected', lost: [{ workload: 'api', because: 'bob@desk has taken it' }] },
  ])
})

test('a session that is not connected says why', async ({ expect }) => {
  const state = 'not connected (failed: no route to host)'
  const answers = [
    listing(...all),
    created,
    logOf('id-keeper'),
    { ...connected, stdout: state, exitCode: 1 },
    ...logs.slice(1),
  ]
  const { events } = await runIn(status as Command, { answers })
  expect(events).toEqual([
    {
      type: 'status',
      environments: [
        {
          workspace: '/w',
          environment: 'demo',
          composeProject: 'kde-tp-demo',
          keeper: 'running',
          sessions: [
            {
              container: session.name,
              namespace: 'myapp',
              owner: 'ada@laptop',
              createdAt: '2026-11-26T11:00:00.123Z',
              state,
              alsoProxy: [],
            },
          ],
          repairs: [
            {
              at: '2026-11-26T11:30:00.001Z',
              namespace: 'myapp',
              kind: 'repair',
              what: 'connected again',
              because: 'the daemon has ended',
            },
          ],
          devContainers: [
            {
              container: devContainer.name,
              namespace: 'myapp',
              owner: 'ada@laptop',
              createdAt: '2026-11-26T11:59:30Z',
              state: 'running',
              project: 'shop',
              image: 'dev:1',
              life: 'leased',
              attachment: devContainer.attachment,
              published: ['127.0.0.1:8080:3000'],
            },
          ],
        },
      ],
    },
    { type: 'result', exitCode: 0 },
  ])
})

test('a session that says nothing is shown as one, and hides no other', async ({ expect }) => {
  const gone = { to: connected.to, stderr: 'No such container', exitCode: 1 }
  const { shown } = await runIn(status as Command, { answers: [listing(...all), created, gone, ...logs] })
  expect(shown).toMatch(/^myapp +session +no answer +- /m)
  const hanging: RunDocker = async command => {
    if (command.args[0] === 'exec')
      throw new KdeTpError('TOOL_FAILED', 'It gave no answer within 10 seconds.')
    return fakeDocker([listing(...all), created, ...logs]).docker(command)
  }
  expect(await readStatus(fakeEdges({ docker: hanging }))).toMatchObject([
    { sessions: [{ state: 'no answer' }] },
  ])
})

test('no session is no failure, and what is not ours is not shown', async ({ expect }) => {
  const { exitCode, shown, calls } = await runIn(status as Command, { answers: [listing()] })
  expect([exitCode, shown, calls.length]).toEqual([0, 'No session runs on this engine.', 1])
  const { shown: others } = await runIn(status as Command, { answers: [listing(foreign), created] })
  expect(others).toBe('No session runs on this engine.')
})

/** Watches until it has looked so often. */
async function watch(
  looks: number,
  answers: readonly Answer[],
  terminal: Edges['terminal'],
  ...words: readonly string[]
) {
  const ending = new AbortController()
  const { docker } = fakeDocker(answers)
  const told: (SessionEvent | string)[] = []
  let looked = 0
  const exitCode = await status.run(
    parseCommandLine(status, ['--watch', ...words]),
    fakeEdges({
      docker,
      terminal,
      signals: { abort: ending.signal, received: () => 'SIGTERM', during: (_, work) => work },
      sleep: async () => {
        looked += 1
        if (looked === looks) ending.abort()
      },
      emit: event => void told.push(event),
      print: text => void told.push(text),
    }),
  )
  return { exitCode, told }
}

const first = { ...listing(), times: 2 }
const second = listing(...all)

test('--watch --format json tells each change once, until it is asked to end', async ({ expect }) => {
  const terminal = { stdin: true, stdout: true }
  const { exitCode, told } = await watch(
    4,
    [first, second, created, connected, ...logs],
    terminal,
    '--format',
    'json',
  )
  expect(told.map(event => (typeof event === 'string' ? event : event.type))).toEqual([
    'status',
    'status',
    'result',
  ])
  expect(told[0]).toEqual({ type: 'status', environments: [] })
  expect(exitCode).toBe(143)
})

test('--watch draws a terminal anew each time, since ages grow', async ({ expect }) => {
  const { told } = await watch(3, [listing()], { stdin: true, stdout: true })
  expect(told.map(event => (typeof event === 'string' ? 'cleared' : event.type))).toEqual([
    ...['cleared', 'status', 'cleared', 'status', 'cleared', 'status'],
    'result',
  ])
})

const plan = (stdout: string, exitCode = 0): Answer => ({
  to: /^exec kde-tp-demo-keeper kde-tp keeper-plan --name kde-tp-demo-keeper --workspace \/w --environment demo$/,
  stdout,
  exitCode,
})
const steps = [
  {
    kind: 'remove-dev-container',
    namespace: 'myapp',
    name: `remove ${devContainer.name}`,
    because: 'it has stopped',
  },
  { kind: 'leave', name: 'remove the keeper', because: 'nothing is left to keep' },
]

test('--plan shows what the keeper says that it would do now', async ({ expect }) => {
  const answers = [listing(...all), plan(JSON.stringify(steps))]
  const { exitCode, events, shown } = await runIn(status as Command, { answers }, '--plan')
  expect(exitCode).toBe(0)
  expect(events[0]).toEqual({
    type: 'keeping',
    environments: [{ workspace: '/w', environment: 'demo', keeper: 'running', steps }],
  })
  expect(columns(shown)).toEqual([
    ['Environment demo of /w, keeper running'],
    ['NAMESPACE', 'STEP', 'REASON'],
    ['myapp', `remove ${devContainer.name}`, 'it has stopped'],
    ['-', 'remove the keeper', 'nothing is left to keep'],
  ])
})

test('--plan says it where there is nothing to do, and where the keeper does not tell', async ({
  expect,
}) => {
  const { shown } = await runIn(status as Command, { answers: [listing(...all), plan('[]')] }, '--plan')
  expect(shown.split('\n')[1]).toBe('Nothing to do.')
  const old = await runIn(status as Command, { answers: [listing(...all), plan('', 2)] }, '--plan')
  expect(old.shown.split('\n')[1]).toBe('The keeper does not say what it would do.')
})

test('--plan of a keeper that is gone is what the next one would do', async ({ expect }) => {
  const containers = [holder, { ...session, state: 'exited' }, { ...detached, state: 'running' }]
  const answers: readonly Answer[] = [
    { to: /^container ls --all /, stdout: containers.map(toListed).join('') },
    { to: /^container inspect /, stdout: '["id-session",137,"1970-01-01T00:00:00Z",false]\n' },
  ]
  const edges = { now: () => 1000 }
  const { shown } = await runIn(status as Command, { answers, edges }, '--plan')
  expect(columns(shown)).toEqual([
    ['Environment demo of /w: the keeper is gone; the next command brings it back'],
    ['NAMESPACE', 'STEP', 'REASON'],
    ['myapp', `start ${session.name}`, 'it has ended while no keeper was there'],
  ])
})
