import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { NODE } from '../../e2e/harness/cluster.ts'
import { docker } from '../../e2e/harness/engine.ts'
import type { Probe } from '../../e2e/harness/probe.ts'
import { publicName } from '../public-name.ts'
import { AGENTS, type Round, type Row } from '../row.ts'
import { expectNextCommand, serve } from '../serve.ts'
import {
  answeredBy,
  endOf,
  identityOf,
  momentOf,
  rolesIn,
  secondsSince,
  serversIn,
  whileAsking,
} from '../watch.ts'

const LOOKUPS_AFTER = 5000

/** Takes the connection away from under a command that answers, and sees all come back. */
async function playReturn(round: Round, probe: Probe, event: () => Promise<unknown>): Promise<number> {
  const dev = round.scenario.names.devContainer()
  const started = await serve(round)
  const before = { container: await identityOf(dev), servers: await serversIn(dev) }
  const since = Date.now()
  await event()
  const [, ...moments] = await Promise.all([
    expectLookups(dev, since),
    answeredBy('the dev container', probe, since),
    momentOf(() => expectAttachedOnce(round)),
  ])
  expect({ container: await identityOf(dev), servers: await serversIn(dev) }).toEqual(before)
  expect(await round.holder(), 'who holds the workload').toBeDefined()
  started.signal('SIGTERM')
  expect((await endOf(started)).exitCode, started.stderr()).toBe(143)
  return secondsSince(since, ...moments)
}

async function expectLookups(dev: string, since: number): Promise<void> {
  await sleep(since + LOOKUPS_AFTER - Date.now())
  for (const name of [NODE, await publicName()])
    expect(await docker(['exec', dev, 'timeout', '5', 'getent', 'hosts', name]), name).not.toBe('')
}

async function expectAttachedOnce({ scenario, workload }: Round): Promise<void> {
  const list = ['telepresence', 'list', '--intercepts', '--format', 'json']
  const attached = JSON.parse(await docker(['exec', scenario.names.session, ...list])) as readonly {
    readonly name: string
  }[]
  expect(attached.map(({ name }) => name)).toEqual([workload])
}

export const daemonDies: Row = {
  name: 'daemon-dies',
  worst: 15,
  events: ['kill -9'],
  agents: AGENTS,
  play: round =>
    whileAsking(round, probe =>
      playReturn(round, probe, () =>
        docker(['exec', round.scenario.names.session, 'pkill', '-KILL', '--full', '[-]-embed-network']),
      ),
    ),
}

const deaths: Readonly<Record<string, readonly string[]>> = {
  restart: ['restart'],
  kill: ['kill'],
  'rm -f': ['rm', '--force'],
}

export const sessionDies: Row = {
  name: 'session-dies',
  worst: 30,
  events: Object.keys(deaths),
  agents: AGENTS,
  play: round =>
    whileAsking(round, probe =>
      playReturn(round, probe, () => docker([...(deaths[round.event] ?? []), round.scenario.names.session])),
    ),
}

/** What a person does who wants it to end. KDE-cli's own `clear` stops what has its name. */
const wishes: Readonly<Record<string, (round: Round) => Promise<unknown>>> = {
  'docker stop': ({ scenario }) => docker(['stop', scenario.names.session]),
  'compose stop': ({ scenario }) =>
    docker(['compose', '--project-name', scenario.names.composeProject, 'stop']),
  'compose down': ({ scenario }) =>
    docker(['compose', '--project-name', scenario.names.composeProject, 'down']),
  "KDE's clear": ({ scenario }) =>
    scenario.person.run([
      'bash',
      '-c',
      'docker ps -q -f name="$0" | xargs docker stop',
      scenario.names.session,
    ]),
}

/** Long enough for whoever would heal it. */
const PATIENCE = 20_000

export const personEndsSession: Row = {
  name: 'person-ends-session',
  events: Object.keys(wishes),
  agents: AGENTS,
  play: round =>
    whileAsking(round, async probe => {
      const started = await serve(round)
      const since = Date.now()
      await wishes[round.event]?.(round)
      const answering = await answeredBy('the cluster', probe, since)
      const ended = await endOf(started)
      expect(ended.exitCode, 'the command’s exit code').not.toBe(0)
      expect(ended.stderr, 'what the command says').toMatch(/[.。]\s*$/)
      await sleep(PATIENCE)
      // A keeper may have come to clean up.
      const running = await rolesIn(round.scenario.workspace.path)
      expect(running.join(), 'what runs again').not.toMatch(/session|dev/)
      expect(await round.holder(), 'who holds the workload').toBeUndefined()
      await expectNextCommand(round)
      return secondsSince(since, answering)
    }),
}
