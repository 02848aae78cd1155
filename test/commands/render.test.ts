import { test } from 'vitest'
import { parse } from 'yaml'
import type { Command } from '../../cli-plugin/command.ts'
import { render } from '../../cli-plugin/commands/render.ts'
import { beforeAnyChange, commandIn } from '../fakes/intercept-in-fake-world.ts'
import { runIn } from '../fakes/run-in-fake-world.ts'

const command = render as Command
const words = ['myapp', 'api', '--project', 'shop', '--also-proxy', '']
const answers = beforeAnyChange()

test('what a call would start is printed as one Compose project, without values, and nothing is started', async ({
  expect,
}) => {
  const options = ['-p', '8080:http', '--publish', '3000', '--env', 'TOKEN=secret']
  const { exitCode, shown, calls } = await runIn(command, { answers }, 'intercept', ...words, ...options)
  expect(exitCode).toBe(0)
  const { name, services } = parse(shown) as {
    name: string
    services: Record<string, { environment?: object; security_opt?: readonly string[] }>
  }
  expect([name, Object.keys(services)]).toEqual([
    'kde-tp-demo',
    ['keeper', 'net-myapp', 'session-myapp', 'dev-myapp-shop', 'publish-myapp-3000', 'inlet-myapp-3000'],
  ])
  // With a label of SELinux's they could not do what they are for.
  for (const service of Object.values(services)) expect(service.security_opt).toContain('label=disable')
  const environment = services['dev-myapp-shop']?.environment ?? {}
  expect(Object.keys(environment)).toEqual(expect.arrayContaining(['GREETING', 'TOKEN', 'KUBECONFIG']))
  expect(new Set(Object.values(environment))).toEqual(new Set(['********']))
  expect(shown).not.toContain('secret')
  expect(calls.filter(call => /^(compose|run .*--detach)/.test(call))).toEqual([])
})

test('with live volumes there is a mounter, which does not know yet from where', async ({ expect }) => {
  const files = { '/proc/self/mountinfo': '25 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw' }
  const options = ['-p', '8080:http', '--mount']
  const { exitCode, shown } = await runIn(command, { answers, files }, 'intercept', ...words, ...options)
  expect(exitCode).toBe(0)
  const { services } = parse(shown) as { services: Record<string, object> }
  expect(services['mount-myapp-api']).toMatchObject({
    cap_add: ['SYS_ADMIN'],
    devices: ['/dev/fuse:/dev/fuse'],
    environment: { FROM_HOST: '', FROM_PORT: '', FROM_DIRECTORY: '' },
    network_mode: 'container:kde-tp-demo-net-myapp',
  })
})

test.for([
  [],
  ['attach', ...words],
  ['ingest', ...words, '--port', '8080:http'],
  ['replace', ...words, '-p', '8080:http', '--header', 'a=b'],
])('%j is a wrong word', async (typed, { expect }) => {
  const { refusal, calls } = await commandIn(command, { answers: [] }, ...typed)
  expect([refusal, calls]).toEqual(['USAGE', []])
})
