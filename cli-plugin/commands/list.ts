import { LABEL } from '../../compose/labels.ts'
import { t } from '../../language/t.ts'
import { remarksOn } from '../../session/listing.ts'
import { listContainers, type Observed } from '../../session/observed.ts'
import type { Environment } from '../../workspace/environment.ts'
import { readListing } from '../attached/read-listing.ts'
import { defineCommand, type Edges } from '../command.ts'
import { keepNames } from '../completion/kept-names.ts'
import { checkNames, isJson } from '../surroundings/check-typed.ts'
import { createLooker, type Looker } from '../surroundings/looker.ts'
import { placeOptions } from '../surroundings/options.ts'
import type { Reach } from '../surroundings/reach.ts'
import { readEnvironment } from '../surroundings/read-workspace.ts'
import { findWay } from '../surroundings/surroundings.ts'

export const list = defineCommand({
  name: 'list',
  summary: t`List the workloads of a namespace, and who holds them`,
  usage: '[OPTIONS] [NAMESPACE]',
  description: [
    t`Shows each Deployment, StatefulSet and ReplicaSet, whether it is ready, who holds it, and its Traffic Agent.`,
    t`Works with and without a session. A "?" is what cannot be known.`,
  ].join('\n'),
  options: placeOptions,
  positionals: 1,
  names: ['namespace'],
  async run({ values, positionals }, edges) {
    checkNames(positionals)
    isJson(values.format)
    const environment = readEnvironment(values, edges)
    const observed = await edges.docker(listContainers([`label=${LABEL.role}`]))
    const looker = openLooker(environment, observed, edges)
    const listing = await readListing(positionals[0], { environment, observed, looker }, edges)
    const { namespace, facts, workloads } = listing
    keepNames(
      environment,
      namespace,
      workloads.map(({ name }) => name),
      edges,
    )
    edges.emit({ type: 'workloads', environment: environment.name, namespace, workloads })
    for (const message of remarksOn(facts, workloads, namespace)) edges.emit({ type: 'remark', message })
    edges.emit({ type: 'result', exitCode: 0 })
    return 0
  },
})

/** The way to the cluster is looked for only where no session looks, and then once. */
function openLooker(environment: Environment, observed: Observed, edges: Edges): Looker {
  let found: Promise<Reach> | undefined
  const reach = (): Promise<Reach> => {
    found ??= findWay(environment, edges)
    return found
  }
  return createLooker({ environment, reach, observed }, edges)
}
