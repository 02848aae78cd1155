import { t } from '../../language/t.ts'
import type { Mode } from '../../session/mode.ts'
import { type Command, defineCommand } from '../command.ts'
import { attach, plan } from './attach.ts'
import { checkOptions } from './check-options.ts'
import { type AttachTyped, optionsOf } from './options.ts'
import { placeOrder } from './place-order.ts'

/** What is a mode's own. */
interface ModeCommand {
  readonly mode: Mode
  readonly summary: string
  /** What becomes of the workload's requests. */
  readonly description: string
}

/** The four modes differ in how the workload is attached; their flow is one. */
export const modeCommand = ({ mode, summary, description }: ModeCommand): Command =>
  defineCommand({
    name: mode,
    summary,
    usage: '[OPTIONS] [NAMESPACE] [WORKLOAD] [-- COMMAND [ARG...]]',
    description: `${description}\n${SHARED}`,
    options: optionsOf(mode),
    positionals: 2,
    names: ['namespace', 'workload'],
    takesCommand: true,
    async run(words, edges) {
      const typed = words as AttachTyped
      const options = checkOptions(typed, edges.environment)
      const order = await placeOrder(mode, typed, options, edges)
      if (typed.values['dry-run'] !== true) return attach(order, edges)
      const { steps } = plan(order)
      edges.emit({ type: 'plan', steps: steps.map(({ name, because }) => ({ name, because })) })
      return 0
    },
  })

const SHARED = [
  t`Opens a shell in the dev container of a project, or runs COMMAND there and ends with its exit code.`,
  t`The pod's environment is set, and names of the cluster resolve.`,
  t`What is not given is asked for where there is a terminal. On leaving, all is as it was before.`,
].join('\n')
