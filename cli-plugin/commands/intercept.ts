import { attach, plan } from '../attach/attach.ts'
import { checkOptions } from '../attach/check-options.ts'
import { attachOptions } from '../attach/options.ts'
import { placeOrder } from '../attach/place-order.ts'
import { defineCommand } from '../command.ts'

export const intercept = defineCommand({
  name: 'intercept',
  summary: "Lead a workload's requests into your project's dev container, and open it",
  usage: '[OPTIONS] [NAMESPACE] [WORKLOAD] [-- COMMAND [ARG...]]',
  description: [
    'Opens a shell in the dev container of a project, or runs COMMAND there and ends with its exit code.',
    "The pod's environment is set, names of the cluster resolve, and requests for WORKLOAD arrive at LOCAL.",
    'What is not given is asked for where there is a terminal. On leaving, all is as it was before.',
  ].join('\n'),
  options: attachOptions,
  positionals: 2,
  takesCommand: true,
  async run(typed, edges) {
    const options = checkOptions(typed, edges.environment)
    const order = await placeOrder(typed, options, edges)
    if (typed.values['dry-run'] !== true) return attach(order, edges)
    const { steps } = plan(order)
    edges.emit({ type: 'plan', steps: steps.map(({ name, because }) => ({ name, because })) })
    return 0
  },
})
