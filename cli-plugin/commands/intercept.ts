import { modeCommand } from '../attach/mode-command.ts'

export const intercept = modeCommand({
  mode: 'intercept',
  summary: "Lead a workload's requests into your project's dev container, and open it",
  description: [
    'Requests for WORKLOAD arrive at LOCAL; its pods go on running. With --header or a path only those requests come',
    'here that match, and all others stay with the cluster. For everyday development, also in a team.',
  ].join('\n'),
})
