import { test } from 'vitest'
import { devContainer, holder, interceptOfApi, keeper, session } from '../fakes/containers.ts'
import type { Answer } from '../fakes/docker.ts'
import { beforeAnyChange, carryingOut, interceptIn, workspace } from '../fakes/intercept-in-fake-world.ts'

const words = ['myapp', 'api', '--project', 'shop', '-p', '8080:http']
const answers = [...beforeAnyChange(), ...carryingOut]
const devExec =
  /^exec --interactive --env .* kde-tp-demo-dev-myapp-shop \/entrypoint.sh bash -c exec "\$@" bash sh -c exit$/

test("the command's exit code is ours, and its last word is a result", async ({ expect }) => {
  const command = { to: devExec, exitCode: 7 }
  const { exitCode, events, said } = await interceptIn(
    { answers: [...answers, command] },
    ...words,
    '--',
    'sh',
    '-c',
    'exit',
  )
  expect(exitCode).toBe(7)
  expect(events.at(-1)).toEqual({
    type: 'result',
    exitCode: 7,
    composeProject: 'kde-tp-demo',
    sessionContainer: session.name,
    devContainer: devContainer.name,
  })
  expect(said.at(-1)).toEqual({ type: 'bye' })
})

test('with --format json the output of the command comes as events', async ({ expect }) => {
  const command = { to: devExec, stdout: 'out\n', stderr: 'err\n' }
  const outcome = await interceptIn(
    { answers: [...answers, command] },
    ...words,
    '--format',
    'json',
    '--',
    'sh',
    '-c',
    'exit',
  )
  expect(outcome.events.filter(({ type }) => type === 'output')).toEqual([
    { type: 'output', stream: 'stdout', text: 'out\n' },
    { type: 'output', stream: 'stderr', text: 'err\n' },
  ])
})

test('a detached dev container is left running, and its command is its main process', async ({ expect }) => {
  const { exitCode, inputs, said } = await interceptIn(
    { answers },
    ...words,
    '--detach',
    '--',
    'sh',
    '-c',
    'x $y',
  )
  expect(exitCode).toBe(0)
  expect(inputs.at(-1)).toContain('"kde-tp.life": "detached"')
  expect(inputs.at(-1)).toMatch(
    /"entrypoint":\s+- "\/entrypoint.sh"\s+- "bash"\s+- "-c"\s+- "exec \\"\$\$@\\""\s+- "bash"\s+- "sh"\s+- "-c"\s+- "x \$\$y"\n/,
  )
  expect(said.at(-1)).toEqual({ type: 'bye' })
})

test('an environment that somebody made by hand may have capitals in its name', async ({ expect }) => {
  const files = Object.fromEntries(
    Object.entries(workspace).map(([path, text]) => [path.replace('/demo/', '/Lab/'), text]),
  )
  const gone = Object.fromEntries(Object.keys(workspace).map(path => [path, undefined]))
  const world = { answers: beforeAnyChange(), files: { ...gone, ...files } }
  const { exitCode, events } = await interceptIn(world, ...words, '--environment', 'Lab', '--dry-run')
  expect(exitCode).toBe(0)
  expect(JSON.stringify(events)).toContain('kde-telepresence-session-Lab-myapp')
})

const personal = { '/home/ada/.docker/config.json': '{}', '/home/ada/.netrc': '' }
const detachedWith = async (...options: readonly string[]) => {
  const { inputs } = await interceptIn({ answers, files: personal }, ...words, '--detach', ...options)
  return inputs.at(-1) ?? ''
}

test('kubeconfig, ~/.docker and ~/.netrc come along, and the socket does not', async ({ expect }) => {
  const usual = await detachedWith()
  for (const target of ['/.kube', '/home/ada/.docker', '/home/ada/.netrc'])
    expect(usual).toContain(`"target": "${target}"`)
  expect(usual).toContain('"KUBECONFIG"')
  expect(usual).not.toMatch(/docker\.sock|group_add/)
})

test('each of them can be kept out, and the socket be given with the group that may use it', async ({
  expect,
}) => {
  const other = await detachedWith('--no-kubeconfig', '--no-docker-config', '--no-netrc', '--docker-socket')
  expect(other).not.toMatch(/\.kube|\.netrc|\.docker|KUBECONFIG/)
  expect(other).toContain('"target": "/var/run/docker.sock"')
  expect(other).toMatch(/"group_add":\s+- "998"/)
})

