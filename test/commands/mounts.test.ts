import { test } from 'vitest'
import type { Command } from '../../cli-plugin/command.ts'
import { mounts } from '../../cli-plugin/commands/mounts.ts'
import type { Attachment } from '../../session/attachment.ts'
import { devContainer, holder, interceptOfApi, keeper, session } from '../fakes/containers.ts'
import type { Answer } from '../fakes/docker.ts'
import { toListed } from '../fakes/intercept-in-fake-world.ts'
import { runIn } from '../fakes/run-in-fake-world.ts'

const remote = '/w/environments/demo/.telepresence/mounts/remote/myapp'
const bind = (Source: string, Destination: string, RW = true) => ({ Type: 'bind', Source, Destination, RW })
const inspected = (...all: readonly object[]): Answer => ({
  to: /^container inspect --format {{json .Mounts}} kde-tp-demo-dev-myapp-shop$/,
  stdout: JSON.stringify(all),
})
const project = bind('/w/shop', '/w/shop')
const cache = { Type: 'volume', Name: 'shop-cache', Source: '/var/lib', Destination: '/cache', RW: false }
const own = [
  { kind: 'volume', source: 'shop-cache', target: '/cache', isReadOnly: true },
  { kind: 'bind', source: '/w/shop', target: '/w/shop', isReadOnly: false },
]
const served: Answer = {
  to: /^exec kde-telepresence-session-demo-myapp telepresence list /,
  stdout: JSON.stringify([
    {
      intercept_info: [
        {
          ...{ spec: { name: 'api', agent: 'api' }, pod_ip: '10.1.2.3', sftp_port: 9001 },
          ...{ mount_point: '/exports/app', mounts: { '/etc/settings': 2, '/data': 3 } },
        },
      ],
    },
  ]),
}
const listed = (attachment: Attachment, sessionState = 'running'): Answer => ({
  to: /^container ls --all /,
  stdout: [keeper, holder, { ...session, state: sessionState }, { ...devContainer, attachment }]
    .map(toListed)
    .join(''),
})
const mountsIn = async (...answers: readonly Answer[]) => {
  const { events, exitCode } = await runIn(mounts as Command, { answers }, 'myapp', 'api')
  return [exitCode, ...events]
}
const told = (...all: readonly object[]) => [
  0,
  { type: 'mounts', namespace: 'myapp', workload: 'api', mounts: all },
  { type: 'result', exitCode: 0 },
]

test('without the pod’s volumes there is what this side shares, and the session is not asked', async ({
  expect,
}) => {
  expect(await mountsIn(listed(interceptOfApi), inspected(project, cache))).toEqual(told(...own))
})

test('copied volumes are told one by one, and may be written', async ({ expect }) => {
  const answers = [
    listed({ ...interceptOfApi, mount: 'copy' }),
    inspected(project, cache, bind(`${remote}/api`, `${remote}/api`)),
    served,
  ]
  const of = (path: string) => ({
    ...{ kind: 'remote', how: 'copy', isReadOnly: false, remote: path },
    ...{ target: `${remote}/api${path}`, source: `${remote}/api${path}` },
  })
  expect(await mountsIn(...answers)).toEqual(told(of('/data'), of('/etc/settings'), ...own))
})

test('live volumes are to be read only, also where nobody tells which there are', async ({ expect }) => {
  const live: Attachment = { ...interceptOfApi, mount: 'live' }
  const all = {
    ...{ kind: 'remote', how: 'live', isReadOnly: true },
    ...{ target: `${remote}/api`, source: `${remote}/api` },
  }
  const mounted = inspected(project, cache, bind(remote, remote, false))
  const silent = { ...served, stdout: '', stderr: 'not connected', exitCode: 1 }
  expect(await mountsIn(listed(live), mounted, silent)).toEqual(told(all, ...own))
  expect(await mountsIn(listed(live, 'exited'), mounted)).toEqual(told(all, ...own))
  const none = { ...served, stdout: '[]' }
  expect(await mountsIn(listed(live), mounted, none)).toEqual(told(...own))
})
