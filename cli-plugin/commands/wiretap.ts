import { t } from '../../language/t.ts'
import { modeCommand } from '../attach/mode-command.ts'

export const wiretap = modeCommand({
  mode: 'wiretap',
  summary: t`Send a copy of a workload's requests into your project's dev container, and open it`,
  description: [
    t`The cluster answers as ever, and a copy of each request arrives at LOCAL; what you answer goes nowhere.`,
    t`For looking at live requests, also in production.`,
  ].join('\n'),
})
