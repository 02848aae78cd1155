import { defineCommand } from '../command.ts'
import { keep } from '../keeper/keep.ts'
import { required } from '../required.ts'

export const keeper = defineCommand({
  name: 'keeper',
  summary: 'Take away what nobody uses any longer (the main process of the keeper)',
  usage: '--name NAME --workspace PATH --environment NAME',
  hidden: true,
  options: {
    name: { type: 'string', value: 'string', summary: "The keeper's own container" },
    workspace: { type: 'string', value: 'string', summary: 'Workspace whose containers it keeps' },
    environment: { type: 'string', value: 'string', summary: 'Environment whose containers it keeps' },
  },
  async run({ values }, edges) {
    const [name, workspacePath, environment] = [
      required(values.name, 'name'),
      required(values.workspace, 'workspace'),
      required(values.environment, 'environment'),
    ]
    await keep({ name, workspacePath, environment }, edges)
    return 0
  },
})
