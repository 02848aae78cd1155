import { filterText } from '../../session/attachment.ts'
import type { Call } from './call.ts'

/** Says what becomes of the workload's requests, once it is so. */
export async function tellArrival(call: Call): Promise<void> {
  const hasArrived = await call.progress.arrival
  const late = hasArrived ? '' : ' A pod from before still answers some requests.'
  call.edges.emit({ type: 'remark', message: `${sentence(call)}${late}` })
  const example = exampleOf(call)
  if (example !== undefined) call.edges.emit({ type: 'remark', message: example })
}

function sentence({ order: { wish } }: Call): string {
  const { attachment } = wish
  const { mode, workload, ports } = attachment
  const where = `on port ${ports.map(({ local }) => local).join(', ')}`
  const filter = filterText(attachment)
  const which = filter === undefined ? workload : `${workload} ${filter}`
  switch (mode) {
    case 'replace':
      return `Requests for ${which} arrive here, ${where}; the container that answered them is stopped.`
    case 'intercept':
      return filter === undefined
        ? `Requests for ${which} arrive here, ${where}.`
        : `Requests for ${which} arrive here, ${where}; all others stay with the cluster.`
    case 'wiretap':
      return `A copy of the requests for ${which} arrives here, ${where}; the cluster answers them.`
    case 'ingest':
      return `Requests for ${which} stay with the cluster; its environment and network are here.`
  }
}

/** A request that comes here, to paste. What may be a secret goes to the person alone, and into no event. */
function exampleOf({ order: { wish, options } }: Call): string | undefined {
  const { headers, attachment, namespace } = wish
  if (headers.length === 0 || options.asJson) return undefined
  const words = headers.map(({ name, value }) => `--header '${name}: ${value.replaceAll("'", "'\\''")}'`)
  return `Try: curl ${words.join(' ')} http://${attachment.workload}.${namespace}${attachment.pathPrefix ?? '/'}`
}
