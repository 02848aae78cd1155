import type { Values } from '../command.ts'
import { required } from '../required.ts'
import type { KeptContainers } from './read-world.ts'

/** Of the programs that run in a keeper's container. */
export const keptOptions = {
  name: { type: 'string', value: 'string', summary: "The keeper's own container" },
  workspace: { type: 'string', value: 'string', summary: 'Workspace whose containers it keeps' },
  environment: { type: 'string', value: 'string', summary: 'Environment whose containers it keeps' },
} as const

/** Throws USAGE. */
export const toKeptContainers = (values: Values<typeof keptOptions>): KeptContainers => ({
  name: required(values.name, 'name'),
  workspacePath: required(values.workspace, 'workspace'),
  environment: required(values.environment, 'environment'),
})
