import { LABEL } from '../../compose/labels.ts'
import { t } from '../../language/t.ts'
import { readClients } from '../../session/commands/agents.ts'
import { listContainers } from '../../session/observed.ts'
import { keptText, planUninstall } from '../../session/plan-uninstall.ts'
import { readListing } from '../attached/read-listing.ts'
import { clientPlace, takeOutAgents } from '../attached/take-out-agents.ts'
import { defineCommand } from '../command.ts'
import { checkNames, isJson } from '../surroundings/check-typed.ts'
import { createLooker } from '../surroundings/looker.ts'
import { placeOptions } from '../surroundings/options.ts'
import { readEnvironment } from '../surroundings/read-workspace.ts'
import { findWay } from '../surroundings/surroundings.ts'

export const uninstall = defineCommand({
  name: 'uninstall',
  summary: t`Take the Traffic Agents out of a namespace's workloads`,
  usage: '[OPTIONS] [NAMESPACE]',
  description: [
    t`Starts the pods of each workload that has a sidecar anew, without it.`,
    t`What somebody holds, from here or from elsewhere, keeps its agent and is named.`,
    t`An ingest goes on, but for mounted volumes. The traffic-manager stays.`,
  ].join('\n'),
  options: placeOptions,
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
    const { namespace, workloads } = await readListing(positionals[0], seen, edges)
    if (workloads.some(({ agent }) => agent === 'sidecar')) {
      const place = clientPlace({ environment, reach, namespace }, edges)
      const { uninstalled, kept } = planUninstall(workloads, await edges.docker(readClients(place)))
      for (const agent of kept) edges.emit({ type: 'remark', message: keptText(agent) })
      await takeOutAgents(uninstalled, { place, looker }, edges)
    } else {
      const message = t`No workload of ${namespace} has a Traffic Agent, so there is nothing to take out.`
      edges.emit({ type: 'remark', message })
    }
    edges.emit({ type: 'result', exitCode: 0 })
    return 0
  },
})
