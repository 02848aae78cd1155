import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { kubectl } from './harness/cluster.ts'
import { docker } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { type IndependentClient, withIndependentClient } from './harness/independent-client.ts'
import { withoutCertificate } from './harness/kubeconfig.ts'
import { leftoversOf } from './harness/leftovers.ts'
import { refusalOf } from './harness/refusal.ts'
import { within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'
import { makeWorkspace } from './harness/workspace.ts'

const TAKE = ['intercept', 'api', '--port', '9:http', '--node-agent=false', '--mount=false']

/** What an administrator does, who has read the attachment's id in a refusal. */
async function revoke(client: IndependentClient): Promise<void> {
  const { stdout, stderr } = await client.telepresence(TAKE)
  const [, id = ''] = /conflict with intercept (\S+) on/.exec(stdout + stderr) ?? []
  const revoked = await client.telepresence(['revoke', id])
  expect(revoked.exitCode, revoked.stderr).toBe(0)
}

// A session looks each minute what it has lost.
const TWO_LOOKS = 600_000

test.concurrent(
  'an attachment that was revoked is told in the shell, in status and in the log, and stays theirs',
  within({}, async scenario => {
    const { names, namespace, person, workspace, answererOf } = scenario
    const started = await startServing(scenario)
    await withIndependentClient(namespace, async client => {
      await revoke(client)
      await eventually(async () => expect((await client.telepresence(TAKE)).exitCode).toBe(0))
      await eventually(() => expect(started.stderr()).toMatch(/"api" was lost at \S+: somebody else /))
      expect((await person.run(['kde-tp', 'status'])).stdout).toMatch(
        / lost: api +somebody else has ended it /,
      )
      const list = ['kde-tp', 'list', namespace, '--workspace', workspace.path]
      expect((await person.run(list)).stdout).toMatch(/^api .* \?$/m)
      await docker(['exec', names.session, 'pkill', '-KILL', '-f', '--', '--embed-network'])
      const logs = () => docker(['logs', names.session])
      await eventually(async () => expect(await logs()).toMatch(/reconnecting.* connected /s))
      expect(await logs()).toMatch(/ lost: api: /)
      const { stdout } = await client.telepresence(['list', '--intercepts', '--format', 'json'])
      expect(stdout).toContain('"api"')
      expect(await docker(['exec', names.session, 'session-state', '--news'])).toMatch(/^api lost /m)
      const detached = await client.telepresence(['detach', 'api'])
      expect(detached.exitCode, detached.stdout + detached.stderr).toBe(0)
    })
    await eventually(async () => expect(await answererOf()).toBe('the cluster'))
    started.signal('SIGTERM')
    expect((await started.ended).exitCode).toBe(143)
  }),
  TWO_LOOKS,
)

test.concurrent(
  'the second person takes a workload over, after which the first one is told and does not take it back',
  within({}, async scenario => {
    const { names, directory, person, workspace, answererOf } = scenario
    const wish = { environment: `${workspace.environment}-b`, projects: ['web'] }
    const other = await makeWorkspace(join(directory, 'other'), wish, person.account)
    const first = await startServing(scenario)
    const take = ['--workspace', other.path, '--take-over']
    const refusal = await refusalOf(scenario, scenario.intercept({ options: take, command: ['true'] }))
    expect(refusal).toMatchObject({ code: 'NOT_YOURS', exitCode: 7 })
    expect(await answererOf()).toBe('the dev container')

    const command = ['python3', 'serve.py']
    const second = person.start(scenario.intercept({ options: [...take, '--yes'], command }))
    await eventually(() => expect(first.stderr(), second.stderr()).toMatch(/"api" was lost at /))
    await docker(['exec', names.session, 'pkill', '-KILL', '-f', '--', '--embed-network'])
    await eventually(async () =>
      expect(await docker(['logs', names.session])).toMatch(/reconnecting.* connected /s),
    )
    first.signal('SIGTERM')
    expect((await first.ended).exitCode).toBe(143)
    expect(await leftoversOf(workspace)).toEqual([])
    expect(await answererOf(), second.stderr()).toBe('the dev container')
    second.signal('SIGTERM')
    expect((await second.ended).exitCode, second.stderr()).toBe(143)
    await eventually(async () => expect(await answererOf()).toBe('the cluster'))
    expect(await leftoversOf(other)).toEqual([])
  }),
  TWO_LOOKS,
)

test.concurrent(
  'who may not revoke is told what an administrator does, and takes it once that is done',
  within({}, async scenario => {
    const { namespace, workspace, person, intercept } = scenario
    await withIndependentClient(namespace, async client => {
      await eventually(async () => expect((await client.telepresence(TAKE)).exitCode).toBe(0))
      await allowToAttach(namespace)
      const token = await kubectl(['--namespace', namespace, 'create', 'token', 'default'])
      const text = readFileSync(workspace.kubeconfigPath, 'utf8')
      writeFileSync(workspace.kubeconfigPath, withoutCertificate(text, token))
      const words = intercept({ options: ['--take-over', '--yes'], command: ['true'] })
      try {
        const { hint = '', ...refusal } = await refusalOf(scenario, words)
        expect(refusal).toMatchObject({ code: 'REVOKE_FORBIDDEN', exitCode: 6 })
        const held = await client.telepresence(['list', '--intercepts', '--format', 'json'])
        expect(held.stdout).toContain('"api"')
        const [, id = ''] = / && telepresence revoke (\S+)$/.exec(hint) ?? []
        expect((await client.telepresence(['revoke', id])).exitCode, hint).toBe(0)
        const ended = await person.run(words)
        expect(ended.exitCode, ended.stderr).toBe(0)
      } finally {
        await kubectl(['delete', 'clusterrolebinding', `views-${namespace}`])
        await kubectl(['--namespace', 'ambassador', 'delete', 'role,rolebinding', `forwards-${namespace}`])
      }
    })
  }),
  TWO_LOOKS,
)

/** May see everything and connect, and change nothing. */
async function allowToAttach(namespace: string): Promise<void> {
  const account = `--serviceaccount=${namespace}:default`
  await kubectl(['create', 'clusterrolebinding', `views-${namespace}`, '--clusterrole=view', account])
  const forwards = [`forwards-${namespace}`, '--verb=create', '--resource=pods/portforward']
  for (const place of ['ambassador', namespace]) {
    await kubectl(['--namespace', place, 'create', 'role', ...forwards])
    const binding = ['rolebinding', `forwards-${namespace}`, `--role=forwards-${namespace}`, account]
    await kubectl(['--namespace', place, 'create', ...binding])
  }
}
