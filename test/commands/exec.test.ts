import { test } from 'vitest'
import type { Command } from '../../cli-plugin/command.ts'
import { exec } from '../../cli-plugin/commands/exec.ts'
import type { SessionEvent } from '../../session/events.ts'
import { devContainer, holder, keeper, session } from '../fakes/containers.ts'
import type { Answer } from '../fakes/docker.ts'
import {
  commandIn,
  endpoint,
  engineWithCompose,
  facts,
  KUBECONFIG,
  toListed,
} from '../fakes/intercept-in-fake-world.ts'

const command = exec as Command
const list: Answer = {
  to: /^container ls --all /,
  stdout: [keeper, holder, session, devContainer].map(toListed).join(''),
}
const inside: readonly Answer[] = [
  engineWithCompose('2.40.3'),
  endpoint,
  { to: /^exec -i kde-tp-demo-keeper lease /, stdout: 'granted\n' },
  { to: /^container inspect .* kde-tp-demo-dev-myapp-shop$/, stdout: '[true,"sha256:1","/w/shop"]' },
  { to: /^image inspect .* sha256:1$/, stdout: '["sha256:1",["/entrypoint.sh"]]' },
]

test('exec runs a command as its image would, under a lease, and ends with its exit code', async ({
  expect,
}) => {
  const run: Answer = {
    to: /^exec --interactive --env \S+ --workdir \/w\/shop kde-tp-demo-dev-myapp-shop \/entrypoint.sh bash -c exec "\$@" bash ls -l$/,
    exitCode: 7,
  }
  const world = { answers: [list, ...inside, run] }
  const { exitCode, calls, said } = await commandIn(command, world, 'myapp', 'api', '--', 'ls', '-l')
  expect(exitCode).toBe(7)
  const wanted = {
    ...{ type: 'dev', devContainer: devContainer.name },
    ...{ sessionContainer: session.name, workload: 'api' },
  }
  expect(calls.find(call => call.includes(' lease '))).toContain(JSON.stringify(wanted))
  expect(said).toEqual([{ type: 'bye' }])
})

test('where none runs it is refused, and nothing is started', async ({ expect }) => {
  const ended: Answer = { ...list, stdout: toListed({ ...devContainer, state: 'exited' }) }
  const { refusal, calls } = await commandIn(command, { answers: [ended] })
  expect(refusal).toBe('NOT_ATTACHED')
  expect(calls).toHaveLength(1)
})

test('exec renews a credential that lasts for a short time before the command runs', async ({ expect }) => {
  const answer = `{\\"status\\":{\\"token\\":\\"fresh\\",\\"expirationTimestamp\\":\\"1970-01-02T00:00:00Z\\"}}`
  const user = `{exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, args: [-c, "echo '${answer}'"]}}`
  const path = '/w/environments/demo'
  const files = { [`${path}/kubeconfig/config`]: KUBECONFIG.replace('{token: secret}', user) }
  const run: Answer = { to: /^exec --interactive .* kubectl get pods$/ }
  const world = { files, answers: [list, ...inside, run] }
  const ended = await commandIn(command, world, 'myapp', 'api', '--', 'kubectl', 'get', 'pods')
  expect(ended.exitCode).toBe(0)
  expect(ended.files[`${path}/.telepresence/run/kubeconfig/config`]).toMatch(/^0640 .*"token":"fresh"/)
})

const at = '2026-11-26T12:00:00.000Z'
const news = (line: string): Answer => ({ to: /session-state --news$/, stdout: `${line}\n` })
const remarks = (events: readonly SessionEvent[]) =>
  events.flatMap(event => (event.type === 'remark' ? [event.message] : []))

test('a lost attachment is told before the shell opens', async ({ expect }) => {
  const run: Answer = { to: /^exec --interactive .* ls$/ }
  const lost = news(`api lost ${at} bob@desk has taken it`)
  const world = { answers: [list, ...inside, lost, run] }
  const { events } = await commandIn(command, world, 'myapp', 'api', '--', 'ls')
  expect(remarks(events)).toEqual([expect.stringMatching(/^"api" was lost at .*: bob@desk has taken it\. /)])
})

test("where the pods' variables have changed, a new shell gets them and the copies are written anew", async ({
  expect,
}) => {
  const change = { before: { GREETING: 'hello', OURS: 'pod' }, now: { GREETING: 'new', OURS: 'pod too' } }
  const declaring = facts.workloads.map(workload => ({
    ...workload,
    containers: workload.containers.map(each => ({ ...each, declared: ['GREETING', 'OURS'] })),
  }))
  const seen = { kind: 'facts', facts: { ...facts, workloads: declaring } }
  const answers: readonly Answer[] = [
    { to: / cat \S+\/changes\/api$/, stdout: JSON.stringify(change) },
    { to: /^exec \S+ kde-tp look --session /, stdout: JSON.stringify(seen) },
    { to: /\.Config\.Env\}\} /, stdout: '["GREETING=hello","OURS=project"]' },
    { to: /^exec --interactive .* --env KDE_TP_RENEWAL --workdir .* bash ls$/ },
  ]
  const changed = news(`api changed ${at} its pods have other environment variables: GREETING`)
  const world = { answers: [list, changed, ...answers, ...inside] }
  const { events, files } = await commandIn(command, world, 'myapp', 'api', '--', 'ls')
  expect(remarks(events)).toEqual([expect.stringMatching(/^The environment of "api" changed at /)])
  const directory = '/w/environments/demo/.telepresence/env-files/myapp'
  expect(files[`${directory}/api.env`]).toBe("0600 GREETING='new'\nOURS='pod too'\n")
})
