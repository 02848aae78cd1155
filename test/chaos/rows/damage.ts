import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { dockerOn } from '../../e2e/harness/engine.ts'
import type { Probe } from '../../e2e/harness/probe.ts'
import { RUNTIME_IMAGE } from '../../e2e/harness/publisher.ts'
import type { Round, Row } from '../row.ts'
import { expectNextCommand, serve } from '../serve.ts'
import { answeredBy, endOf, secondsSince, secondsUntilOver, whileAsking } from '../watch.ts'
import type { Workstation } from '../workstation.ts'

const WATCHED = 20_000
/** What a keeper that looks every few minutes, and at each event, may have to say meanwhile. */
const FEW_LINES = 20
/** Of a core, of keeper and session; a look costs a tenth of a second. */
const FEW_SECONDS = 5
/** As after a command that was killed, and as after a loss of power where nobody can tell the cluster: seconds. */
const HIJACKED_FOR = 30
const FORGOTTEN_AFTER = 75

interface Damage {
  /** Before anything runs. */
  readonly prepare?: (round: Round, workstation: Workstation) => Promise<unknown>
  readonly begin: (round: Round, workstation: Workstation) => Promise<unknown>
  /** What else must hold while it lasts. */
  readonly expectMore?: (round: Round) => Promise<void>
  readonly end?: (workstation: Workstation) => Promise<unknown>
  /** Seconds. */
  readonly hijackedFor?: number
}

const NEIGHBOUR = { workload: 'neighbour', project: 'jobs', port: '9090:http' } as const

/** On the workstation, whose disk, images and networks are nobody else's. */
const damages: Readonly<Record<string, Damage>> = {
  'disk full': {
    // A session's log is on the disk too.
    prepare: async ({ scenario: { person, workspace, namespace } }, workstation) => {
      const logs = join(workspace.environmentPath, '.telepresence/logs')
      await person.run(['mkdir', '-p', join(logs, namespace)])
      await workstation.moveToDisk(logs, person.account)
    },
    begin: (_, workstation) => workstation.fillDisk(),
    async expectMore({ scenario: { person, intercept } }) {
      const refused = await person.run(intercept({ ...NEIGHBOUR, command: ['true'] }))
      expect(refused.exitCode, 'the exit code of a command while the disk is full').not.toBe(0)
      expect(refused.stderr, 'what a command says while the disk is full').toMatch(/no space left/i)
    },
    end: workstation => workstation.freeDisk(),
  },
  'image deleted': {
    begin: (_, { engine }) => dockerOn(engine, ['rmi', '--force', RUNTIME_IMAGE]),
    end: workstation => workstation.loadImages(),
  },
  'network deleted': {
    hijackedFor: FORGOTTEN_AFTER,
    async begin({ scenario: { workspace, names } }, { engine }) {
      const filter = `label=kde-tp.workspace=${workspace.path}`
      const list = ['network', 'ls', '--filter', filter, '--format', '{{.Name}}']
      const network = await dockerOn(engine, list)
      await dockerOn(engine, ['network', 'disconnect', '--force', network, names.holder])
      await dockerOn(engine, ['network', 'rm', network])
    },
  },
  // Labels of a container cannot be changed, so whoever edits them makes another one.
  'labels edited by hand': {
    begin({ scenario: { workspace, namespace } }, { engine }) {
      const labels = {
        schema: 'edited',
        role: 'dev',
        workspace: workspace.path,
        environment: workspace.environment,
        namespace,
        life: 'sometimes',
        attachment: '{"mode":',
      }
      const options = Object.entries(labels).flatMap(([name, value]) => [
        '--label',
        `kde-tp.${name}=${value}`,
      ])
      const command = ['--entrypoint', 'sleep', RUNTIME_IMAGE, 'infinity']
      return dockerOn(engine, ['run', '--detach', ...options, ...command])
    },
  },
}

export const damage: Row = {
  name: 'damage',
  events: Object.keys(damages),
  agents: ['sidecar'],
  wish: { workloads: [{ name: NEIGHBOUR.workload }], projects: ['web', NEIGHBOUR.project] },
  hasWorkstation: true,
  disk: 'memory',
  isLong: true,
  play: round => whileAsking(round, probe => playDamage(round, probe)),
}

async function playDamage(round: Round, probe: Probe): Promise<number> {
  const { scenario, workstation, event } = round
  const what = damages[event]
  if (workstation === undefined || what === undefined) throw new Error(`no workstation, or no ${event}`)
  await what.prepare?.(round, workstation)
  const started = await serve(round)
  try {
    await what.begin(round, workstation)
    await expectNoLoop(round)
    const status = await scenario.person.run(['kde-tp', 'status'])
    expect(status.exitCode, status.stderr).toBe(0)
    await what.expectMore?.(round)
    const since = Date.now()
    started.signal('SIGTERM')
    const answering = await answeredBy('the cluster', probe, since)
    const limit = what.hijackedFor ?? HIJACKED_FOR
    expect(secondsSince(since, answering), 'until the cluster answers').toBeLessThanOrEqual(limit)
    await endOf(started)
  } finally {
    await what.end?.(workstation)
  }
  await expectNextCommand(round)
  const since = Date.now()
  const cleared = await scenario.person.run(['kde-tp', 'clear', '--workspace', scenario.workspace.path])
  expect(cleared.exitCode, cleared.stderr).toBe(0)
  return secondsUntilOver(round, probe, since)
}

async function expectNoLoop({ workstation, scenario: { names } }: Round): Promise<void> {
  const docker = (args: readonly string[]) => dockerOn(workstation?.engine, args)
  const since = new Date().toISOString()
  const before = await secondsOfCores(docker, [names.keeper, names.session])
  await sleep(WATCHED)
  const said = await docker(['logs', '--since', since, names.keeper])
  expect(said.split('\n').length, said).toBeLessThan(FEW_LINES)
  const after = await secondsOfCores(docker, [names.keeper, names.session])
  expect(after - before, 'seconds of cores that keeper and session take').toBeLessThan(FEW_SECONDS)
  const restarts = await docker(['inspect', '--format', '{{.RestartCount}}', names.keeper])
  expect(restarts, 'how often the keeper was restarted').toBe('0')
}

/** Of what runs in them now. */
async function secondsOfCores(
  docker: (args: readonly string[]) => Promise<string>,
  containers: readonly string[],
): Promise<number> {
  const tops = await Promise.all(containers.map(name => docker(['top', name, '-o', 'pid,cputimes'])))
  const lines = tops.flatMap(top => top.split('\n').slice(1))
  return lines.reduce((sum, line) => sum + Number(/(\d+)\s*$/.exec(line)?.[1] ?? 0), 0)
}
