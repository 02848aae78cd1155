import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { EventOf } from '../../session/events.ts'
import { askInCluster } from './harness/cluster.ts'
import { docker } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import type { Started } from './harness/person.ts'
import { within } from './harness/scenario.ts'

const toldOf = (counting: Started, namespace: string): readonly number[] =>
  counting
    .stdout()
    .trimEnd()
    .split('\n')
    .filter(line => line.includes('"connections"'))
    .map(line => JSON.parse(line) as EventOf<'connections'>)
    .filter(event => event.namespace === namespace)
    .map(({ perSecond }) => perSecond)

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

test(
  'requests that come to a dev container are counted, and what we and Telepresence connect to is not',
  within({}, async ({ person, intercept, namespace, workspace, names }) => {
    const options = ['--detach', '--env', 'PYTHONUNBUFFERED=1']
    const command = ['python3', '-m', 'http.server', '8080']
    expect(await person.run(intercept({ options, command }))).toMatchObject({ exitCode: 0 })
    const counting = person.start(['kde-tp', 'status', '--connections', '--format', 'json'])
    await eventually(() => expect(toldOf(counting, namespace), counting.stderr()).toEqual([0]))

    for (const own of ['status', 'list'] as const)
      await docker(['exec', names.session, 'telepresence', own, '--format', 'json', '--progress', 'quiet'])
    await person.run(['kde-tp', 'status'])
    // A session shows every ten seconds that it is in use.
    await sleep(12_000)
    expect(toldOf(counting, namespace)).toEqual([0])

    for (let request = 0; request < 3; request += 1) await askInCluster(`http://api.${namespace}/`)
    await eventually(() => expect(sum(toldOf(counting, namespace))).toBe(3))
    await eventually(() => expect(toldOf(counting, namespace).at(-1)).toBe(0))

    counting.signal('SIGKILL')
    await counting.ended
    await eventually(async () =>
      expect(await docker(['exec', names.session, 'ps', 'ax', '-o', 'args'])).not.toContain('connections'),
    )
    await person.run(['kde-tp', 'detach', namespace, 'api', '--workspace', workspace.path])
  }),
)
