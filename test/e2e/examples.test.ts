import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { askInCluster, kubectl } from './harness/cluster.ts'
import { docker, namesOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import type { Ended, Started } from './harness/person.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { giveTo } from './harness/workspace.ts'
import { PROFILE } from './literal-command/home.ts'

// The examples of KDE-cli's documentation, typed as they stand there with `docker kde-tp` for `kde telepresence`. The
// namespace and the environment are each test's own, and python3 stands for npm, which the sandbox has no image with.

test(
  'remote development: use, intercept, answer the questions, start, edit, start again, exit (S-47)',
  within(
    { workloads: [{ name: 'myapp-deployment' }, { name: 'database' }], projects: ['myapp'] },
    async scenario => {
      const { namespace, workspace } = scenario
      const settings = join(workspace.environmentPath, '.env')
      writeFileSync(settings, '')
      const computer = await setUp(scenario)
      expect(await computer.run(`docker kde-tp use ${workspace.environment}`)).toMatchObject({ exitCode: 0 })
      const terminal = computer.open(`docker kde-tp intercept ${namespace} myapp-deployment`)
      await answer(terminal, 'Internal network to proxy', '10.0.0.0/8\r')
      await answerAll(terminal, ['Remote port', 'Local port', 'Requests', 'Project'])
      await type(terminal, 'python3 serve.py 8080')
      await expectAnswer(scenario, 'myapp-deployment', 'answered by the dev container')
      edit(scenario, 'myapp', 'answered by the dev container', 'answered by the next version')
      await type(terminal, '\u0003')
      await type(terminal, 'python3 serve.py 8080 &')
      await expectAnswer(scenario, 'myapp-deployment', 'answered by the next version')
      await type(terminal, `curl --silent http://database`)
      await eventually(() => expect(terminal.stdout()).toContain('answered by the cluster: database-'))
      await leave(terminal)
      await expectAnswer(scenario, 'myapp-deployment', 'answered by the cluster')
      expect(await namesOf('container', workspace.path)).toEqual([])
      expect(readFileSync(settings, 'utf8')).toBe('TELEPRESENCE_ALSO_PROXY_CIDR=10.0.0.0/8\n')
    },
  ),
)

test(
  'a replacement test leaves no old version beside the new one, and an agent stays in the pod (S-49, S-05)',
  within({ workloads: [{ name: 'api-service' }] }, async scenario => {
    const { namespace } = scenario
    const computer = await setUp(scenario)
    const terminal = computer.open(`docker kde-tp replace ${namespace} api-service`)
    await answerAll(terminal, ['Remote port', 'Local port', 'Project'])
    await type(terminal, 'python3 serve.py 8080')
    await expectAnswer(scenario, 'api-service', 'answered by the dev container')
    await eventually(async () =>
      expect(await containersOf(namespace, 'api-service')).toEqual(['traffic-agent']),
    )
    await type(terminal, '\u0003')
    await leave(terminal)
    await eventually(async () =>
      expect(await containersOf(namespace, 'api-service')).toEqual(['api-service', 'traffic-agent']),
    )
    await expectAnswer(scenario, 'api-service', 'answered by the cluster')
  }),
)

test(
  'production debugging and, in another terminal, the use of remote services; of one workload only one after the other (S-48, S-50)',
  within(
    { workloads: [{ name: 'backend-api' }, { name: 'backend' }], projects: ['debug', 'services'] },
    async scenario => {
      const { namespace, workspace } = scenario
      const computer = await setUp(scenario)
      const first = computer.open(`docker kde-tp wiretap ${namespace} backend-api`)
      await answerAll(first, ['Remote port', 'Local port', 'Requests', 'Project'])
      await type(first, 'SHOW_REQUESTS=yes python3 serve.py 8080')
      await eventually(async () => {
        expect((await askInCluster(`http://backend-api.${namespace}/fault`)).body).toContain('by the cluster')
        expect(first.stdout()).toContain('GET /fault')
      })

      const ingest = (workload: string) =>
        computer.open(`docker kde-tp ingest ${namespace} ${workload} --project services`)
      const next = ingest('backend')
      await type(next, 'curl --silent http://backend-api')
      await eventually(() => expect(next.stdout()).toContain('answered by the cluster: backend-api-'))
      await type(next, 'python3 serve.py 8080 &')
      await expectAnswer(scenario, 'backend', 'answered by the cluster')
      await leave(next)

      const before = await namesOf('container', workspace.path)
      const refused = await ingest('backend-api').ended
      expect(refused.stdout).toContain('Leave that one first')
      expect(refused.exitCode).toBe(7)
      expect(await namesOf('container', workspace.path)).toEqual(before)
      await type(first, '\u0003')
      await leave(first)
      const last = ingest('backend-api')
      await type(last, 'curl --silent http://backend')
      await eventually(() => expect(last.stdout()).toContain('answered by the cluster: backend-'))
      await leave(last)
      expect(await namesOf('container', workspace.path)).toEqual([])
    },
  ),
  600_000,
)

const services = {
  workloads: [
    { name: 'api-service', env: [{ name: 'GREETING', value: 'hello' }] },
    { name: 'worker-service' },
  ],
  projects: ['api', 'worker'],
}

test(
  'two projects of one namespace, looked at by each command of the document, listed, and cleared (S-51, S-52, S-53)',
  within(services, async scenario => {
    const { namespace, workspace, names } = scenario
    const computer = await setUp(scenario)
    const first = computer.open(
      `docker kde-tp intercept ${namespace} api-service --project api --port 8080:http`,
    )
    await eventually(() => expect(first.stdout()).toContain('Open '))
    const next = computer.open(
      `docker kde-tp intercept ${namespace} worker-service --project worker --port 9090:http`,
    )
    await type(first, 'python3 serve.py 8080 &')
    await type(next, 'python3 serve.py 9090 &')
    await expectAnswer(scenario, 'api-service', 'answered by the dev container')
    await expectAnswer(scenario, 'worker-service', 'answered by the dev container')

    const says = async (call: string): Promise<string> => {
      const { exitCode, stdout, stderr } = await computer.run(call)
      expect(exitCode, `${call}: ${stderr}`).toBe(0)
      return stdout
    }
    expect(await says(`docker kde-tp list ${namespace}`)).toMatch(/^api-service +ready +intercepted /m)
    // S-66, S-68: one session for both, and by its name.
    const sessions = await says('docker ps -f name=kde-telepresence-session')
    expect(sessions.split(names.session)).toHaveLength(2)
    expect(await says('docker ps -a | grep telepresence')).toContain(names.session)
    // S-69, S-70, S-71
    expect(await says(`docker logs ${names.session}`)).toMatch(/ connected /)
    expect(await says(`echo 'echo in $BASH' | docker exec -i ${names.session} bash`)).toMatch(/^in .*bash$/m)
    expect(await says(`docker exec ${names.session} telepresence list`)).toContain('worker-service')
    expect(await says(`docker exec ${names.session} telepresence status`)).toContain(namespace)
    // S-61, S-65
    const kept = `environments/${workspace.environment}/.telepresence`
    expect(await says(`ls ${kept}/logs/`)).toContain(`${namespace}.log`)
    expect(await says(`tail ${kept}/logs/*.log`)).toMatch(/ connected /)
    expect(await says(`cat ${kept}/env-files/${namespace}/api-service.env`)).toContain('GREETING')
    expect(await says(`docker exec ${names.devContainer('api')} env | grep GREETING`)).toBe(
      'GREETING=hello\n',
    )
    // S-72
    expect(await kubectl(['get', 'all', '-n', 'ambassador'])).toContain('traffic-manager')

    await says('docker kde-tp clear')
    await Promise.all([first.ended, next.ended])
    await expectAnswer(scenario, 'api-service', 'answered by the cluster')
    await expectAnswer(scenario, 'worker-service', 'answered by the cluster')
    expect(await docker(['ps', '--all', '--filter', `name=${names.session}`, '--quiet'])).toBe('')
  }),
)

interface Computer {
  /** What is typed at a shell in the workspace. */
  run(call: string): Promise<Ended>
  open(call: string): Started
}

/** A computer on which `kde-tp setup` has been run, as its owner finds it. */
async function setUp({ person, workspace }: Scenario): Promise<Computer> {
  const own = join(person.home, '.local/bin')
  mkdirSync(own, { recursive: true })
  writeFileSync(join(person.home, '.profile'), PROFILE)
  giveTo(person.account, person.home)
  const { PATH = '' } = Object.fromEntries(
    (await person.run(['env'])).stdout.split('\n').map(line => line.split(/=(.*)/s)),
  )
  const options = { directory: workspace.path, env: { PATH: `${own}:${PATH}` } }
  const ended = await person.run(['kde-tp', 'setup'], options)
  expect(ended.exitCode, ended.stderr).toBe(0)
  return {
    run: call => person.run(['bash', '-c', call], options),
    open: call => person.start(['bash', '-c', `exec ${call}`], { ...options, terminal: true }),
  }
}

async function answer(terminal: Started, question: string, keys = '\r'): Promise<void> {
  await eventually(() => expect(terminal.stdout()).toContain(question))
  terminal.write(keys)
}

/** With what is suggested. */
async function answerAll(terminal: Started, questions: readonly string[]): Promise<void> {
  for (const question of questions) await answer(terminal, question)
}

/** Once the shell of the dev container, or what runs there, takes keys. */
async function type(terminal: Started, line: string): Promise<void> {
  if (line !== '\u0003') {
    await eventually(() => {
      terminal.write('echo here is $((6 * 7))\n')
      expect(terminal.stdout()).toContain('here is 42')
    })
  }
  terminal.write(line === '\u0003' ? line : `${line}\n`)
}

async function leave(terminal: Started): Promise<void> {
  terminal.write('exit 0\n')
  expect(await terminal.ended).toMatchObject({ exitCode: 0 })
}

const expectAnswer = (scenario: Scenario, workload: string, words: string): Promise<void> =>
  eventually(async () =>
    expect((await askInCluster(`http://${workload}.${scenario.namespace}/`)).body).toContain(words),
  )

function edit({ workspace }: Scenario, project: string, from: string, to: string): void {
  const path = join(workspace.environmentPath, 'namespaces', project, 'app/serve.py')
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}

/** Names of the containers that run in the workload's pods. */
async function containersOf(namespace: string, workload: string): Promise<readonly string[]> {
  const names = 'jsonpath={.items[*].spec.containers[*].name}'
  const running = ['--selector', `app=${workload}`, '--field-selector', 'status.phase=Running']
  const found = await kubectl(['--namespace', namespace, 'get', 'pods', ...running, '--output', names])
  return found.split(' ').toSorted()
}
