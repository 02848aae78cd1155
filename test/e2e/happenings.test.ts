import { expect, test } from 'vitest'
import type { EnvironmentStatus } from '../../session/engine-status.ts'
import type { Happening } from '../../session/happening.ts'
import { docker } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { eventsIn, happeningsIn, isOfOutage } from './harness/happenings.ts'
import { partOf } from './harness/random.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'
import { nodeAddress } from './harness/workspace.ts'

interface Mishap {
  readonly of: (session: string) => readonly string[]
  /** What is told of it, and by whom. */
  readonly told: Pick<Happening, 'source' | 'kind'> & { readonly what: RegExp; readonly because: string }
}

const MISHAPS: Readonly<Record<string, Mishap>> = {
  'kill -9 of the daemon': {
    of: session => ['exec', session, 'pkill', '-KILL', '--full', '--', '--embed-network'],
    told: { source: 'session', kind: 'repair', what: /^connected again$/, because: 'the daemon has ended' },
  },
  'docker rm -f of the session': {
    of: session => ['rm', '-f', session],
    told: {
      ...{ source: 'keeper', kind: 'repair', what: /^started the session of / },
      because: 'somebody has removed it',
    },
  },
}

test.concurrent.for(partOf(Object.entries(MISHAPS), 1))(
  'after %s events, status and logs tell the repair and its reason, and logs still do when all is gone',
  ([, { of, told }]) =>
    within({}, async scenario => {
      const { names, namespace, person, workspace } = scenario
      const here = ['--environment', workspace.environment, '--format', 'json']
      const watching = person.start(['kde-tp', 'events', ...here, namespace])
      const started = await startServing(scenario)
      await eventually(() => expect(happeningsIn(watching.stdout())).toContainEqual(startOf(names.session)))
      const planned = await person.run(['kde-tp', 'status', '--plan', '--format', 'json'])
      expect(planOf(planned.stdout, workspace.path)).toEqual([])

      const since = new Date().toISOString()
      await docker(of(names.session))
      const repair = await eventually(() => {
        const found = happeningsIn(watching.stdout()).find(
          ({ source, kind, what }) => source === told.source && kind === told.kind && told.what.test(what),
        )
        expect(found, watching.stdout()).toMatchObject({ namespace, because: told.because })
        return found as Happening
      })
      watching.signal('SIGINT')
      expect((await watching.ended).exitCode).toBe(130)
      const past = await person.run([
        ...['kde-tp', 'events', ...here, '--since', since],
        ...['--until', new Date().toISOString(), namespace],
      ])
      expect(happeningsIn(past.stdout)).toContainEqual(repair)
      const { at, kind, what, because } = repair
      expect(await repairsOf(scenario)).toContainEqual({ at, namespace, kind, what, because })
      await expectLogged(scenario, repair)

      started.signal('SIGTERM')
      await started.ended
      await expectLogged(scenario, repair)
    })(),
)

test.concurrent(
  'that the cluster does not answer is told once, while it lasts, and so is that it does again',
  within({}, async scenario => {
    const { names, namespace, person, workspace } = scenario
    const here = ['--environment', workspace.environment, '--format', 'json']
    const watching = person.start(['kde-tp', 'events', ...here, namespace])
    const started = await startServing(scenario)
    const outages = () => happeningsIn(watching.stdout()).filter(isOfOutage)
    const rule = ['OUTPUT', '--destination', await nodeAddress(), '--jump', 'DROP']
    await docker(['exec', names.session, 'iptables', '--insert', ...rule])
    const silent = await eventually(() => {
      expect(outages(), watching.stdout()).toHaveLength(1)
      return outages()[0] as Happening
    })
    expect(silent).toMatchObject({ namespace, source: 'session', kind: 'silent', what: 'the API server' })
    const { at, kind, what, because } = silent
    expect(await repairsOf(scenario)).toContainEqual({ at, namespace, kind, what, because })
    await docker(['exec', names.session, 'iptables', '--delete', ...rule])
    await eventually(() => expect(outages()).toHaveLength(2))
    const back = outages()[1] as Happening
    expect(back).toMatchObject({ kind: 'back', what: 'the API server' })
    expect(Number(/\d+/.exec(back.because ?? '')?.[0])).toBeGreaterThanOrEqual(15)
    await expectLogged(scenario, silent)
    await expectLogged(scenario, back)
    for (const each of [watching, started]) each.signal('SIGTERM')
    await Promise.all([watching.ended, started.ended])
  }),
)

const startOf = (container: string): unknown =>
  expect.objectContaining({ source: 'engine', kind: 'started', what: container })

function planOf(stdout: string, workspace: string) {
  const plan = eventsIn(stdout).find(event => event.type === 'keeping')
  return plan?.environments.find(each => each.workspace === workspace)?.steps
}

async function repairsOf({ person, workspace }: Scenario): Promise<EnvironmentStatus['repairs'] | undefined> {
  const { stdout } = await person.run(['kde-tp', 'status', '--format', 'json'])
  const status = eventsIn(stdout).find(event => event.type === 'status')
  return status?.environments.find(each => each.workspace === workspace.path)?.repairs
}

async function expectLogged(
  { person, namespace, workspace }: Scenario,
  { at, what, because }: Happening,
): Promise<void> {
  const { stdout } = await person.run(['kde-tp', 'logs', namespace, '--workspace', workspace.path])
  const line = stdout.split('\n').find(each => each.includes(at) && each.includes(`: ${what}: `))
  expect(line, stdout).toContain(`: ${because}`)
}
