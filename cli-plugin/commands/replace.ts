import { t } from '../../language/t.ts'
import { modeCommand } from '../attach/mode-command.ts'

export const replace = modeCommand({
  mode: 'replace',
  summary: t`Stop a workload's container and take its place with your project's dev container`,
  description: [
    t`WORKLOAD's container is stopped as long as you are here, and its requests arrive at LOCAL; then it runs again.`,
    t`For tests in which the old version must not do anything beside yours. In production only with care.`,
  ].join('\n'),
})
