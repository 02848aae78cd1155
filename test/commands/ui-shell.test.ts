import { PassThrough } from 'node:stream'
import { test } from 'vitest'
import type { Edges } from '../../cli-plugin/command.ts'
import { devContainer, holder, keeper, session } from '../fakes/containers.ts'
import { type Answer, fakeDocker } from '../fakes/docker.ts'
import { fakeFiles } from '../fakes/files.ts'
import { endpoint, engineWithCompose, toListed, workspace } from '../fakes/intercept-in-fake-world.ts'
import { ask, fromOurPage, served, visit } from '../fakes/served-page.ts'
import { openTerminal, terminalRefusedWith } from '../fakes/web-terminal.ts'

const api = { namespace: 'myapp', workload: 'api' }
const list: Answer = {
  to: /^container ls --all /,
  stdout: [keeper, holder, session, devContainer].map(toListed).join(''),
}
const attached: readonly Answer[] = [
  list,
  engineWithCompose('2.40.3'),
  endpoint,
  { to: /^exec -i kde-tp-demo-keeper lease /, stdout: 'granted\n' },
  { to: /^container inspect .* kde-tp-demo-dev-myapp-shop$/, stdout: '[true,"sha256:1","/w/shop"]' },
  { to: /^image inspect .* sha256:1$/, stdout: '["sha256:1",["/entrypoint.sh"]]' },
]

function world(answers: readonly Answer[]) {
  const { docker, engine, calls, written } = fakeDocker(answers)
  const edges: Partial<Edges> = { docker, engine, dockerUncancelled: docker, files: fakeFiles(workspace) }
  return { edges, calls, written }
}

/** An engine whose process answers what is typed in capitals, and ends with 3 at "exit". */
function engineOfOneProcess() {
  const asked: [string, object | undefined][] = []
  const stream = new PassThrough({
    transform(bytes: Buffer, _, done) {
      const typed = bytes.toString('utf8')
      if (typed === 'exit') this.push(null)
      done(null, typed === 'exit' ? undefined : typed.toUpperCase())
    },
  })
  const engineApi: Edges['engineApi'] = socketPath => ({
    async call(path, body) {
      asked.push([`${socketPath} ${path}`, body])
      return path.endsWith('/json') ? { ExitCode: 3 } : { Id: 'id-1' }
    },
    async open(path, body) {
      asked.push([`${socketPath} ${path}`, body])
      return stream
    },
    follow: () => Promise.reject(new Error('a shell follows nothing')),
  })
  return { engineApi, asked }
}

test('a terminal is one of the engine, under a lease, and what the page types and resizes arrives', async ({
  expect,
}) => {
  const { edges, calls, written } = world(attached)
  const { engineApi, asked } = engineOfOneProcess()
  const terminal = await openTerminal(await visit(await served({ ...edges, engineApi })), api)
  terminal.resize(100, 30)
  terminal.type('ls 網路')
  await expect.poll(() => terminal.shown()).toBe('LS 網路')
  terminal.resize(80, 24)
  terminal.type('exit')
  expect(await terminal.closed).toBe(1000)
  expect(terminal.told).toEqual([{ exit: 3 }])
  const at = (path: string) => `/var/run/docker.sock ${path}`
  expect(asked).toEqual([
    [
      at('/containers/kde-tp-demo-dev-myapp-shop/exec'),
      expect.objectContaining({
        ...{ AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: true },
        ...{ Cmd: ['/entrypoint.sh', 'bash'], WorkingDir: '/w/shop' },
        Env: ['TERM=xterm-256color', expect.stringMatching(/^KDE_TP_COMMAND=[\w-]{36}$/)],
      }),
    ],
    [at('/exec/id-1/start'), { Detach: false, Tty: true }],
    [at('/exec/id-1/resize?w=100&h=30'), {}],
    [at('/exec/id-1/resize?w=80&h=24'), {}],
    [at('/exec/id-1/json'), undefined],
  ])
  expect(calls.filter(call => call.includes(' lease '))).toHaveLength(1)
  await expect.poll(() => written).toEqual([expect.stringContaining('bye')])
})

