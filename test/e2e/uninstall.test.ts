import { expect, test } from 'vitest'
import { kubectl, podsOf } from './harness/cluster.ts'
import { eventually } from './harness/eventually.ts'
import { withIndependentClient } from './harness/independent-client.ts'
import { refusalOf } from './harness/refusal.ts'
import { within } from './harness/scenario.ts'

const containersOf = async (namespace: string, workload: string): Promise<readonly string[]> => {
  const output = 'jsonpath={.items[*].spec.containers[*].name}'
  const selection = ['get', 'pods', '--selector', `app=${workload}`, '--output', output]
  return (await kubectl(['--namespace', namespace, ...selection])).split(' ').toSorted()
}

const TAKE = ['--node-agent=false', '--mount=false', '--progress', 'quiet']

test.concurrent(
  'S-22, S-26, S-73, D-05: uninstall takes out the agents that nobody uses, and those of others go on serving them',
  within({ workloads: [{ name: 'api' }, { name: 'worker' }, { name: 'mail' }] }, async scenario => {
    const { person, namespace, workspace } = scenario
    const uninstall = ['kde-tp', 'uninstall', namespace, '--workspace', workspace.path]
    await withIndependentClient(namespace, async ({ telepresence }) => {
      const taken = [
        await telepresence(['intercept', 'api', '--port', '9:http', ...TAKE]),
        await telepresence(['wiretap', 'worker', '--port', '10:http', ...TAKE]),
        await telepresence(['intercept', 'mail', '--port', '11:http', ...TAKE]),
        await telepresence(['detach', 'mail']),
      ]
      expect(taken.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(taken.map(() => [0, '']))
      const held = [await podsOf(namespace, 'api'), await podsOf(namespace, 'worker')]

      const ended = await person.run(uninstall)
      expect(ended.exitCode, ended.stderr).toBe(0)
      await eventually(async () => expect(await containersOf(namespace, 'mail')).toEqual(['mail']))
      expect([await podsOf(namespace, 'api'), await podsOf(namespace, 'worker')]).toEqual(held)
      const { stdout } = await telepresence(['list'])
      expect(stdout).toMatch(/api +: intercepted[\s\S]*worker *: wiretapped/)

      expect(await refusalOf(scenario, uninstall)).toMatchObject({ code: 'NOT_YOURS', exitCode: 7 })
      await telepresence(['detach', 'api'])
      await telepresence(['detach', 'worker'])
    })
    const clear = ['kde-tp', 'clear', '--workspace', workspace.path]
    expect(await person.run(clear)).toMatchObject({ exitCode: 0 })
    const last = await person.run(uninstall)
    expect(last.exitCode, last.stderr).toBe(0)
    for (const workload of ['api', 'worker']) {
      await eventually(async () => expect(await containersOf(namespace, workload)).toEqual([workload]))
      await eventually(async () => expect(await scenario.answererOf(workload)).toBe('the cluster'))
    }
  }),
)
