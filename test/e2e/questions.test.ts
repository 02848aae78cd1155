import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { kubectl } from './harness/cluster.ts'
import { inspect } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { leftoversOf, snapshotOf } from './harness/leftovers.ts'
import type { Started } from './harness/person.ts'
import { partOf } from './harness/random.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'

const CTRL_C = '\x03'
const TWO_PORTS = [
  { name: 'http', port: 80, containerPort: 8080 },
  { name: 'admin', port: 81, containerPort: 8082 },
]

/** Keys that answer a question; Enter follows them. */
type Answered = readonly [question: string, keys: string]

/** Calls a command in a terminal, in the workspace. */
const calling = ({ person, workspace }: Scenario, ...words: readonly string[]): Started =>
  person.start(['kde-tp', ...words, '--workspace', workspace.path], { terminal: true })

const screenOf = (started: Started): string => stripVTControlCharacters(started.stdout())

async function asked(started: Started, question: string): Promise<void> {
  await eventually(() => expect(screenOf(started)).toContain(question))
}

async function answerAll(started: Started, answers: readonly Answered[]): Promise<void> {
  for (const [question, keys] of answers) {
    await asked(started, question)
    started.write(`${keys}\r`)
  }
}

/** Works in the shell that has opened at last, and leaves it by this exit code. */
async function leaveShell(shell: Started, exitCode: number): Promise<void> {
  await eventually(() => {
    shell.write('echo the answer is $((6 * 7))\n')
    expect(screenOf(shell)).toContain('the answer is 42')
  })
  shell.write(`exit ${exitCode}\n`)
  expect((await shell.ended).exitCode).toBe(exitCode)
}

/** The environment's `.env`, which knows of no networks any more: so they are asked for. */
function withoutNetworks({ workspace }: Scenario): string {
  const path = join(workspace.environmentPath, '.env')
  writeFileSync(path, 'OTHER=kept\n')
  return path
}

/** All there is to ask, in the document's order. */
const all = (namespace: string): readonly Answered[] => [
  ['Namespace:', namespace],
  ['Internal network', '10.99.0.0/16'],
  ['Workload:', 'work'],
  ['Remote port:', ''],
  ['Local port', '8099'],
  ['Requests:', 'my header'],
  ['Header that your requests have', 'x-mine=1'],
  ['Project:', 'we'],
]

test.concurrent(
  'S-23 S-27 S-28 S-30 S-31 S-32 S-46: what is missing is asked for in the order of the document, by lists that typing filters',
  within({ projects: ['jobs', 'web'], workloads: [{ name: 'api' }, { name: 'worker' }] }, async scenario => {
    const { namespace, names } = scenario
    const path = withoutNetworks(scenario)
    const shell = calling(scenario, 'intercept', '--agent', 'sidecar')
    await answerAll(shell, all(namespace))
    await asked(shell, `Open ${names.devContainer()}`)
    const { 'kde-tp.attachment': attachment = '' } = (await inspect(names.devContainer())).Config.Labels
    expect(JSON.parse(attachment)).toMatchObject({
      workload: 'worker',
      ports: [{ local: 8099, remote: 'http' }],
      headers: ['x-mine'],
    })
    expect((await inspect(names.session)).Config.Labels['kde-tp.also-proxy']).toBe('10.99.0.0/16')
    expect(screenOf(shell)).toContain('Deployment, ready')
    await leaveShell(shell, 7)
    expect(readFileSync(path, 'utf8')).toBe('OTHER=kept\nTELEPRESENCE_ALSO_PROXY_CIDR=10.99.0.0/16\n')
  }),
)

test.concurrent(
  'of a pod with two containers the one to replace is asked for, and ports until it is enough',
  within({ workloads: [{ name: 'api', ports: TWO_PORTS, hasSide: true }] }, async scenario => {
    const shell = calling(scenario, 'replace', scenario.namespace, 'api', '--project', 'web')
    await answerAll(shell, [
      ['Container:', 'api'],
      ['Remote port:', 'http'],
      ['Local port', ''],
    ])
    await asked(shell, 'Another port?')
    shell.write('y')
    const again = (question: string) =>
      eventually(() => expect(screenOf(shell).split('Another port?').at(-1)).toContain(question))
    await again('Remote port:')
    shell.write('\r')
    await again('Local port')
    shell.write('8080')
    await asked(shell, 'You have named port 8080 already.')
    shell.write('\x7f1\r')
    await asked(shell, 'Open ')
    const { 'kde-tp.attachment': attachment = '' } = (await inspect(scenario.names.devContainer())).Config
      .Labels
    expect(JSON.parse(attachment)).toMatchObject({
      container: 'api',
      ports: [{ local: 8080 }, { local: 8081 }],
    })
    await leaveShell(shell, 0)
  }),
)

