import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ErrorCode, exitCodeOf } from '../../session/errors.ts'
import { kubectl } from './harness/cluster.ts'
import { bindingName, type Call, type Cure, unbuilt, wish } from './harness/cure.ts'
import { cures } from './harness/cures.ts'
import { partOf } from './harness/random.ts'
import { closeScenario, openScenario, type Scenario } from './harness/scenario.ts'
import { adviceOn, spansOf } from './harness/troubleshooting.ts'

// Who does what the page on troubleshooting says about a code is rid of it. What is typed is read out of
// the page.

let scenario: Scenario

beforeAll(async () => {
  scenario = await openScenario(wish)
})
afterAll(async () => {
  await scenario.person.run(['kde-tp', 'clear', '--workspace', scenario.workspace.path])
  await kubectl(['delete', 'clusterrolebinding', bindingName(scenario), '--ignore-not-found'])
  await execa('docker', ['rmi', unbuilt(scenario)], { reject: false })
  await execa('umount', ['--lazy', join(scenario.workspace.environmentPath, '.telepresence')], {
    reject: false,
  })
  await closeScenario(scenario)
})

const cured = Object.entries(cures).filter((row): row is [ErrorCode, Cure] => 'cure' in row[1])

test.for(partOf(cured, 5))('%s is cured by what the page says', async ([code, { provoke, cure }]) => {
  const { words, env = {} } = await provoke(scenario)
  const { exitCode, stderr } = await scenario.person.run(words, { env })
  expect(exitCode, stderr).toBe(exitCodeOf[code])
  expect(stderr).toContain(`(${code})`)
  for (const call of await cure(scenario, spansOf(adviceOn(code)), stderr)) await works(call)
})

async function works({ words, env = {} }: Call): Promise<void> {
  const { exitCode, stderr } = await scenario.person.run(words, { env })
  expect(exitCode, `${words.join(' ')}: ${stderr}`).toBe(0)
}
