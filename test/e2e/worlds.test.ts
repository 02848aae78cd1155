import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeeperWorld } from '../../session/keeper-world.ts'
import { type KeeperStep, planKeeping } from '../../session/plan-keeping.ts'
import { afterSteps, inThought, observed } from '../worlds/model.ts'
import { anyRecipe } from '../worlds/recipe.ts'
import { docker } from './harness/engine.ts'
import { theRun } from './harness/run.ts'
import { buildWorld } from './harness/world.ts'

const { KDE_TP_TEST_AMOUNT: amount, KDE_TP_TEST_SEED: seed } = process.env
const worlds = fc.sample(anyRecipe, {
  numRuns: amount === 'all' ? 100 : 10,
  ...(seed && { seed: Number(seed) }),
})

describe('on the real engine the keeper does with any world what it does in thought', () => {
  const network = `kde-tp-test-worlds-${randomBytes(3).toString('hex')}`
  beforeAll(() => docker(['network', 'create', network]))
  afterAll(() => docker(['network', 'rm', network]))

  test.concurrent.for(worlds.map((recipe, index) => ({ index, recipe })))(
    'world $index',
    async ({ recipe }) => {
      const prefix = `kdetpworld${randomBytes(3).toString('hex')}`
      const built = await buildWorld(recipe, join(theRun().directory, prefix), network)
      try {
        const thought = inThought(recipe)
        const before = await built.observe()
        const foreign = await built.foreign()
        expect(viewOf(before, prefix), told(recipe)).toEqual(viewOf(observed(thought), prefix))
        const steps = planKeeping(observed(thought))
        expect(planKeeping(before).map(stepView(prefix)).toSorted(), told(recipe)).toEqual(
          steps.map(stepView(prefix)).toSorted(),
        )
        const after = await built.observe(await built.act(before))
        expect(viewOf(after, prefix), told(recipe, steps)).toEqual(
          viewOf(observed(afterSteps(steps, thought)), prefix),
        )
        expect(await built.foreign()).toEqual(foreign)
      } finally {
        await built.remove()
      }
    },
  )
})

const told = (...values: readonly unknown[]): string =>
  values.map(value => JSON.stringify(value, null, 1)).join('\n')

/** What a world in thought and one of the engine have in common. Holder and session are known by their namespace. */
function viewOf({ containers, leases, known, retryAt }: KeeperWorld, prefix: string) {
  const plain = (name: string) => name.replace(`${prefix}-`, '')
  return {
    containers: containers
      .map(({ name, role, namespace, state }) =>
        [role, namespace, role === 'holder' || role === 'session' ? '' : plain(name), state].join(' '),
      )
      .toSorted(),
    leases: leases.map(({ id, state }) => `${id} ${state}`).toSorted(),
    known: known
      .map(each => [plain(each.devContainer), plain(each.sessionContainer), each.workload].join(' '))
      .toSorted(),
    failed: [...retryAt.keys()].map(plain).toSorted(),
  }
}

/** The engine's order is another, and any dev container can tell what its session is made of. */
const stepView =
  (prefix: string) =>
  (step: KeeperStep): string => {
    const { kind, because, ...rest } = step.kind === 'make-session' ? { ...step, devContainer: '' } : step
    const names = Object.values(rest).flatMap(namesIn)
    return [kind, because, ...names.map(name => name.replace(`${prefix}-`, '')).toSorted()].join(' ')
  }

function namesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [String(value)]
  return Object.values(value).flatMap(namesIn)
}