test.concurrent(
  'Ctrl-C at any question, and between two, leaves nothing and ends with 130',
  within({}, async scenario => {
    withoutNetworks(scenario)
    const before = snapshotOf(scenario.workspace)
    const answers = all(scenario.namespace).map(
      ([question, keys]): Answered => [question, keys === 'work' ? 'api' : keys],
    )
    const leaving = partOf([...answers.keys()], 2).map(async index => {
      const shell = calling(scenario, 'intercept')
      await answerAll(shell, answers.slice(0, index))
      await asked(shell, answers[index]?.[0] ?? '')
      shell.write(CTRL_C)
      return shell.ended
    })
    const between = calling(scenario, 'intercept')
    await answerAll(between, answers.slice(0, 1))
    // What is typed at once with an answer goes with its question, which shows the cursor again at its end.
    await eventually(() => expect(between.stdout()).toContain('\x1b[?25h'))
    between.write(CTRL_C)
    for (const { exitCode, stdout } of await Promise.all([...leaving, between.ended]))
      expect(exitCode, stdout).toBe(130)
    expect(snapshotOf(scenario.workspace)).toEqual(before)
    expect(await leftoversOf(scenario.workspace)).toEqual([])
  }),
)

test.concurrent(
  'a running session of other networks is connected anew after a yes alone, and what it had goes on',
  within({ projects: ['jobs', 'web'], workloads: [{ name: 'api' }, { name: 'worker' }] }, async scenario => {
    const { namespace, names, answererOf } = scenario
    const serving = await startServing(scenario)
    const { Id: session } = await inspect(names.session)
    const words = [
      'intercept',
      namespace,
      'worker',
      '--project',
      'jobs',
      '-p',
      '9090:http',
      '--agent',
      'sidecar',
    ]
    const call = () => calling(scenario, ...words, '--also-proxy', '10.98.0.0/16')

    const refusing = call()
    await asked(refusing, 'Connect it anew?')
    refusing.write('n')
    expect((await refusing.ended).exitCode).toBe(7)
    expect((await inspect(names.session)).Id).toBe(session)

    const shell = call()
    await asked(shell, 'Connect it anew?')
    shell.write('y')
    await asked(shell, 'Open ')
    const { Id, Config } = await inspect(names.session)
    expect([Id === session, Config.Labels['kde-tp.also-proxy']]).toEqual([false, '10.98.0.0/16'])
    await eventually(async () => expect(await answererOf('api')).toBe('the dev container'))
    await leaveShell(shell, 0)
    serving.signal('SIGTERM')
    await serving.ended
  }),
)

test.concurrent(
  'a traffic-manager is installed after a yes alone, and an image is asked for where no file names one',
  within({ workloads: [] }, async scenario => {
    const { person, namespace, workspace } = scenario
    writeFileSync(join(workspace.environmentPath, '.env'), `TELEPRESENCE_MANAGER_NAMESPACE=${namespace}\n`)
    const installing = calling(scenario, 'intercept', namespace)
    await asked(installing, `no traffic-manager in namespace ${namespace}. Install it`)
    installing.write('n')
    expect((await installing.ended).exitCode).toBe(4)
    expect(await kubectl(['--namespace', namespace, 'get', 'deployments', '--output', 'name'])).toBe('')

    const env = { KUBECONFIG: workspace.kubeconfigPath, XDG_STATE_HOME: join(person.home, 'state') }
    const standalone = person.start(['kde-tp', 'intercept', namespace], { terminal: true, env })
    await answerAll(standalone, [['Image of the dev container:', '']])
    expect((await standalone.ended).exitCode).toBe(2)
    expect(existsSync(env.XDG_STATE_HOME)).toBe(false)
  }),
)
