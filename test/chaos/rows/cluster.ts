import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { APP_IMAGE } from '../../e2e/harness/app-image.ts'
import { kubectl, NODE } from '../../e2e/harness/cluster.ts'
import { docker } from '../../e2e/harness/engine.ts'
import { happeningsIn, isOfOutage } from '../../e2e/harness/happenings.ts'
import type { Scenario } from '../../e2e/harness/scenario.ts'
import { AGENTS, type Round, type Row } from '../row.ts'
import { serve } from '../serve.ts'
import { answeredBy, endOf, momentOf, secondsSince, secondsUntilOver, whileAsking } from '../watch.ts'

const MANAGER = ['--namespace', 'ambassador']
const DEPLOYMENT = 'deployment/traffic-manager'
const AWAY = 60_000

const rollout = () => kubectl([...MANAGER, 'rollout', 'status', '--timeout=180s', DEPLOYMENT])

const scale = (replicas: number) =>
  kubectl([...MANAGER, 'scale', `--replicas=${replicas}`, '--timeout=60s', DEPLOYMENT])

const managerEvents: Readonly<Record<string, (round: Round) => Promise<unknown>>> = {
  'pod deleted': () => kubectl([...MANAGER, 'delete', 'pods', '--selector', 'app=traffic-manager']),
  'rolled out anew': () => kubectl([...MANAGER, 'rollout', 'restart', DEPLOYMENT]),
  async 'scaled to 0 for a minute'({ scenario }) {
    const since = new Date().toISOString()
    await scale(0)
    await sleep(AWAY)
    const status = await scenario.person.run(['kde-tp', 'status', '--format', 'json'])
    const told = await outagesTold(scenario, since)
    await scale(1)
    expect(status.stdout, 'what status says meanwhile').toMatch(/reconnecting|not connected|traffic-manager/)
    expect(told, 'what events tell meanwhile').toEqual(['silent: the traffic-manager'])
    await momentOf(async () =>
      expect(await outagesTold(scenario, since)).toEqual([...told, 'back: the traffic-manager']),
    )
  },
}

async function outagesTold({ person, namespace }: Scenario, since: string): Promise<readonly string[]> {
  const past = ['--since', since, '--until', new Date().toISOString()]
  const { stdout } = await person.run(['kde-tp', 'events', ...past, '--format', 'json', namespace])
  return happeningsIn(stdout)
    .filter(isOfOutage)
    .map(({ kind, what }) => `${kind}: ${what}`)
}

/** Measured from when the manager is there again. */
const playManager = (round: Round): Promise<number> =>
  whileAsking(round, async probe => {
    const started = await serve(round)
    await managerEvents[round.event]?.(round)
    await rollout()
    const since = Date.now()
    const back = await answeredBy('the dev container', probe, since)
    const listed = await momentOf(() => expectListed(round))
    const end = Date.now()
    started.signal('SIGTERM')
    expect((await endOf(started)).exitCode, started.stderr()).toBe(143)
    await secondsUntilOver(round, probe, end)
    return secondsSince(since, back, listed)
  })

async function expectListed({ scenario, workload }: Round): Promise<void> {
  const list = ['telepresence', 'list', '--intercepts', '--format', 'json']
  expect(await docker(['exec', scenario.names.session, ...list])).toContain(`"${workload}"`)
}

export const managerReplaced: Row = {
  name: 'manager-replaced',
  events: ['pod deleted', 'rolled out anew'],
  agents: AGENTS,
  isAlone: true,
  play: playManager,
}

export const managerAway: Row = {
  name: 'manager-away',
  events: ['scaled to 0 for a minute'],
  agents: AGENTS,
  isAlone: true,
  isLong: true,
  play: playManager,
}

/** The same image by another name, which a Deployment cannot know. */
const NEXT_IMAGE = 'kde-tp-sandbox/app:next'
const CHANGED = 'changed meanwhile'

const workloadEvents: Readonly<Record<string, (round: Round) => Promise<unknown>>> = {
  'pods deleted': ({ scenario: { namespace }, workload }) =>
    kubectl(['--namespace', namespace, 'delete', 'pods', '--selector', `app=${workload}`]),
  async 'scaled 0 to 3'({ scenario: { namespace }, workload }) {
    const scale = ['--namespace', namespace, 'scale', `deployment/${workload}`]
    await kubectl([...scale, '--replicas=0'])
    await momentOf(async () => expect(await podsIn(namespace, workload)).toBe(''))
    await kubectl([...scale, '--replicas=3'])
  },
  async 'image updated'({ scenario: { namespace }, workload }) {
    const tag = ['ctr', '-n', 'k8s.io', 'images', 'tag', '--force', `docker.io/${APP_IMAGE}`]
    await docker(['exec', NODE, ...tag, `docker.io/${NEXT_IMAGE}`])
    const image = `${workload}=${NEXT_IMAGE}`
    await kubectl(['--namespace', namespace, 'set', 'image', `deployment/${workload}`, image])
  },
  async 'environment changed'({ scenario: { namespace }, workload }) {
    const variable = `MEANWHILE=${CHANGED}`
    await kubectl(['--namespace', namespace, 'set', 'env', `deployment/${workload}`, variable])
  },
}

const podsIn = (namespace: string, workload: string): Promise<string> =>
  kubectl(['--namespace', namespace, 'get', 'pods', '--selector', `app=${workload}`, '--output', 'name'])

export const workloadChanges: Row = {
  name: 'workload-changes',
  events: ['pods deleted', 'scaled 0 to 3', 'image updated'],
  agents: AGENTS,
  play: round => playWorkload(round, async () => undefined),
}

export const environmentChanges: Row = {
  name: 'environment-changes',
  events: ['environment changed'],
  agents: AGENTS,
  isLong: true,
  play: round => playWorkload(round, () => expectChangeTold(round)),
}

/** Measured from when the workload's pods are all there again. */
const playWorkload = (round: Round, expectMore: () => Promise<void>): Promise<number> =>
  whileAsking(round, async probe => {
    const { namespace } = round.scenario
    const started = await serve(round)
    await workloadEvents[round.event]?.(round)
    const wait = ['rollout', 'status', '--timeout=180s', `deployment/${round.workload}`]
    await kubectl(['--namespace', namespace, ...wait])
    const since = Date.now()
    const back = await answeredBy('the dev container', probe, since)
    await expectMore()
    const end = Date.now()
    started.signal('SIGTERM')
    expect((await endOf(started)).exitCode, started.stderr()).toBe(143)
    await secondsUntilOver(round, probe, end)
    await restore(round)
    return secondsSince(since, back)
  })

async function expectChangeTold({ scenario, workload }: Round): Promise<void> {
  const { environmentPath } = scenario.workspace
  const file = join(environmentPath, `.telepresence/env-files/${scenario.namespace}/${workload}.env`)
  await momentOf(async () => expect(readFileSync(file, 'utf8'), 'the env file').toMatch(/changed/i))
  const { stdout } = await scenario.person.run(['kde-tp', 'status'])
  expect(stdout, 'what status says').toMatch(/environment.*changed|changed.*environment/i)
}

/** Another round begins with one pod. */
async function restore({ scenario: { namespace }, workload }: Round): Promise<void> {
  await kubectl(['--namespace', namespace, 'scale', `deployment/${workload}`, '--replicas=1'])
  await kubectl(['--namespace', namespace, 'set', 'env', `deployment/${workload}`, 'MEANWHILE-'])
  await kubectl(['--namespace', namespace, 'rollout', 'status', `deployment/${workload}`])
}
