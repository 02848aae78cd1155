import { t } from '../../language/t.ts'
import type { Options } from '../command.ts'

/** Where a command is to work, and how it tells what it does: the same in every command. */
export const placeOptions = {
  environment: {
    type: 'string',
    value: 'string',
    summary: t`Environment of the workspace, or kubeconfig context (default: current)`,
  },
  format: { type: 'string', value: 'human|json', summary: t`Format of the output (default "human")` },
  workspace: {
    type: 'string',
    value: 'string',
    summary: t`Directory of the workspace (default: found from here upwards)`,
  },
} as const satisfies Options
