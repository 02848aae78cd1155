import { t } from '../../language/t.ts'
import { filterText } from '../../session/attachment.ts'
import { quoted } from '../../session/quoted.ts'
import type { Call } from './call.ts'

/** Says what becomes of the workload's requests, once it is so. */
export async function tellArrival(call: Call): Promise<void> {
  const hasArrived = await call.progress.arrival
  const late = hasArrived ? undefined : t`A pod from before still answers some requests.`
  for (const message of [sentence(call), late, exampleOf(call)])
    if (message !== undefined) call.edges.emit({ type: 'remark', message })
}

function sentence({ order: { wish } }: Call): string {
  const { attachment } = wish
  const { mode, workload, ports } = attachment
  const where = ports.map(({ local }) => local).join(', ')
  const filter = filterText(attachment)
  const which = filter === undefined ? workload : t`${workload} with ${filter}`
  switch (mode) {
    case 'replace':
      return t`Requests for ${which} arrive here, on port ${where}; the container that answered them is stopped.`
    case 'intercept':
      return filter === undefined
        ? t`Requests for ${which} arrive here, on port ${where}.`
        : t`Requests for ${which} arrive here, on port ${where}; all others stay with the cluster.`
    case 'wiretap':
      return t`A copy of the requests for ${which} arrives here, on port ${where}; the cluster answers them.`
    case 'ingest':
      return t`Requests for ${which} stay with the cluster; its environment and network are here.`
  }
}

/** A request that comes here, to paste. What may be a secret goes to a person's eyes alone: into no event, and no file. */
function exampleOf({ order: { wish, options }, edges: { terminal } }: Call): string | undefined {
  const { headers, attachment, namespace } = wish
  const isSeen = terminal.stdin && terminal.stdout && !options.asJson
  if (headers.length === 0 || !isSeen) return undefined
  const words = headers.map(({ name, value }) => `--header ${quoted(`${name}: ${value}`)}`)
  return t`Try: curl ${words.join(' ')} http://${attachment.workload}.${namespace}${attachment.pathPrefix ?? '/'}`
}