test('a page that leaves ends what runs in its terminal', async ({ expect }) => {
  const end: Answer = {
    to: /^exec --workdir \/ kde-tp-demo-dev-myapp-shop bash -c .* KDE_TP_COMMAND=\S+ HUP$/s,
  }
  const { edges, calls, written } = world([...attached, end])
  const { engineApi } = engineOfOneProcess()
  const terminal = await openTerminal(await visit(await served({ ...edges, engineApi })), api)
  terminal.type('vi')
  await expect.poll(() => terminal.shown()).toBe('VI')
  terminal.leave()
  await expect.poll(() => calls.filter(call => end.to.test(call))).toHaveLength(1)
  await expect.poll(() => written).toEqual([expect.stringContaining('bye')])
})

test('what is no size, and what is too long, is not taken', async ({ expect }) => {
  const { edges } = world([...attached, { to: /^exec --workdir \/ .* HUP$/s }])
  const { engineApi, asked } = engineOfOneProcess()
  const terminal = await openTerminal(await visit(await served({ ...edges, engineApi })), api)
  for (const [columns, rows] of [
    [0, 24],
    [80, -1],
    [1.5, 24],
    [1e9, 24],
  ] as const)
    terminal.resize(columns, rows)
  terminal.type('x')
  await expect.poll(() => terminal.shown()).toBe('X')
  expect(asked.filter(([path]) => path.includes('resize'))).toEqual([])
  terminal.type('x'.repeat(1_100_000))
  expect(await terminal.closed).toBe(1009)
})

test('no page but ours opens a terminal, nor does anybody without the cookie', async ({ expect }) => {
  const place = await visit(await served())
  const { origin, cookie } = place
  const foreign = [
    { cookie, origin: 'https://evil.example' },
    { cookie, origin: 'http://127.0.0.1:9' },
    { cookie, origin: 'null' },
    { cookie },
    { cookie, origin, 'sec-fetch-site': 'cross-site' },
    { cookie, origin, host: 'evil.example' },
    { cookie, origin: 'http://evil.example', host: 'evil.example' },
    { origin },
    { origin, cookie: `kde-tp=${'x'.repeat(43)}` },
  ]
  for (const headers of foreign)
    expect(await terminalRefusedWith(place, { ...api, headers }), JSON.stringify(headers)).toBe(403)
  const elsewhere = { ...place, base: `${place.base}run/` }
  expect(await terminalRefusedWith(elsewhere, { ...api, headers: { cookie, origin } })).toBe(404)
})

test('a terminal that cannot be is refused with the reason, to a page that asks before too', async ({
  expect,
}) => {
  const ssh: Answer = { to: /^context inspect /, stdout: 'ssh://ada@far' }
  const ended: Answer = { ...list, stdout: toListed({ ...devContainer, state: 'exited' }) }
  const cases = [
    { status: 501, reason: 'unix socket', answers: [list, ssh], wish: api },
    { status: 404, reason: '"api"', answers: [ended, endpoint], wish: api },
    { status: 404, reason: '"worker"', answers: [list, endpoint], wish: { ...api, workload: 'worker' } },
    {
      status: 409,
      reason: 'no environment "lab"',
      answers: [endpoint],
      wish: { ...api, environment: 'lab' },
    },
    { status: 400, reason: '"-h"', answers: [], wish: { ...api, workload: '-h' } },
    { status: 400, reason: '""', answers: [], wish: { ...api, workload: '' } },
    { status: 400, reason: '"../x"', answers: [], wish: { ...api, namespace: '../x' } },
  ]
  for (const { status, reason, answers, wish } of cases) {
    const place = await visit(await served(world(answers).edges))
    const headers = fromOurPage(place)
    const told = await ask(`${place.origin}${place.base}shell?${new URLSearchParams(wish)}`, { headers })
    expect(told.status, reason).toBe(status)
    expect(told.body).toContain(reason)
    expect(await terminalRefusedWith(place, { ...wish, headers }), reason).toBe(status)
  }
})
