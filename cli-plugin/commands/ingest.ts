import { t } from '../../language/t.ts'
import { modeCommand } from '../attach/mode-command.ts'

export const ingest = modeCommand({
  mode: 'ingest',
  summary: t`Open your project's dev container with a workload's environment, and take none of its requests`,
  description: [
    t`The requests for WORKLOAD stay with the cluster. You get its variables and its place in the cluster's network.`,
    t`For reaching databases and internal services, also in production.`,
  ].join('\n'),
})
