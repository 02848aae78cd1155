import { test } from 'vitest'
import type { Prompts } from '../../cli-plugin/edges/prompts.ts'
import { KdeTpError } from '../../session/errors.ts'
import { devContainer, holder, interceptOfApi, keeper, session } from '../fakes/containers.ts'
import {
  beforeAnyChange,
  carryingOut,
  facts,
  interceptIn,
  interceptInAny,
  listed,
} from '../fakes/intercept-in-fake-world.ts'
import { fakePrompts, type Reply } from '../fakes/prompts.ts'

const questions: readonly Reply[] = [
  ['Namespace:', 'myapp'],
  ['Internal network to proxy (CIDR), or Enter for none:', '10.0.0.0/8, 172.16.0.0/12'],
  ['Workload:', 'api'],
  ['Remote port:', 'http'],
  ['Local port that your program listens on:', ''],
  ['Requests:', 'all requests'],
  ['Project:', 'shop'],
]
const shell = { to: /^exec --interactive --tty .* kde-tp-demo-dev-myapp-shop \/entrypoint.sh bash$/ }
const usual = [...beforeAnyChange(), ...carryingOut, shell]
const answers = [listed, ...usual]
const files = { '/w/environments/demo/.env': 'A=1\n' }

// S-23, S-27, S-28, S-30, S-31, S-32, S-33, S-46
test('what is missing is asked for in the order that people know', async ({ expect }) => {
  const { exitCode, offered, calls } = await interceptIn({ answers, files, replies: questions })
  expect(exitCode).toBe(0)
  expect(offered).toEqual([
    ['default', 'myapp'],
    [],
    ['api', 'worker'],
    ['http'],
    ['3000'],
    ['all requests', 'only requests with my header'],
    ['jobs', 'shop'],
  ])
  expect(calls).toContainEqual(expect.stringMatching(/ --workload api --port 3000:http /))
})

// S-42, S-43
test("the networks are kept in the environment's .env, and not asked for again", async ({ expect }) => {
  const asked = await interceptIn({ answers, files, replies: questions })
  const kept = asked.files['/w/environments/demo/.env']?.slice('0600 '.length) ?? ''
  expect(kept).toBe('A=1\nTELEPRESENCE_ALSO_PROXY_CIDR=10.0.0.0/8,172.16.0.0/12\n')
  const rest = questions.filter(([question]) => !question.includes('CIDR'))
  const again = await interceptIn({ answers, files: { '/w/environments/demo/.env': kept }, replies: rest })
  expect(again.inputs.filter(input => input.includes('"--also-proxy"'))).toHaveLength(1)
})

// S-40
test('Enter for no network is an answer that is kept too', async ({ expect }) => {
  const replies = questions.map(
    ([question, answer]): Reply => [question, question.includes('CIDR') ? '' : answer],
  )
  const outcome = await interceptIn({ answers, files, replies })
  expect(outcome.files['/w/environments/demo/.env']).toContain('TELEPRESENCE_ALSO_PROXY_CIDR=\n')
})

test('what is given is not asked for', async ({ expect }) => {
  const words = ['myapp', 'api', '--project', 'shop', '-p', '8080:http', '--also-proxy', '']
  const outcome = await interceptIn({ answers: usual, files, replies: [] }, ...words)
  expect(outcome.exitCode).toBe(0)
  expect(outcome.files['/w/environments/demo/.env']).toBe('0644 A=1\n')
})

const running = [keeper, holder, session]
const others = { ...devContainer, project: 'jobs', attachment: { ...interceptOfApi, workload: 'worker' } }

test('each workload tells its kind, whether it is ready, and who holds it', async ({ expect }) => {
  const alone = await interceptIn({ answers, files, replies: questions })
  expect(alone.hints.get('api')).toBe('Deployment, ready')
  expect(alone.hints.get('worker')).toBe(
    'StatefulSet, ready: 1 of 2, ErrImagePull, perhaps held by another session',
  )
  const beside = [listed, ...beforeAnyChange([...running, others]), ...carryingOut, shell]
  const replies = questions.filter(([question]) => !/Namespace|CIDR/.test(question))
  const outcome = await interceptInAny({ answers: beside, replies }, 'myapp')
  expect(outcome.hints.get('worker')).toBe(
    'StatefulSet, ready: 1 of 2, ErrImagePull, intercepted by ada@laptop, project jobs',
  )
})

