import type { Command } from '../../cli-plugin/command.ts'
import { list } from '../../cli-plugin/commands/list.ts'
import { uninstall } from '../../cli-plugin/commands/uninstall.ts'
import { beforeAnyChange, KUBECONFIG, type World } from '../fakes/intercept-in-fake-world.ts'
import { runIn } from '../fakes/run-in-fake-world.ts'

const listing = (seen: { readonly refusals?: string[] }, ...words: readonly string[]): (() => unknown) => {
  const answer = { kind: 'facts', facts: { workloads: [], refusals: [], ...seen } }
  const answers = [{ to: / look --listing /, stdout: JSON.stringify(answer) }, ...beforeAnyChange()]
  return async () => {
    const { error } = await runIn(list as Command, { answers }, ...words)
    if (error !== undefined) throw error
  }
}

const listErrors = [listing({ refusals: ['deployments.apps is forbidden'] }, 'myapp'), listing({})]

const uninstalling = (
  client: { readonly stdout?: string; readonly stderr?: string; readonly exitCode?: number },
  files: World['files'] = {},
  ...words: readonly string[]
): (() => unknown) => {
  const api = { kind: 'Deployment', name: 'api', desired: 1, ready: 1, reasons: [], agent: 'sidecar' }
  const seen = { workloads: [{ ...api, isReplaced: false }], refusals: [] }
  const answers = [
    { to: / look --listing /, stdout: JSON.stringify({ kind: 'facts', facts: seen }) },
    { to: /^container ls .*publish=/ },
    { to: /^version / },
    { to: / --entrypoint bash .*Adding workload/s, ...client },
    { to: / --entrypoint bash .*telepresence uninstall/s },
    { to: / helm uninstall /, exitCode: 1, stderr: 'timed out waiting for the condition' },
    ...beforeAnyChange(),
  ]
  return async () => {
    const { error } = await runIn(uninstall as Command, { answers, files }, 'myapp', ...words)
    if (error !== undefined) throw error
  }
}

const uninstallErrors = [
  uninstalling({}),
  uninstalling({ exitCode: 1, stderr: 'not connected (failed: no route to host)' }),
  uninstalling({ stdout: ' Adding workload DEPLOYMENT/api.myapp Available INTERCEPTED [root@bob-desk]\n' }),
  uninstalling(
    {},
    {
      '/w/environments/demo/k8s.env': 'ENV_TYPE=k8s\n',
      '/w/environments/demo/kubeconfig/config': KUBECONFIG.replace('demo-control-plane', '127.0.0.1'),
    },
  ),
  uninstalling({}, {}, '--traffic-manager'),
]

/** What commands that look at a namespace end with. */
export const namespaceErrors: readonly (() => unknown)[] = [...listErrors, ...uninstallErrors]
