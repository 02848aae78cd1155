import { expect, test } from 'vitest'
import { askInCluster } from './harness/cluster.ts'
import { docker, inspect } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { partOf } from './harness/random.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'

/** What may befall a session that nobody wishes to end. */
const MISHAPS: Readonly<Record<string, (session: string) => readonly string[]>> = {
  'docker restart': session => ['restart', session],
  'docker kill': session => ['kill', session],
  'docker rm -f': session => ['rm', '-f', session],
}

test.concurrent.for(partOf(Object.entries(MISHAPS), 1))(
  'after %s of the session the requests come back, and the command goes on',
  ([, mishap]) =>
    within({}, async scenario => {
      const { names, answererOf } = scenario
      const started = await startServing(scenario)
      const before = await inspect(names.devContainer())
      await docker(mishap(names.session))
      await eventually(async () => expect(await isConnectedAnew(scenario)).toBe(true))
      await eventually(async () => expect(await answererOf()).toBe('the dev container'))
      expect((await inspect(names.devContainer())).State).toEqual(before.State)
      started.signal('SIGTERM')
      expect((await started.ended).exitCode).toBe(143)
      await eventually(async () => expect(await answererOf()).toBe('the cluster'))
    })(),
)

/** As the daemon itself tells: it has the attachment, once. */
async function isConnectedAnew({ names, person }: Scenario): Promise<boolean> {
  const list = ['docker', 'exec', names.session, 'telepresence', 'list', '--format', 'json']
  const { exitCode, stdout } = await person.run([...list, '--progress', 'quiet'])
  return exitCode === 0 && stdout.split('"intercept_info"').length === 2
}

test(
  'a session that is made anew takes only the requests that were asked for',
  within({}, async scenario => {
    const { names, person, intercept, namespace } = scenario
    const header = ['--header', 'x-person=ada']
    const started = person.start(intercept({ options: header, command: ['python3', 'serve.py'] }))
    const ask = async (...headers: readonly string[]) =>
      (await askInCluster(`http://api.${namespace}/`, headers)).body
    const expectMine = () =>
      eventually(async () => expect(await ask('x-person=ada'), started.stderr()).toContain('dev container'))
    await expectMine()
    await docker(['rm', '-f', names.session])
    await eventually(async () => expect(await isConnectedAnew(scenario)).toBe(true))
    await expectMine()
    expect(await ask()).toContain('the cluster')
    started.signal('SIGTERM')
    await started.ended
  }),
)

/** What a person does who wants it to end. */
const WISHES: Readonly<Record<string, (names: Scenario['names']) => readonly string[]>> = {
  'docker stop of the session': ({ session }) => ['stop', session],
  'docker compose stop': ({ composeProject }) => ['compose', '-p', composeProject, 'stop'],
  'docker compose down': ({ composeProject }) => ['compose', '-p', composeProject, 'down'],
}

test.concurrent.for(partOf(Object.entries(WISHES), 1))(
  '%s is not fought: all ends, and the next command works',
  ([, wish]) =>
    within({}, async scenario => {
      const { names, answererOf, person, intercept } = scenario
      const started = await startServing(scenario)
      await docker(wish(names))
      const { exitCode, stderr } = await started.ended
      expect(exitCode).not.toBe(0)
      expect(stderr).toContain(`${names.devContainer()} is gone`)
      await eventually(async () => expect(await answererOf()).toBe('the cluster'))
      const next = await person.run(intercept({ command: ['true'] }))
      expect(next.exitCode, next.stderr).toBe(0)
    })(),
)
