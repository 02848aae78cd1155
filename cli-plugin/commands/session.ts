import { defineCommand } from '../command.ts'
import { required } from '../required.ts'
import { keepConnected } from '../session/keep-connected.ts'

export const session = defineCommand({
  name: 'session',
  summary: 'Connect to a namespace and stay connected (the main process of a session)',
  usage: '--namespace NAME --manager-namespace NAME [--also-proxy CIDR]',
  hidden: true,
  options: {
    namespace: { type: 'string', value: 'string', summary: 'Namespace to connect to' },
    'manager-namespace': { type: 'string', value: 'string', summary: "The traffic-manager's namespace" },
    'also-proxy': {
      type: 'string',
      multiple: true,
      value: 'CIDR',
      summary: 'Further network to reach through the cluster',
    },
    release: { type: 'boolean', summary: 'Attach nothing again: what is left is to end' },
  },
  async run({ values }, edges) {
    const namespace = required(values.namespace, 'namespace')
    const managerNamespace = required(values['manager-namespace'], 'manager-namespace')
    const connection = { namespace, managerNamespace, alsoProxy: values['also-proxy'] ?? [] }
    return await keepConnected({ ...connection, takesUp: values.release !== true }, edges)
  },
})
