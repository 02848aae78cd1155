import { expect } from 'vitest'
import { dockerOn, namesOf } from '../../e2e/harness/engine.ts'
import type { Probe } from '../../e2e/harness/probe.ts'
import { startServing } from '../../e2e/harness/serving.ts'
import { AGENTS, type Round, type Row } from '../row.ts'
import { serve, serveDetached } from '../serve.ts'
import { answeredBy, momentOf, secondsSince, secondsUntilOver, whileAsking } from '../watch.ts'
import type { Workstation } from '../workstation.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
/** The manager of the sandbox forgets a client that was silent for 60 s. */
const FORGOTTEN_AFTER = 75

function workstationOf({ workstation }: Round): Workstation {
  if (workstation === undefined) throw new Error('this row needs a workstation')
  return workstation
}

/** Something takes the workstation away from the cluster for a while; ours is measured from its end. */
const playAbsence = (round: Round, absence: (probe: Probe) => Promise<unknown>): Promise<number> =>
  whileAsking(round, async probe => {
    const dev = round.scenario.names.devContainer()
    const identity = ['inspect', '--format', '{{.Id}} {{.State.StartedAt}}', dev]
    const started = await serve(round)
    const before = await dockerOn(round.workstation?.engine, identity)
    await absence(probe)
    const since = Date.now()
    const back = await answeredBy('the dev container', probe, since)
    expect(await dockerOn(round.workstation?.engine, identity)).toEqual(before)
    const end = Date.now()
    started.signal('SIGTERM')
    await secondsUntilOver(round, probe, end)
    return secondsSince(since, back)
  })

export const cutOffShortly: Row = {
  name: 'cut-off-20-s',
  events: ['20 s'],
  agents: AGENTS,
  hasWorkstation: true,
  play: round => playAbsence(round, () => workstationOf(round).cutOff(20 * SECOND)),
}

export const cutOffLong: Row = {
  name: 'cut-off-3-min',
  worst: 30,
  events: ['3 min'],
  agents: AGENTS,
  isLong: true,
  hasWorkstation: true,
  play: round =>
    playAbsence(round, async probe => {
      const since = Date.now()
      const [answering] = await Promise.all([
        answeredBy('the cluster', probe, since),
        workstationOf(round).cutOff(3 * MINUTE),
      ])
      expect(secondsSince(since, answering), 'until the cluster answers').toBeLessThanOrEqual(FORGOTTEN_AFTER)
    }),
}

export const asleep: Row = {
  name: 'asleep-2-min',
  worst: 30,
  events: ['2 min'],
  agents: AGENTS,
  isLong: true,
  hasWorkstation: true,
  play: round => playAbsence(round, () => workstationOf(round).fallAsleep(2 * MINUTE)),
}

const outages: Readonly<Record<string, (round: Round, probe: Probe) => Promise<unknown>>> = {
  'engine stopped and started': round => workstationOf(round).restart(),
  async 'power lost'(round, probe) {
    const since = Date.now()
    await workstationOf(round).losePower()
    const answering = await answeredBy('the cluster', probe, since)
    expect(secondsSince(since, answering), 'until the cluster answers').toBeLessThanOrEqual(FORGOTTEN_AFTER)
    await workstationOf(round).start()
  },
}

const NEIGHBOUR = { workload: 'neighbour', project: 'jobs', port: '9090:http' } as const

/** One attachment is detached and comes back, one has a command in the foreground and is cleaned. */
const outage = (name: string, events: readonly string[]): Row => ({
  name,
  worst: 60,
  events,
  agents: AGENTS,
  wish: { workloads: [{ name: NEIGHBOUR.workload }], projects: ['web', NEIGHBOUR.project] },
  isLong: true,
  hasWorkstation: true,
  play: round =>
    whileAsking(round, async probe => {
      const { names, workspace, person, answererOf } = round.scenario
      await serveDetached(round)
      await startServing(round.scenario, { ...NEIGHBOUR, command: ['python3', 'serve.py', '9090'] })
      await outages[round.event]?.(round, probe)
      const since = Date.now()
      const [back, cleaned] = await Promise.all([
        answeredBy('the dev container', probe, since),
        momentOf(async () => {
          expect(await answererOf(NEIGHBOUR.workload)).toBe('the cluster')
          const containers = await namesOf('container', workspace.path, round.workstation?.engine)
          expect(containers).not.toContain(names.devContainer(NEIGHBOUR.project))
        }),
      ])
      const end = Date.now()
      await person.run(['kde-tp', 'clear', '--workspace', workspace.path])
      await secondsUntilOver(round, probe, end)
      return secondsSince(since, back, cleaned)
    }),
})

export const engineRestarts = outage('engine-restarts', ['engine stopped and started'])
export const powerLost = outage('power-lost', ['power lost'])
