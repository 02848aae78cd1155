import { t } from '../../language/t.ts'
import type { SessionEvent } from '../../session/events.ts'
import { defineCommand } from '../command.ts'
import { readKeeping } from '../status/read-keeping.ts'
import { readStatus } from '../status/read-status.ts'
import { tellConnections } from '../status/tell-connections.ts'
import { watchStatus } from '../status/watch-status.ts'
import { isJson } from '../surroundings/check-typed.ts'
import { placeOptions } from '../surroundings/options.ts'

export const status = defineCommand({
  name: 'status',
  summary: t`Show all sessions, attachments and dev containers on this engine`,
  usage: '[OPTIONS]',
  description: [
    t`Shows those of all environments of all workspaces, whoever started them. It needs no workspace.`,
    t`With --plan it shows what the keeper of each environment would do now, and does nothing.`,
    t`With --connections it tells of each session how many TCP connections were accepted in its network in the last second, whenever that changes, until Ctrl-C.`,
  ].join('\n'),
  options: {
    connections: { type: 'boolean', summary: t`Tell how many new connections sessions have a second` },
    format: placeOptions.format,
    plan: { type: 'boolean', summary: t`Show what each keeper would do now` },
    watch: { type: 'boolean', short: 'w', summary: t`Go on showing them, until Ctrl-C` },
  },
  async run({ values }, edges) {
    const asJson = isJson(values.format)
    if (values.connections === true) {
      const exitCode = await tellConnections(edges)
      edges.emit({ type: 'result', exitCode })
      return exitCode
    }
    const look = async (): Promise<SessionEvent> =>
      values.plan === true
        ? { type: 'keeping', environments: await readKeeping(edges) }
        : { type: 'status', environments: await readStatus(edges) }
    if (values.watch) return watchStatus(look, asJson, edges)
    edges.emit(await look())
    edges.emit({ type: 'result', exitCode: 0 })
    return 0
  },
})