test('a local port of another project is refused as it is typed, and the next free one is suggested', async ({
  expect,
}) => {
  const taken = { ...others, attachment: { ...others.attachment, ports: [{ local: 3000, remote: 'http' }] } }
  const replies: readonly Reply[] = [
    ['Remote port:', 'http'],
    ['Local port that your program listens on:', '3000'],
    ['Local port that your program listens on:', '99999'],
    ['Local port that your program listens on:', ''],
    ['Requests:', 'all requests'],
  ]
  const words = ['myapp', 'api', '--project', 'shop']
  const world = { answers: [...beforeAnyChange([...running, taken]), ...carryingOut, shell], replies }
  const { offered, refused, calls } = await interceptInAny(world, ...words)
  expect(offered[1]).toEqual(['3001'])
  expect(refused).toEqual([
    'Project "jobs" of this session has port 3000.',
    '"99999" is not a port: a number from 1 to 65535 is.',
  ])
  expect(calls).toContainEqual(expect.stringMatching(/ --port 3001:http /))
})

test('a second port is another one, here and there', async ({ expect }) => {
  const [workload] = facts.workloads
  const ports = [
    { name: 'http', port: 80, targetPort: 'web', protocol: 'TCP' },
    { name: 'admin', port: 81, targetPort: 'web', protocol: 'TCP' },
  ]
  const workloads = workload === undefined ? [] : [{ ...workload, services: [{ name: 'api', ports }] }]
  const replies: readonly Reply[] = [
    ['Remote port:', 'http'],
    ['Local port that your program listens on:', ''],
    ['Another port?', true],
    ['Remote port:', 'admin'],
    ['Local port that your program listens on:', '3000'],
    ['Local port that your program listens on:', ''],
    ['Requests:', 'only requests with my header'],
    ['Header that your requests have:', ''],
  ]
  const world = { answers: [...beforeAnyChange([], { ...facts, workloads }), ...carryingOut, shell], replies }
  const outcome = await interceptInAny(world, 'myapp', 'api', '--project', 'shop')
  expect(outcome.offered[3]).toEqual(['admin'])
  expect(outcome.refused).toEqual(['You have named port 3000 already.'])
  const attached = / --port 3000:http --port 3001:admin .*x-developer=ada/
  expect(outcome.calls).toContainEqual(expect.stringMatching(attached))
})

test('who leaves at a later question has not changed the .env by the network that they answered', async ({
  expect,
}) => {
  const leave = () => Promise.reject(new KdeTpError('CANCELLED', 'Left at a question.'))
  const prompts: Prompts = {
    ...fakePrompts([]),
    available: true,
    ask: async () => '10.0.0.0/8',
    choose: leave,
  }
  const outcome = await interceptInAny({ answers, files, replies: [], edges: { prompts } }, 'myapp')
  expect(outcome.refusal).toBe('CANCELLED')
  expect(outcome.files['/w/environments/demo/.env']).toBe('0644 A=1\n')
})

const reconnect =
  'The running session proxies no further network, and not 10.0.0.0/8. Connect it anew? Its attachments fail for a moment and come back by themselves.'
const given = ['myapp', 'api', '--project', 'shop', '-p', '8080:http', '--also-proxy', '10.0.0.0/8']

test('a session that reaches other networks is connected anew after a yes, and the keeper knows before', async ({
  expect,
}) => {
  const removed = { to: /^container rm --force --volumes kde-telepresence-session-demo-myapp$/ }
  const world = { answers: [removed, ...beforeAnyChange(running), ...carryingOut, shell] }
  const yes = await interceptInAny({ ...world, replies: [[reconnect, true]] }, ...given)
  expect(yes.exitCode).toBe(0)
  const places = [/ lease .*"replaces-session"/, removed.to, / up .* session-myapp$/].map(call =>
    yes.calls.findIndex(each => call.test(each)),
  )
  expect(places).toEqual(places.toSorted((one, other) => one - other))
  expect(places[0]).toBeGreaterThan(-1)
})

test('without that yes, and without a terminal, it stays as it is', async ({ expect }) => {
  const answers = beforeAnyChange(running)
  const no = await interceptIn({ answers, replies: [[reconnect, false]] }, ...given)
  const unasked = await interceptIn({ answers }, ...given)
  for (const { refusal, error, calls } of [no, unasked]) {
    expect(refusal).toBe('SESSION_DIFFERS')
    expect(error?.hint).toContain('--yes')
    expect(calls.filter(call => /^compose /.test(call))).toEqual([])
  }
})

test('where nobody may list the namespaces, its name is asked for and checked as it is typed', async ({
  expect,
}) => {
  const { namespaces: _, ...seen } = facts
  const replies: readonly Reply[] = [
    ['Namespace:', 'MyApp'],
    ['Namespace:', 'myapp'],
    ...questions.filter(([question]) => !/Namespace|CIDR/.test(question)),
  ]
  const world = { answers: [listed, ...beforeAnyChange([], seen), ...carryingOut, shell], replies }
  const { refused, exitCode } = await interceptIn(world)
  expect(refused).toEqual(['"MyApp" is no name of a namespace: small letters, digits and hyphens are.'])
  expect(exitCode).toBe(0)
  const none = await interceptInAny({ ...world, replies: [['Namespace:', '']] })
  expect(none.refusal).toBe('NAME_UNUSABLE')
})