test('KDE_MOUNT_… of a name alone is a volume of the person’s', async ({ expect }) => {
  const files = {
    '/w/environments/demo/namespaces/shop/project.env':
      'DEVELOP_IMAGE=dev:1\nKDE_MOUNT_CACHE=npm-cache:/cache:ro\n',
  }
  const { inputs } = await interceptIn({ answers, files }, ...words, '--detach')
  expect(inputs.at(-1)).toMatch(
    /"type": "volume"\s+"source": "npm-cache"\s+"target": "\/cache"\s+"read_only": true/,
  )
  expect(inputs.at(-1)).toMatch(/\n"volumes":\s+"npm-cache":\s+"name": "npm-cache"\n/)
})

test('only what the pod declares reaches the dev container and the file that is sourced', async ({
  expect,
}) => {
  const { inputs, files, events } = await interceptIn({ answers }, ...words, '--detach', '-e', 'MINE=1')
  expect(inputs.at(-1)).toMatch(
    /"environment":\s+"GREETING": "hello"\s+"DEVELOP_IMAGE": "dev:1"\s+"HOME": "\/home\/ada"\s+"KUBECONFIG": "[^"]+"\s+"MINE": "1"\n {4}"net/,
  )
  const directory = '/w/environments/demo/.telepresence/env-files/myapp'
  expect(files[`${directory}/api.env`]).toBe("0600 GREETING='hello'\n")
  expect(files[`${directory}/api.json`]).toMatch(
    /^0600 \{\n {2}"GREETING": "hello",\n {2}"PATH": "\/app\/bin"\n\}/,
  )
  expect(events).not.toContainEqual(expect.objectContaining({ message: expect.stringContaining('PATH') }))
})

test('--dry-run tells the plan and changes nothing', async ({ expect }) => {
  const { exitCode, events, files } = await interceptIn({ answers: beforeAnyChange() }, ...words, '--dry-run')
  expect(exitCode).toBe(0)
  const [plan] = events
  expect(plan?.type === 'plan' && plan.steps.length).toBe(8)
  const inWorkspace = Object.entries(files).filter(([path]) => path.startsWith('/w/'))
  expect(inWorkspace).toEqual(Object.entries(workspace).map(([path, text]) => [path, `0644 ${text}`]))
})

test('a workload that somebody else holds is told, and what was made is handed to the keeper', async ({
  expect,
}) => {
  const taken = {
    to: /^exec \S+ attach api intercept api /,
    stdout: JSON.stringify({ error: 'conflict with intercept "api" created by client "bob-desk"' }),
    exitCode: 1,
  }
  const made = carryingOut.filter(({ to }) => !/ intercept|until-arrival|dev-myapp/.test(to.source))
  const { refusal, error, said } = await interceptIn(
    { answers: [...beforeAnyChange(), ...made, taken] },
    ...words,
  )
  expect([refusal, error?.message]).toEqual(['INTERCEPT_TAKEN', 'bob-desk holds "api" already.'])
  expect(said.at(-1)).toEqual({ type: 'bye' })
})

test.for([
  [
    'the line to the manager is broken',
    'connection error: desc = "error reading server preface: EOF"',
    'start-over',
  ],
  ['the manager has ended', 'grpc: the client connection is closing', 'start-over'],
  ['the session’s daemon has ended meanwhile', 'error reading from server: EOF', 'start-over'],
  [
    'the session has not heard of it',
    'failed to establish intercept: the intercept timed out.',
    'connect-anew',
  ],
] as const)('an attach is tried again where %s', async ([, said, before], { expect }) => {
  const stdout = JSON.stringify({ error: `connector.CreateIntercept: ${said}` })
  const failing = { to: /^exec \S+ attach api /, times: 2, stdout, exitCode: 1 }
  const mending = { to: new RegExp(`^exec ${session.name} ${before} api `) }
  const { exitCode, calls } = await interceptIn(
    { answers: [failing, mending, ...answers] },
    ...words,
    '--detach',
  )
  expect(exitCode).toBe(0)
  const inSession = calls.flatMap(call => /^exec \S+ (attach|start-over|connect-anew) /.exec(call)?.[1] ?? [])
  expect(inSession).toEqual(['attach', before, 'attach', before, 'attach'])
})

test('a line to the manager that stays broken is told', async ({ expect }) => {
  const stdout = JSON.stringify({
    error: 'connector.CreateIntercept: connection error: desc = "pod not found"',
  })
  const broken = { to: /^exec \S+ attach api /, stdout, exitCode: 1 }
  const mending = { to: /^exec \S+ start-over api / }
  const made = carryingOut.filter(({ to }) => !/ intercept|until-arrival|dev-myapp/.test(to.source))
  const { refusal, error, said } = await interceptIn(
    { answers: [...beforeAnyChange(), ...made, broken, mending] },
    ...words,
  )
  expect([refusal, error?.detail]).toEqual(['ATTACH_FAILED', expect.stringContaining('pod not found')])
  expect(said.at(-1)).toEqual({ type: 'bye' })
})

