import { expect } from 'vitest'
import { eventually } from '../e2e/harness/eventually.ts'
import type { Started, StartOptions } from '../e2e/harness/person.ts'
import { installPlugin } from '../e2e/harness/plugin.ts'
import type { InterceptWords } from '../e2e/harness/scenario.ts'
import { startServing } from '../e2e/harness/serving.ts'
import type { Round } from './row.ts'
import { endOf } from './watch.ts'

export const wordsOf = ({ agent, workload }: Round): InterceptWords => ({
  workload,
  options: ['--agent', agent],
})

/** A command that answers the round's workload. */
export const serve = (round: Round, options: StartOptions = {}): Promise<Started> =>
  startServing(round.scenario, wordsOf(round), options)

/** A shell in a terminal, in which something answers. */
export const serveFromShell = (round: Round): Promise<Started> =>
  untilServing(round, round.scenario.person.start(callOf(round), { terminal: true }))

/** A shell without a terminal. */
export const serveFromPipe = (round: Round): Promise<Started> =>
  untilServing(round, round.scenario.person.start(callOf(round)))

/** A command that is called as docker's plugin. */
export function serveThroughDocker(round: Round): Promise<Started> {
  installPlugin(round.scenario.person.home)
  const [, ...words] = round.scenario.intercept({ ...wordsOf(round), command: ['python3', 'serve.py'] })
  return untilServing(round, round.scenario.person.start(['docker', 'kdetp', ...words]))
}

/** Leaves it running without a command. */
export async function serveDetached(round: Round): Promise<void> {
  const { scenario } = round
  const options = ['--agent', round.agent, '--detach']
  const command = ['python3', 'serve.py']
  const ended = await scenario.person.run(scenario.intercept({ workload: round.workload, options, command }))
  expect(ended.exitCode, ended.stderr).toBe(0)
  await untilAnswered(round)
}

/** Whatever happened, another one works. */
export async function expectNextCommand(round: Round): Promise<void> {
  const next = await serve(round)
  next.signal('SIGTERM')
  expect((await endOf(next)).exitCode, next.stderr()).toBe(143)
}

export const callOf = (round: Round): readonly string[] => round.scenario.intercept(wordsOf(round))

async function untilServing(round: Round, started: Started): Promise<Started> {
  started.write('python3 serve.py &\n')
  await untilAnswered(round, started)
  return started
}

const untilAnswered = ({ scenario, workload }: Round, started?: Started): Promise<void> =>
  eventually(async () => {
    const said = started === undefined ? '' : started.stdout() + started.stderr()
    expect(await scenario.answererOf(workload), said).toBe('the dev container')
  })
