import { modeCommand } from '../attach/mode-command.ts'

export const wiretap = modeCommand({
  mode: 'wiretap',
  summary: "Send a copy of a workload's requests into your project's dev container, and open it",
  description: [
    'The cluster answers as ever, and a copy of each request arrives at LOCAL; what you answer goes nowhere.',
    'For looking at live requests, also in production.',
  ].join('\n'),
})