test('the very same call is another shell in the running dev container', async ({ expect }) => {
  const command = { to: devExec, exitCode: 3 }
  const lease = carryingOut.filter(({ to }) => to.source.includes('lease'))
  const there = beforeAnyChange([keeper, holder, session, { ...devContainer, attachment: interceptOfApi }])
  const { exitCode, calls, said } = await interceptIn(
    { answers: [...there, ...lease, command] },
    ...words,
    '--',
    'sh',
    '-c',
    'exit',
  )
  expect(exitCode).toBe(3)
  // From the start, so that the last shell's end does not take the dev container away before this one is in it.
  const wanted = {
    type: 'dev',
    devContainer: devContainer.name,
    sessionContainer: session.name,
    workload: 'api',
  }
  expect(calls.find(call => call.includes(' lease '))).toContain(` ${JSON.stringify(wanted)}`)
  expect(said).toEqual([{ type: 'bye' }])
})

test.for([
  ['', 'ambassador'],
  ['TELEPRESENCE_MANAGER_NAMESPACE=telepresence\n', 'telepresence'],
])(
  'with "%s" in .env the traffic-manager is looked for and used in %s (S-44, S-45)',
  async ([line, namespace], { expect }) => {
    const files = { '/w/environments/demo/.env': `TELEPRESENCE_ALSO_PROXY_CIDR=\n${line}` }
    const { calls, inputs } = await interceptIn({ answers, files }, ...words, '--detach')
    expect(calls.filter(call => call.includes(' look ')).join()).toContain(`--manager-namespace ${namespace}`)
    expect(inputs.join().replaceAll(/["\s]+/g, ' ')).toMatch(
      new RegExp(`--manager-namespace,? ?-? ?${namespace}\\b`),
    )
  },
)

test('a session that cannot connect is told with its own log, which is read before it is removed (S-62, S-66)', async ({
  expect,
}) => {
  const failing = { to: /^exec \S+ session-state --wait$/, exitCode: 1 }
  const log = {
    to: /^container logs .* kde-telepresence-session-demo-myapp$/,
    stdout: 'failed: no route to host\n',
  }
  const made = carryingOut.filter(({ to }) => !/session-state|attach|until-arrival|dev-myapp/.test(to.source))
  const { refusal, error, said } = await interceptIn(
    { answers: [...beforeAnyChange(), failing, log, ...made] },
    ...words,
  )
  expect([refusal, error?.detail]).toEqual(['SESSION_FAILED', 'failed: no route to host'])
  expect(error?.hint).toContain('/w/environments/demo/.telepresence/logs')
  expect(said.at(-1)).toEqual({ type: 'bye' })
})

const running = beforeAnyChange([keeper, holder, session, devContainer])
const answering = (question: RegExp) => carryingOut.filter(({ to }) => question.test(to.source))

test('--detach where the same runs already attaches again what was lost, and leaves the rest as it is', async ({
  expect,
}) => {
  const outcome = await interceptIn(
    { answers: [...running, ...answering(/lease|attach|arrival/)] },
    ...words,
    '--detach',
  )
  expect(outcome.exitCode).toBe(0)
  expect(outcome.inputs).toEqual([])
  expect(outcome.events).toContainEqual({
    type: 'remark',
    message: 'Requests for api arrive here, on port 8080.',
  })
})

test('what is attached still is left as it is, unless its headers have other values', async ({ expect }) => {
  const attachment = { ...interceptOfApi, headers: ['x-user'] }
  const held: Answer[] = [
    { to: / attach api intercept api /, stdout: 'intercept named "api" already exists', exitCode: 1 },
    {
      to: /^exec \S+ telepresence list /,
      stdout: JSON.stringify([
        { intercept_info: [{ spec: { name: 'api', header_filters: { 'x-user': 'ada' } } }] },
      ]),
    },
  ]
  const answers = [
    ...held,
    ...beforeAnyChange([keeper, holder, session, { ...devContainer, attachment }]),
    ...answering(/lease/),
  ]
  const again = (value: string) =>
    interceptIn({ answers }, ...words, '--header', `x-user=${value}`, '--detach')
  const same = await again('ada')
  expect(same.exitCode).toBe(0)
  expect(same.events).toContainEqual({ type: 'remark', message: '"api" is attached as it was.' })
  const other = await again('bob')
  expect([other.refusal, JSON.stringify(other.events)]).toEqual([
    'ALREADY_ATTACHED',
    expect.not.stringContaining('bob'),
  ])
})
