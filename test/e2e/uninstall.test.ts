import { expect, test } from 'vitest'
import { kubectl, podsOf } from './harness/cluster.ts'
import { eventually } from './harness/eventually.ts'
import { type IndependentClient, withIndependentClient } from './harness/independent-client.ts'
import { withOwnCluster } from './harness/own-cluster.ts'
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

const isOfTelepresence = (name: string): boolean =>
  /traffic-(manager|agent)|agent-injector|mutator-webhook|uninstall-agents/.test(name)

const MANAGER_OBJECTS = [
  'pods,deployments,services,jobs,secrets',
  'mutatingwebhookconfigurations,clusterroles,clusterrolebindings',
]

test(
  'S-26, D-05: the traffic-manager goes after a yes or by its option, with all agents, and who is attached is named',
  within({ workloads: [] }, scenario =>
    withOwnCluster(scenario, ['api', 'worker'], async ({ node, kubectl, ask }) => {
      const { person, namespace, workspace } = scenario
      const uninstall = ['kde-tp', 'uninstall', namespace, '--workspace', workspace.path, '--traffic-manager']
      const options = ['--install-traffic-manager']
      const installed = await person.run(scenario.intercept({ options, command: ['true'] }))
      expect(installed.exitCode, installed.stderr).toBe(0)
      const there = async (): Promise<readonly string[]> => {
        const output = ['--all-namespaces', '--output', 'name']
        const found = await Promise.all(MANAGER_OBJECTS.map(kinds => kubectl(['get', kinds, ...output])))
        const inNamespace = ['--namespace', namespace, 'get', 'pods', '--output']
        const containers = await kubectl([...inNamespace, 'jsonpath={..spec.containers[*].name}'])
        return [found.join('\n'), containers].flatMap(text => text.split(/\s+/)).filter(isOfTelepresence)
      }
      const attached = async ({ telepresence }: IndependentClient): Promise<void> => {
        const taken = await telepresence(['intercept', 'worker', '--port', '9:http', ...TAKE])
        expect(taken.exitCode, taken.stderr).toBe(0)
        const before = await there()
        expect(before.filter(name => name === 'traffic-agent')).toHaveLength(2)

        const asking = person.start(uninstall, { terminal: true })
        await eventually(() => expect(asking.stdout(), asking.stderr()).toMatch(/root@[0-9a-f]{12}/))
        asking.write('\r')
        expect((await asking.ended).exitCode).toBe(130)
        expect(await there()).toEqual(before)

        const ended = await person.run(uninstall)
        expect(ended.exitCode, ended.stdout + ended.stderr).toBe(0)
        expect(ended.stderr).toMatch(/have attached workloads: root@[0-9a-f]{12}\./)
        await eventually(async () => expect(await there()).toEqual([]))
      }
      await withIndependentClient(namespace, attached, { node, network: node })
      for (const workload of ['api', 'worker'])
        await eventually(async () => expect(await ask(workload)).toContain('the cluster'))
      const nothing = await person.run(uninstall)
      expect(nothing).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('no traffic-manager') })
    }),
  ),
  // A cluster of its own is made.
  600_000,
)
