import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { docker } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { NODE_SCRIPT, withOwnCluster } from './harness/own-cluster.ts'
import { startProbe } from './harness/probe.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'

// S-68, S-70, S-71
test.concurrent(
  'the session is found by KDE-cli’s name, opens a shell, and tells of its attachment long after it connected',
  within({}, async scenario => {
    const { names, person } = scenario
    const started = await startServing(scenario)
    const found = await docker(['ps', '--filter', 'name=kde-telepresence-session', '--format', '{{.Names}}'])
    expect(found.split('\n')).toContain(names.session)
    expect((await person.run(['docker', 'exec', names.session, 'bash', '-c', 'echo in bash'])).stdout).toBe(
      'in bash\n',
    )
    await expectToTell(scenario)
    // A client that looked for its daemon by the wrong file would have lost it after six seconds.
    await new Promise(resolve => setTimeout(resolve, 8000))
    for (let calls = 0; calls < 3; calls += 1) await expectToTell(scenario)
    expect((await person.run(['docker', 'exec', names.session, 'ls', '/.dockerenv'])).exitCode).not.toBe(0)
    expect(await daemonsIn(names.session)).toHaveLength(1)
    started.signal('SIGTERM')
    await started.ended
  }),
)

test.concurrent(
  'what nobody looks after stays attached, longer than the traffic-manager waits for a client that is not in use',
  within({}, async scenario => {
    const started = await startServing(scenario)
    const probe = startProbe(`http://api.${scenario.namespace}/`)
    await new Promise(resolve => setTimeout(resolve, 100_000))
    const answers = await probe.stop()
    expect(answers.length).toBeGreaterThan(1000)
    // A request may be lost in between; one that the cluster answers was none of ours any more.
    expect(answers.filter(({ body }) => body.startsWith('answered by the cluster'))).toEqual([])
    started.signal('SIGTERM')
    await started.ended
  }),
)

test.concurrent(
  'while the daemon of a session is gone its telepresence says so and starts none, and the requests come back',
  within({}, async scenario => {
    const { names, person, answererOf } = scenario
    const started = await startServing(scenario)
    const [daemon = ''] = await daemonsIn(names.session)
    await docker(['exec', names.session, 'kill', '-9', daemon])
    const asked = await person.run(['docker', 'exec', names.session, 'telepresence', 'list'])
    // It may have waited for the lock until the session had connected again.
    if (asked.exitCode !== 0) expect(asked.stderr).toMatch(/not connected|not running/)
    await eventually(async () => expect(await answererOf()).toBe('the dev container'))
    const [successor, ...others] = await daemonsIn(names.session)
    expect(successor).not.toBe(daemon)
    expect(others).toEqual([])
    started.signal('SIGTERM')
    expect((await started.ended).exitCode).toBe(143)
    await eventually(async () => expect(await answererOf()).toBe('the cluster'))
  }),
)

test.concurrent(
  'a session and new commands find a cluster again whose node was restarted under another address',
  within({ workloads: [] }, scenario =>
    withOwnCluster(scenario, ['api'], async ({ node, ask }) => {
      const { person } = scenario
      const options = ['--install-traffic-manager']
      const started = person.start(scenario.intercept({ options, command: ['python3', 'serve.py'] }))
      await eventually(async () => expect(await ask('api'), started.stderr()).toContain('the dev container'))

      const address = await addressOf(node)
      await execa(NODE_SCRIPT, ['move', node])
      expect(await addressOf(node)).not.toBe(address)
      const status = ['docker', 'exec', scenario.names.session, 'telepresence', 'status']
      await eventually(async () => {
        const { exitCode, stdout, stderr } = await person.run(status)
        expect({ exitCode, stdout }, stdout + stderr).toMatchObject({
          exitCode: 0,
          stdout: expect.stringContaining(`https://${await addressOf(node)}:6443`),
        })
      })
      started.signal('SIGTERM')
      await started.ended
      await eventually(async () => expect(await ask('api')).toContain('the cluster'))

      const again = person.start(scenario.intercept({ command: ['python3', 'serve.py'] }))
      await eventually(async () => expect(await ask('api'), again.stderr()).toContain('the dev container'))
      again.signal('SIGTERM')
      await again.ended
    }),
  ),
  // A cluster of its own is made, and its node restarted.
  600_000,
)

test.concurrent(
  'a session that no longer hears of its attachments, for a namespace was deleted, connects anew',
  within({ workloads: [], projects: ['web', 'jobs'] }, scenario =>
    withOwnCluster(scenario, ['api', 'worker'], async ({ kubectl, ask }) => {
      const { person, intercept } = scenario
      await kubectl(['create', 'namespace', 'short-lived'])
      const options = ['--install-traffic-manager']
      const first = person.start(intercept({ options, command: ['python3', 'serve.py'] }))
      await eventually(async () => expect(await ask('api'), first.stderr()).toContain('the dev container'))

      await kubectl(['delete', 'namespace', 'short-lived'])
      const manager = ['--namespace', 'ambassador', 'rollout']
      await kubectl([...manager, 'restart', 'deployment/traffic-manager'])
      await kubectl([...manager, 'status', '--timeout=120s', 'deployment/traffic-manager'])
      const command = ['python3', 'serve.py', '9090']
      const jobs = { workload: 'worker', project: 'jobs', port: '9090:http', command }
      const second = person.start(intercept(jobs))
      await eventually(async () =>
        expect(await ask('worker'), second.stderr()).toContain('the dev container'),
      )
      await eventually(async () => expect(await ask('api')).toContain('the dev container'))
      for (const started of [first, second]) started.signal('SIGTERM')
      await Promise.all([first.ended, second.ended])
    }),
  ),
  600_000,
)

const several = {
  workloads: ['api', 'web', 'worker', 'queue'].map(name => ({ name })),
  projects: ['web', 'jobs'],
}

test.for(['sidecar', 'node'])('an ingest that makes its %s does not keep the session waiting', agent =>
  within(several, async ({ person, workspace, namespace, intercept, attach }) => {
    const beside = await person.run(intercept({ options: ['--detach'], command: ['sleep', 'infinity'] }))
    expect(beside.exitCode, beside.stderr).toBe(0)
    for (const workload of ['web', 'worker', 'queue']) {
      const options = ['--project', 'jobs', '--agent', agent]
      const ingest = await person.run(attach('ingest', { workload, options, command: ['true'] }))
      expect(ingest.exitCode, ingest.stderr).toBe(0)
    }
    const log = join(workspace.environmentPath, '.telepresence/logs', namespace, 'connector.log')
    expect(readFileSync(log, 'utf8')).not.toContain('timeout waiting for port-forward')
    const cleared = await person.run(['kde-tp', 'clear', '--yes', '--workspace', workspace.path])
    expect(cleared.exitCode, cleared.stderr).toBe(0)
  })(),
)

async function expectToTell({ person, names }: Scenario): Promise<void> {
  const list = await person.run(['docker', 'exec', names.session, 'telepresence', 'list'])
  expect(list).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('api') })
  const status = await person.run(['docker', 'exec', names.session, 'telepresence', 'status'])
  expect(status).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Connected') })
}

/** Process ids of Telepresence's daemons. */
async function daemonsIn(container: string): Promise<readonly string[]> {
  const found = await execa('docker', ['exec', container, 'pgrep', '--full', '[-]-embed-network'], {
    reject: false,
  })
  return found.stdout.split('\n').filter(pid => pid !== '')
}

const addressOf = (container: string): Promise<string> =>
  docker(['inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', container])
