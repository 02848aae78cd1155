import { expect } from 'vitest'
import { eventually } from './eventually.ts'
import type { Started, StartOptions } from './person.ts'
import type { InterceptWords, Scenario } from './scenario.ts'

/** Starts a command that answers the workload's requests, and returns once it does. */
export async function startServing(
  scenario: Scenario,
  words: InterceptWords = {},
  options: StartOptions = {},
): Promise<Started> {
  const { person, intercept, answererOf } = scenario
  const command = words.command ?? ['python3', 'serve.py']
  const started = person.start(intercept({ ...words, command }), options)
  await eventually(async () => {
    const answerer = await answererOf(words.workload)
    expect(answerer, started.stdout() + started.stderr()).toBe('the dev container')
  })
  return started
}
