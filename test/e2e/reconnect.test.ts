import { expect, test } from 'vitest'
import { askInCluster } from './harness/cluster.ts'
import { docker } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { refusalOf } from './harness/refusal.ts'
import { type Scenario, within } from './harness/scenario.ts'

const BY_HERE = 'answered by the dev container: again\n'

/** As if somebody had ended it in the cluster, and the session had seen that. */
async function lose({ names }: Scenario): Promise<void> {
  await docker(['exec', names.session, 'telepresence', 'detach', 'api'])
  const lost = 'lost 2026-11-27T10:00:00.000Z somebody else has ended it in the cluster'
  const forget = `cd ~/.cache/telepresence && rm attachments/api && mkdir -p news && echo '${lost}' > news/api`
  await docker(['exec', names.session, 'bash', '-c', forget])
}

test(
  'what was lost is attached again by the same call with --detach, and its dev container goes on',
  within({}, async scenario => {
    const { person, attach, namespace, names, workspace } = scenario
    const words = (value: string, ...command: readonly string[]) =>
      attach('intercept', {
        options: [
          ...['--agent', 'sidecar', '--project', 'web', '--port', '3001:http'],
          ...['--header', `x-developer=${value}`, '--detach'],
        ],
        ...(command.length > 0 && { command }),
      })
    const serve = ['env', 'GREETING=again', 'python3', 'serve.py', '3001']
    const answer = async () => (await askInCluster(`http://api.${namespace}/`, ['x-developer=ada'])).body
    expect(await person.run(words('ada', ...serve))).toMatchObject({ exitCode: 0 })
    await eventually(async () => expect(await answer()).toBe(BY_HERE))
    const { stdout: before } = await person.run(['docker', 'inspect', '-f', '{{.Id}}', names.devContainer()])

    await lose(scenario)
    await eventually(async () => expect(await answer()).not.toBe(BY_HERE))
    const status = () => person.run(['kde-tp', 'status', '--format', 'json'])
    expect((await status()).stdout).toContain(
      '"lost":[{"workload":"api","because":"somebody else has ended it',
    )
    const again = await person.run(words('ada'))
    expect(again.exitCode, again.stderr).toBe(0)
    await eventually(async () => expect(await answer()).toBe(BY_HERE))
    expect((await status()).stdout).not.toContain('"lost"')

    const same = await person.run(words('ada'))
    expect([same.exitCode, same.stderr]).toEqual([0, expect.stringContaining('"api" is attached as it was.')])
    expect(await refusalOf(scenario, words('bob'))).toMatchObject({ code: 'ALREADY_ATTACHED' })
    expect(await refusalOf(scenario, words('ada', 'true'))).toMatchObject({ code: 'ALREADY_ATTACHED' })
    const { stdout: after } = await person.run(['docker', 'inspect', '-f', '{{.Id}}', names.devContainer()])
    expect(after).toBe(before)
    expect(await answer()).toBe(BY_HERE)
    await person.run(['kde-tp', 'detach', namespace, 'api', '--workspace', workspace.path])
    await eventually(async () => expect(await answer()).not.toBe(BY_HERE))
  }),
)

test(
  'an ingest that goes on is left as it is, and one that was lost comes back',
  within({}, async scenario => {
    const { person, attach, namespace, names, workspace } = scenario
    const words = attach('ingest', { options: ['--agent', 'sidecar', '--project', 'web', '--detach'] })
    const listed = () =>
      docker(['exec', names.session, 'telepresence', 'list', '--format', 'json', '--progress', 'quiet'])
    expect(await person.run(words)).toMatchObject({ exitCode: 0 })
    expect(await person.run(words)).toMatchObject({ exitCode: 0 })
    expect(await listed()).toContain('"ingest_info"')
    await lose(scenario)
    expect(await listed()).not.toContain('"ingest_info"')
    expect(await person.run(words)).toMatchObject({ exitCode: 0 })
    expect(await listed()).toContain('"ingest_info"')
    await person.run(['kde-tp', 'detach', namespace, 'api', '--workspace', workspace.path])
  }),
)
