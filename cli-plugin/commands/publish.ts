import { ownerOf } from '../../compose/labels.ts'
import { holderName } from '../../compose/names.ts'
import { t } from '../../language/t.ts'
import { usage } from '../../session/errors.ts'
import { lackingPublications, publishStep } from '../../session/plan-publish.ts'
import type { Publication } from '../../session/publication.ts'
import { publish as publishPorts, tellPublished } from '../attach/publish.ts'
import { chooseRunning, type RunningDevContainer } from '../attached/choose-running.ts'
import { leaseOnDevContainer } from '../attached/keeper-lease.ts'
import { defineCommand, type Edges } from '../command.ts'
import { checkNames, isJson, toPublication } from '../surroundings/check-typed.ts'
import { placeOptions } from '../surroundings/options.ts'

export const publish = defineCommand({
  name: 'publish',
  summary: t`Make ports of a running dev container reachable on this computer`,
  usage: '[OPTIONS] [NAMESPACE] [WORKLOAD] [[ADDRESS:]HOSTPORT:]PORT...',
  description: [
    t`What listens on PORT in the dev container, also on its loopback only, answers on this computer until the dev container ends.`,
    t`On 127.0.0.1 unless an ADDRESS is given: with 0.0.0.0 everybody in your network can reach it.`,
    t`What is not given is asked for where there is a terminal.`,
  ].join('\n'),
  options: placeOptions,
  positionals: Number.POSITIVE_INFINITY,
  async run({ values, positionals }, edges) {
    const names = positionals.filter(word => !isPort(word))
    checkNames(names)
    isJson(values.format)
    const [, , surplus] = names
    if (surplus !== undefined) throw usage(t`"${surplus}" is neither namespace nor workload nor port.`)
    const wished = positionals.filter(isPort).map(toPublication)
    if (wished.length === 0) throw usage(t`A port is missing: name it last, as 3000 or 8080:3000.`)
    const running = await chooseRunning(names, values, edges)
    const lease = await leaseOnDevContainer(running, edges)
    try {
      await publishAll(wished, running, edges)
    } finally {
      await lease.farewell()
    }
    tellPublished(wished, edges)
    edges.emit({ type: 'result', exitCode: 0, devContainer: running.attached.devContainer })
    return 0
  },
})

/** What of it is not there yet. */
async function publishAll(
  wished: readonly Publication[],
  { place, session, containers, attached }: RunningDevContainer,
  edges: Edges,
): Promise<void> {
  const { namespace, devContainer } = attached
  const { project } = place
  const publications = lackingPublications(wished, devContainer, { containers })
  if (publications.length === 0) return
  const { name, because } = publishStep(publications)
  edges.emit({ type: 'step', name, because, state: 'started' })
  const ownership = { ...place, owner: ownerOf(edges.person) }
  const holder = holderName(project, namespace)
  const network = session?.network ?? ''
  await publishPorts({ project, ownership, namespace, holder, devContainer, network, publications }, edges)
  edges.emit({ type: 'step', name, state: 'done' })
}

/** No namespace and no workload that is worth its name consists of digits alone. */
const isPort = (word: string): boolean => /^[\d.:[\]]+$|:/.test(word)
