import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { docker } from '../../e2e/harness/engine.ts'
import type { Started } from '../../e2e/harness/person.ts'
import { RUNTIME_IMAGE } from '../../e2e/harness/publisher.ts'
import type { Scenario } from '../../e2e/harness/scenario.ts'
import { AGENTS, type Round, type Row } from '../row.ts'
import { callOf, serve } from '../serve.ts'
import {
  answeredBy,
  identityOf,
  momentOf,
  rolesIn,
  secondsSince,
  secondsUntilOver,
  whileAsking,
} from '../watch.ts'

/** Longer than a keeper waits for the commands of containers that are older than itself. */
const GRACE = 40_000

const events: Readonly<Record<string, (keeper: string) => Promise<unknown>>> = {
  // Not by docker, which would remember that somebody wanted it to end.
  async 'kill -9'(keeper) {
    const pid = await docker(['inspect', '--format', '{{.State.Pid}}', keeper])
    const kill = ['--pid', 'host', '--user', '0', '--entrypoint', 'kill', RUNTIME_IMAGE, '-KILL', pid]
    await docker(['run', '--rm', ...kill])
  },
  'rm -f': keeper => docker(['rm', '--force', keeper]),
}

export const keeperDies: Row = {
  name: 'keeper-dies',
  events: Object.keys(events),
  agents: AGENTS,
  play: round =>
    whileAsking(round, async probe => {
      const { names, workspace, person } = round.scenario
      const shells = [await serve(round), await shellBeside(round), await shellBeside(round)]
      const before = await identities(round.scenario)
      const since = Date.now()
      await events[round.event]?.(names.keeper)
      if (round.event === 'rm -f') await expectToldAndRestored(round)
      const back = await momentOf(() => docker(['exec', names.keeper, 'true']))
      await sleep(GRACE)
      for (const shell of shells) expect(await hasEnded(shell), shell.stdout() + shell.stderr()).toBe(false)
      expect(await identities(round.scenario)).toEqual(before)
      expect(await rolesIn(workspace.path, '--all')).toEqual(['dev', 'holder', 'keeper', 'session'])
      await answeredBy('the dev container', probe, since)
      const end = Date.now()
      for (const shell of shells) shell.signal('SIGTERM')
      await secondsUntilOver(round, probe, end)
      await person.killAll()
      return secondsSince(since, back)
    }),
}

/** In the dev container that is there. */
async function shellBeside(round: Round): Promise<Started> {
  const shell = round.scenario.person.start(callOf(round), { terminal: true })
  shell.write('echo the answer is $((6 * 7))\n')
  await momentOf(async () => expect(shell.stdout(), shell.stderr()).toContain('the answer is 42'))
  return shell
}

async function expectToldAndRestored(round: Round): Promise<void> {
  const { person, intercept } = round.scenario
  const status = await person.run(['kde-tp', 'status'])
  expect(status.stdout, 'what status says of the keeper').toMatch(/keeper/i)
  const options = ['--agent', round.agent]
  const next = await person.run(intercept({ workload: round.workload, options, command: ['true'] }))
  expect(next.exitCode, next.stderr).toBe(0)
}

const hasEnded = (started: Started): Promise<boolean> =>
  Promise.race([started.ended.then(() => true), sleep(0).then(() => false)])

const identities = ({ names }: Scenario): Promise<readonly string[]> =>
  Promise.all([names.holder, names.session, names.devContainer()].map(identityOf))
