import { plannedSteps } from '../../session/keeper-step.ts'
import { KEEPER_DIRECTORY } from '../../session/lease.ts'
import { defineCommand } from '../command.ts'
import { openLeases } from '../keeper/leases.ts'
import { readMind } from '../keeper/mind.ts'
import { keptOptions, toKeptContainers } from '../keeper/options.ts'
import { readWorld } from '../keeper/read-world.ts'

export const keeperPlan = defineCommand({
  name: 'keeper-plan',
  summary: 'Print what the keeper would do now (runs in its container)',
  usage: '--name NAME --workspace PATH --environment NAME',
  hidden: true,
  options: keptOptions,
  async run({ values }, edges) {
    const { read } = openLeases(KEEPER_DIRECTORY)
    const world = await readWorld(toKeptContainers(values), readMind(), read, edges)
    edges.print(`${JSON.stringify(plannedSteps(world))}\n`)
    return 0
  },
})
