import { t } from '../../language/t.ts'
import { modeCommand } from '../attach/mode-command.ts'

export const intercept = modeCommand({
  mode: 'intercept',
  summary: t`Lead a workload's requests into your project's dev container, and open it`,
  description: [
    t`Requests for WORKLOAD arrive at LOCAL; its pods go on running.`,
    t`With --header or a path only those requests come here that match, and all others stay with the cluster.`,
    t`For everyday development, also in a team.`,
  ].join('\n'),
})
