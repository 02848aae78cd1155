import { t } from '../../language/t.ts'
import { defineCommand } from '../command.ts'
import { readStatus } from '../status/read-status.ts'
import { watchStatus } from '../status/watch-status.ts'
import { isJson } from '../surroundings/check-typed.ts'
import { placeOptions } from '../surroundings/options.ts'

export const status = defineCommand({
  name: 'status',
  summary: t`Show all sessions, attachments and dev containers on this engine`,
  usage: '[OPTIONS]',
  description: t`Shows those of all environments of all workspaces, whoever started them. It needs no workspace.`,
  options: {
    format: placeOptions.format,
    watch: { type: 'boolean', short: 'w', summary: t`Go on showing them, until Ctrl-C` },
  },
  async run({ values }, edges) {
    const asJson = isJson(values.format)
    if (values.watch) return watchStatus(asJson, edges)
    edges.emit({ type: 'status', environments: await readStatus(edges) })
    edges.emit({ type: 'result', exitCode: 0 })
    return 0
  },
})
