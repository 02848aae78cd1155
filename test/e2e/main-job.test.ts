import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SessionEvent } from '../../session/events.ts'
import { askInCluster, NODE, podsOf } from './harness/cluster.ts'
import { docker, inspect, namesOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { withIndependentClient } from './harness/independent-client.ts'
import { leftoversOf, snapshotOf } from './harness/leftovers.ts'
import type { Started } from './harness/person.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'

const TWO_PORTS = [
  { name: 'http', port: 80, containerPort: 8080 },
  { name: 'admin', port: 81, containerPort: 8081 },
]

const WITH_ENTRYPOINT = `
FROM kde-tp-sandbox/dev:1
RUN printf '#!/bin/bash\\nexport FROM_ENTRYPOINT=exported\\nexec "$@"\\n' > /entrypoint && chmod 0755 /entrypoint
ENTRYPOINT ["/entrypoint"]
`

describe('requests in the cluster arrive at the dev container while a command runs, and at the cluster after it,', () => {
  // S-04, S-19, S-35
  test.concurrent(
    'with a sidecar',
    within({}, async scenario => {
      const { person, answererOf, namespace } = scenario
      const started = await startServing(scenario)
      await withIndependentClient(namespace, async ({ holderOf }) => {
        expect(await holderOf('api')).toContain(person.account.name)
        started.signal('SIGTERM')
        await started.ended
        expect(await answererOf()).toBe('the cluster')
        expect(await holderOf('api')).toBeUndefined()
      })
    }),
  )

  test.concurrent(
    'with a node agent, which leaves the pods alone',
    within({}, async scenario => {
      const before = await podsOf(scenario.namespace, 'api')
      const started = await startServing(scenario, { port: '8080:80', options: ['--agent', 'node'] })
      expect(await podsOf(scenario.namespace, 'api')).toEqual(before)
      started.signal('SIGTERM')
      await started.ended
      await expectClusterToAnswer(scenario)
      expect(await podsOf(scenario.namespace, 'api')).toEqual(before)
    }),
  )

  test.concurrent(
    'for root too',
    within({ as: 'root' }, async scenario => {
      const started = await startServing(scenario)
      const { User, Env } = (await inspect(scenario.names.devContainer())).Config
      expect(User).toBe('0:0')
      expect(Env).toContain('HOME=/root')
      started.signal('SIGTERM')
      await started.ended
      await expectClusterToAnswer(scenario)
    }),
  )

  test.concurrent(
    'each of several ports at its own',
    within({ workloads: [{ name: 'api', ports: TWO_PORTS }] }, async scenario => {
      const command = ['bash', '-c', 'python3 serve.py 3001 & GREETING=admin python3 serve.py 3002']
      const options = ['--port', '3002:admin']
      const started = await startServing(scenario, { port: '3001:http', options, command })
      await eventually(async () => {
        const { body } = await askInCluster(`http://api.${scenario.namespace}:81/`)
        expect(body).toBe('answered by the dev container: admin\n')
      })
      started.signal('SIGTERM')
      await started.ended
      await expectClusterToAnswer(scenario)
    }),
  )
})

test.concurrent(
  'a network that only the cluster reaches is reached with --also-proxy',
  within({}, async scenario => {
    const address = '203.0.113.7'
    await docker(['exec', NODE, 'ip', 'address', 'replace', `${address}/32`, 'dev', 'lo'])
    const command = ['curl', '--silent', '--insecure', '--max-time', '10', `https://${address}:6443/version`]
    const ask = (options: readonly string[]) => scenario.person.run(scenario.intercept({ options, command }))
    expect((await ask([])).stdout).not.toContain('gitVersion')
    const ended = await ask(['--also-proxy', '203.0.113.0/24'])
    expect(ended.stdout, ended.stderr).toContain('gitVersion')
    await docker(['exec', NODE, 'ip', 'address', 'delete', `${address}/32`, 'dev', 'lo'])
  }),
)

describe('--detach', () => {
  test.concurrent(
    'with a command leaves it running, its output in the log, until its container is removed',
    within({}, async scenario => {
      const { person, intercept, names, answererOf } = scenario
      const command = ['bash', '-c', 'echo it has started; exec python3 serve.py']
      const ended = await person.run(intercept({ options: ['--detach'], command }))
      expect(ended.exitCode, ended.stderr).toBe(0)
      await eventually(async () => expect(await answererOf()).toBe('the dev container'))
      expect(await docker(['logs', names.devContainer()])).toContain('it has started')
      expect((await inspect(names.devContainer())).Config.Labels['kde-tp.life']).toBe('detached')
      await docker(['rm', '--force', names.devContainer()])
      await expectClusterToAnswer(scenario)
    }),
  )

  test.concurrent(
    'with a command that ends by itself takes all away then',
    within({}, async scenario => {
      const { person, intercept } = scenario
      const ended = await person.run(intercept({ options: ['--detach'], command: ['sleep', '3'] }))
      expect(ended.exitCode, ended.stderr).toBe(0)
      await expectClusterToAnswer(scenario)
    }),
  )

  test.concurrent(
    'without a command waits for shells, and none of them ends it',
    within({}, async scenario => {
      const { person, intercept, names } = scenario
      const ended = await person.run(intercept({ options: ['--detach'] }))
      expect(ended.exitCode, ended.stderr).toBe(0)
      const started = await startServing(scenario)
      started.signal('SIGTERM')
      await started.ended
      expect(await person.run(intercept({ command: ['true'] }))).toMatchObject({ exitCode: 0 })
      expect((await inspect(names.devContainer())).State.Status).toBe('running')
      await docker(['rm', '--force', names.devContainer()])
      await expectClusterToAnswer(scenario)
    }),
  )
})

describe('--format json', () => {
  test.concurrent(
    'prints an event a line: steps, the output of the command, and last the result',
    within({}, async scenario => {
      const command = ['bash', '-c', 'echo to the output; echo to the errors >&2; exit 4']
      const ended = await runAsJson(scenario, { command })
      expect(ended.exitCode).toBe(4)
      const events = ended.events
      expect(textOf(events, 'stdout')).toBe('to the output\n')
      expect(textOf(events, 'stderr')).toBe('to the errors\n')
      const { composeProject, session: sessionContainer, devContainer } = scenario.names
      const names = { composeProject, sessionContainer, devContainer: devContainer() }
      expect(events.at(-1)).toEqual({ type: 'result', exitCode: 4, ...names })
      const started = events.filter(event => event.type === 'step' && event.state === 'started').length
      const done = events.filter(event => event.type === 'step' && event.state === 'done').length
      expect([started, done]).toEqual([done, started])
      expect(started).toBeGreaterThan(3)
    }),
  )

  test.concurrent(
    'with --dry-run prints the plan, and changes nothing',
    within({}, async scenario => {
      const { workspace, namespace } = scenario
      const before = [snapshotOf(workspace), await podsOf(namespace, 'api')]
      const { exitCode, events } = await runAsJson(scenario, { options: ['--dry-run'] })
      expect(exitCode).toBe(0)
      const plan = events.find(event => event.type === 'plan')
      expect(plan?.steps.length).toBeGreaterThan(3)
      expect([snapshotOf(workspace), await podsOf(namespace, 'api')]).toEqual(before)
      expect(await namesOf('container', workspace.path)).toEqual([])
      expect(await leftoversOf(workspace)).toEqual([])
    }),
  )
})

test.concurrent(
  'what the entrypoint of an image exports is there in commands, shells and detached commands',
  within({}, async scenario => {
    const { person, intercept, names } = scenario
    const image = `kde-tp-test-entrypoint:${scenario.namespace}`
    await docker(['build', '--quiet', '--tag', image, '-'], WITH_ENTRYPOINT)
    const options = ['--image', image]
    const ended = await person.run(intercept({ options, command: ['printenv', 'FROM_ENTRYPOINT'] }))
    expect(ended.stdout, ended.stderr).toBe('exported\n')
    const shell = person.start(intercept({ options }), { terminal: true })
    shell.write('echo it is $FROM_ENTRYPOINT; exit\n')
    await shell.ended
    expect(shell.stdout()).toContain('it is exported')
    const command = ['bash', '-c', 'printenv FROM_ENTRYPOINT; exec sleep 1000']
    await person.run(intercept({ options: [...options, '--detach'], command }))
    await eventually(async () => expect(await docker(['logs', names.devContainer()])).toBe('exported'))
    await docker(['rm', '--force', names.devContainer()])
    await eventually(async () => expect(await leftoversOf(scenario.workspace)).toEqual([]))
    await docker(['image', 'rm', image])
  }),
)

// S-28, S-30, S-31, S-32, S-33, S-40, S-42, S-46
test.concurrent(
  'in a terminal, what is missing is asked for, the workspace is found, and the answer about networks is kept',
  within({}, async ({ person, namespace, workspace }) => {
    const path = join(workspace.environmentPath, '.env')
    writeFileSync(path, '# kept\nOTHER=kept\n')
    const directory = join(workspace.environmentPath, 'namespaces/web/app')
    const shell = person.start(['kde-tp', 'intercept', namespace], { terminal: true, directory })
    const questions = ['Internal network', 'Workload', 'Remote port', 'Local port', 'Requests', 'Project']
    for (const question of questions) {
      await answerByEnter(shell, question)
    }
    await eventually(() => {
      shell.write('echo the answer is $((6 * 7))\n')
      expect(shell.stdout()).toContain('the answer is 42')
    })
    shell.write('exit 0\n')
    expect(await shell.ended).toMatchObject({ exitCode: 0 })
    expect(readFileSync(path, 'utf8')).toBe('# kept\nOTHER=kept\nTELEPRESENCE_ALSO_PROXY_CIDR=\n')
  }),
)

const expectClusterToAnswer = ({ answererOf }: Scenario): Promise<void> =>
  eventually(async () => expect(await answererOf()).toBe('the cluster'))

async function answerByEnter(shell: Started, question: string): Promise<void> {
  await eventually(() => expect(shell.stdout()).toContain(question))
  shell.write('\r')
}

async function runAsJson({ person, intercept }: Scenario, words: Parameters<Scenario['intercept']>[0]) {
  const options = ['--format', 'json', ...(words?.options ?? [])]
  const { stdout, exitCode } = await person.run(intercept({ ...words, options }))
  const lines = stdout.split('\n').slice(0, -1)
  return { exitCode, events: lines.map(line => SessionEvent.parse(JSON.parse(line))) }
}

const textOf = (events: readonly SessionEvent[], stream: 'stdout' | 'stderr'): string =>
  events.map(event => (event.type === 'output' && event.stream === stream ? event.text : '')).join('')
