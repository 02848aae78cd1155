import { ownerOf } from '../../compose/labels.ts'
import { t } from '../../language/t.ts'
import { attachedWorkloads } from '../../session/attached.ts'
import { containersOf, listContainers } from '../../session/observed.ts'
import { assertUnderstood } from '../../session/schema.ts'
import { chooseAttached } from '../attached/choose-attached.ts'
import { confirmOthers } from '../attached/confirm-others.ts'
import { endAttachment } from '../attached/end-attachment.ts'
import { defineCommand } from '../command.ts'
import { checkNames, isJson } from '../surroundings/check-typed.ts'
import { placeOptions } from '../surroundings/options.ts'
import { keyOf, readEnvironment } from '../surroundings/read-workspace.ts'

export const detach = defineCommand({
  name: 'detach',
  summary: t`Give a workload its requests back, and remove its dev container`,
  usage: '[OPTIONS] [NAMESPACE] [WORKLOAD]',
  description: [
    t`Ends the attachment from whichever terminal, also one that was left running, and returns when it has ended.`,
    t`Other projects of the session go on. What a colleague has attached on this engine is ended only after a yes.`,
    t`What is not given is asked for where there is a terminal. Where nothing is attached there is nothing to do.`,
  ].join('\n'),
  options: {
    ...placeOptions,
    yes: { type: 'boolean', short: 'y', summary: t`Answer yes to every question` },
  },
  positionals: 2,
  async run({ values, positionals }, edges) {
    checkNames(positionals)
    isJson(values.format)
    const key = keyOf(readEnvironment(values, edges))
    const observed = await edges.docker(listContainers())
    const ours = containersOf(observed, key)
    assertUnderstood(ours)
    const attached = attachedWorkloads(ours)
    const chosen = await chooseAttached(positionals, attached, edges)
    if (chosen === undefined) {
      edges.emit({ type: 'remark', message: t`Nothing is attached here, so there is nothing to detach.` })
    } else {
      const { workload, owner, project } = chosen
      const what = t`${owner} has attached "${workload}" for project "${project}".`
      if (owner !== ownerOf(edges.person)) await confirmOthers(what, values.yes === true, edges)
      await endAttachment(chosen, { key, observed }, edges)
    }
    edges.emit({ type: 'result', exitCode: 0 })
    return 0
  },
})
