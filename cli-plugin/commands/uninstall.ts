import { LABEL } from '../../compose/labels.ts'
import { t } from '../../language/t.ts'
import { readClients } from '../../session/commands/agents.ts'
import { listContainers } from '../../session/observed.ts'
import { keptText, planUninstall } from '../../session/plan-uninstall.ts'
import type { Environment } from '../../workspace/environment.ts'
import { type Listing, readListing } from '../attached/read-listing.ts'
import { clientPlace, takeOutAgents } from '../attached/take-out-agents.ts'
import { takeOutManager } from '../attached/take-out-manager.ts'
import { defineCommand, type Edges } from '../command.ts'
import { checkNames, isJson } from '../surroundings/check-typed.ts'
import { createLooker, type Looker } from '../surroundings/looker.ts'
import { placeOptions } from '../surroundings/options.ts'
import type { Reach } from '../surroundings/reach.ts'
import { readEnvironment } from '../surroundings/read-workspace.ts'
import { findWay } from '../surroundings/surroundings.ts'

export const uninstall = defineCommand({
  name: 'uninstall',
  summary: t`Take the Traffic Agents out of a namespace's workloads`,
  usage: '[OPTIONS] [NAMESPACE]',
  description: [
    t`Starts the pods of each workload that has a sidecar anew, without it.`,
    t`What somebody holds, from here or from elsewhere, keeps its agent and is named.`,
    t`An ingest goes on, but for mounted volumes.`,
    t`The traffic-manager stays, which is the whole cluster's. With --traffic-manager it goes, and all agents with it; whom that ends is said first, and in a terminal you are asked.`,
  ].join('\n'),
  options: {
    ...placeOptions,
    'traffic-manager': {
      type: 'boolean',
      summary: t`Also take out the traffic-manager, for the whole cluster`,
    },
    yes: { type: 'boolean', short: 'y', summary: t`Answer yes to every question` },
  },
  positionals: 1,
  names: ['namespace'],
  async run({ values, positionals }, edges) {
    checkNames(positionals)
    isJson(values.format)
    const environment = readEnvironment(values, edges)
    const observed = await edges.docker(listContainers([`label=${LABEL.role}`]))
    const reach = await findWay(environment, edges)
    const looker = createLooker({ environment, reach: async () => reach, observed }, edges)
    const seen = { environment, observed, looker }
    const listing = await readListing(positionals[0], seen, edges)
    const input = { ...seen, reach, listing }
    if (values['traffic-manager'] === true)
      await takeOutManager({ ...input, assumeYes: values.yes === true }, edges)
    else await takeOutUnheld(input, edges)
    edges.emit({ type: 'result', exitCode: 0 })
    return 0
  },
})

/** Throws NOT_YOURS where somebody holds each of them. */
async function takeOutUnheld(
  input: {
    readonly environment: Environment
    readonly reach: Reach
    readonly looker: Looker
    readonly listing: Listing
  },
  edges: Edges,
): Promise<void> {
  const { environment, reach, looker } = input
  const { namespace, workloads } = input.listing
  if (workloads.every(({ agent }) => agent !== 'sidecar')) {
    const message = t`No workload of ${namespace} has a Traffic Agent, so there is nothing to take out.`
    edges.emit({ type: 'remark', message })
    return
  }
  const place = clientPlace({ environment, reach, namespace }, edges)
  const { uninstalled, kept } = planUninstall(workloads, await edges.docker(readClients(place)))
  for (const agent of kept) edges.emit({ type: 'remark', message: keptText(agent) })
  await takeOutAgents(uninstalled, { place, looker }, edges)
}
