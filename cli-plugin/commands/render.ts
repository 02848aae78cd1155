import { t } from '../../language/t.ts'
import { usage } from '../../session/errors.ts'
import { MODES, type Mode } from '../../session/mode.ts'
import { checkOptions } from '../attach/check-options.ts'
import { type AttachTyped, optionsOf } from '../attach/options.ts'
import { placeOrder } from '../attach/place-order.ts'
import { render as renderOrder } from '../attach/render.ts'
import { defineCommand } from '../command.ts'

/** It has the options of all the others. */
const { 'dry-run': _, ...options } = optionsOf('intercept')

export const render = defineCommand({
  name: 'render',
  summary: t`Print the Compose project of a mode's call, and start nothing`,
  usage: 'replace|intercept|wiretap|ingest [OPTIONS] [NAMESPACE] [WORKLOAD] [-- COMMAND [ARG...]]',
  description: [
    t`Takes the words of any mode, looks at the cluster as it does, and prints what it would give to docker compose.`,
    t`Variables have their names and no values: what the pod has is known only when it is attached.`,
    t`With --format json it is one event, whose "project" is the same as an object.`,
  ].join('\n'),
  options,
  positionals: 3,
  takesCommand: true,
  async run({ values, positionals, command }, edges) {
    const [typedMode, ...names] = positionals
    const mode = checkMode(typedMode)
    const surplus = Object.entries(values).find(([name, value]) => value !== undefined && !knows(mode, name))
    if (surplus !== undefined) throw usage(t`There is no option --${surplus[0]} with ${mode}.`)
    // Nothing is run, so no terminal is wanted.
    const asked = { ...values, 'dry-run': true } as AttachTyped['values']
    const typed: AttachTyped = { values: asked, positionals: names, command }
    const checked = checkOptions(typed, edges.environment)
    const project = await renderOrder(await placeOrder(mode, typed, checked, edges), edges)
    edges.emit({ type: 'rendered', project })
    edges.emit({ type: 'result', exitCode: 0 })
    return 0
  },
})

const knows = (mode: Mode, option: string): boolean => Object.hasOwn(optionsOf(mode), option)

function checkMode(typed: string | undefined): Mode {
  const mode = MODES.find(each => each === typed)
  if (mode === undefined) throw usage(t`The mode is missing: name ${MODES.join(', ')} first.`)
  return mode
}
