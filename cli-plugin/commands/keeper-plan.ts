import { plannedSteps } from '../../session/keeper-step.ts'
import { KEEPER_DIRECTORY } from '../../session/lease.ts'
import { defineCommand } from '../command.ts'
import { openLeases } from '../keeper/leases.ts'
import { readMind } from '../keeper/mind.ts'
import { readWorld } from '../keeper/read-world.ts'
import { required } from '../required.ts'

export const keeperPlan = defineCommand({
  name: 'keeper-plan',
  summary: 'Print what the keeper would do now (runs in its container)',
  usage: '--name NAME --workspace PATH --environment NAME',
  hidden: true,
  options: {
    name: { type: 'string', value: 'string', summary: "The keeper's own container" },
    workspace: { type: 'string', value: 'string', summary: 'Workspace whose containers it keeps' },
    environment: { type: 'string', value: 'string', summary: 'Environment whose containers it keeps' },
  },
  async run({ values }, edges) {
    const kept = {
      name: required(values.name, 'name'),
      workspacePath: required(values.workspace, 'workspace'),
      environment: required(values.environment, 'environment'),
    }
    const world = await readWorld(kept, readMind(), openLeases(KEEPER_DIRECTORY).read, edges)
    edges.print(`${JSON.stringify(plannedSteps(world))}\n`)
    return 0
  },
})
