import { readFileSync } from 'node:fs'
import type { FlatKubeconfig } from '../cluster/api.ts'
import { arrivesHere } from '../cluster/arrival.ts'
import { listNamespace } from '../cluster/list-namespace.ts'
import { look as lookAtCluster, lookFor } from '../cluster/look.ts'
import { defineCommand } from '../command.ts'
import { required } from '../required.ts'
import { readLost } from '../session/attachments.ts'
import { PRIVATE_KUBECONFIG } from '../session/private-kubeconfig.ts'

export const look = defineCommand({
  name: 'look',
  summary:
    "Tell what a command needs to know of the cluster, as JSON (runs inside the environment's network)",
  usage: '--manager-namespace NAME [--namespace NAME] < KUBECONFIG',
  hidden: true,
  options: {
    namespace: { type: 'string', value: 'string', summary: 'Namespace to look into' },
    workload: {
      type: 'string',
      value: 'string',
      summary: 'Workload whose declared variables are read whole',
    },
    'manager-namespace': { type: 'string', value: 'string', summary: "The traffic-manager's namespace" },
    rights: { type: 'boolean', summary: 'Ask about every right that is made use of' },
    listing: { type: 'boolean', summary: 'Tell what list shows instead' },
    session: { type: 'boolean', summary: "Take the session's kubeconfig instead of standard input's" },
    'until-arrival': {
      type: 'string',
      value: 'WORKLOAD',
      summary: 'Wait until no pod of it is left that has no traffic-agent',
    },
    replaced: { type: 'string', value: 'CONTAINER', summary: '… or that has this container still' },
  },
  async run({ values }, edges) {
    const kubeconfig = JSON.parse(
      readFileSync(values.session ? PRIVATE_KUBECONFIG : 0, 'utf8'),
    ) as FlatKubeconfig
    const workload = values['until-arrival']
    if (workload !== undefined) {
      const namespace = required(values.namespace, 'namespace')
      return (await arrivesHere(kubeconfig, { namespace, workload, replaced: values.replaced }, edges))
        ? 0
        : 1
    }
    const managerNamespace = required(values['manager-namespace'], 'manager-namespace')
    const { namespace, rights = false } = values
    const input = { namespace, workload: values.workload, managerNamespace, rights }
    const answer = values.listing
      ? await lookFor(
          kubeconfig,
          async ask => ({ ...(await listNamespace(ask, input)), lost: await readLost() }),
          edges,
        )
      : await lookAtCluster(kubeconfig, input, edges)
    edges.print(`${JSON.stringify(answer)}\n`)
    return 0
  },
})
