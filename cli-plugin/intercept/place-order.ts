import { listContainers } from '../../session/observed.ts'
import { assertNamespace, assertRemotePort, assertRights, findWorkload, lacksTrafficManager, trafficManagerMissing } from '../../session/judge-facts.ts'
import { type Environment, withAlsoProxy } from '../../workspace/environment.ts'
import { listProjects } from '../../workspace/project.ts'
import type { Edges } from '../command.ts'
import { askMissing, type Asking } from './ask.ts'
import { checkEngine } from './check-engine.ts'
import type { CheckedOptions } from './check-options.ts'
import { createLooker } from './looker.ts'
import type { InterceptTyped } from './options.ts'
import type { InterceptOrder } from './order.ts'
import { prepareImage } from './prepare-image.ts'
import { readKubeconfig } from './read-kubeconfig.ts'
import { readEnvironment, readProject } from './read-workspace.ts'

/** Reads, looks and asks until one call is complete. Changes nothing but the CIDR that a person answers. */
export async function placeOrder(typed: InterceptTyped, options: CheckedOptions, edges: Edges): Promise<InterceptOrder> {
  const { values } = typed
  const environment = readEnvironment(values, edges)
  const early = values.project === undefined ? undefined : prepareImage(readProject(environment, values.project, edges), values.image, edges)
  // A failure of the look before it is told first; this one is told where it is awaited.
  early?.catch(() => undefined)
  const [engine, kubeconfig, observed] = await Promise.all([checkEngine(edges), readKubeconfig(environment, edges), edges.docker(listContainers())])
  const looker = createLooker({ environment, engine, kubeconfig, observed }, edges)
  const asking: Asking = { edges, assumeYes: values.yes === true }

  const [typedNamespace, typedWorkload] = typed.positionals
  const namespaces = typedNamespace === undefined ? (await looker.look()).namespaces : undefined
  const namespace = typedNamespace ?? (await askMissing.namespace(asking, namespaces))
  let facts = await looker.look(namespace, typedWorkload)
  assertNamespace(facts, namespace)
  const mustInstall = lacksTrafficManager(facts, { namespace, managerNamespace: environment.managerNamespace })
  if (mustInstall) await consentToInstall(typed, asking, namespace, environment)
  else assertRights(facts)
  const alsoProxy = await alsoProxied(typed, options, environment, asking)

  const workloadName = typedWorkload ?? (await askMissing.workload(asking, facts.workloads))
  if (typedWorkload === undefined) facts = await looker.look(namespace, workloadName)
  const workload = findWorkload(facts, namespace, workloadName)
  for (const { remote } of options.ports) assertRemotePort(workload, remote)
  const ports = options.ports.length > 0 ? options.ports : await askMissing.ports(asking, workload)

  const projectName = values.project ?? (await askMissing.project(asking, listProjects(environment, edges.files)))
  const project = readProject(environment, projectName, edges)
  const image = await (early ?? prepareImage(project, values.image, edges))
  return {
    ...{ environment, project, image, engine, kubeconfig, facts, workload },
    ...{ lacksTrafficManager: mustInstall, variables: options.variables, command: typed.command, asJson: options.asJson },
    wish: {
      ...{ workspacePath: environment.workspacePath, environment: environment.name, namespace, devProject: projectName },
      attachment: { mode: 'intercept', workload: workloadName, ports: [...ports], agent: options.agent },
      ...{ alsoProxy, managerNamespace: environment.managerNamespace, installTrafficManager: mustInstall },
      ...{ replaceSession: values.yes === true, isDetached: values.detach === true },
    },
  }
}

/** Throws TRAFFIC_MANAGER_MISSING. The manager is the whole cluster's, so `--yes` alone does not install it. */
async function consentToInstall({ values }: InterceptTyped, asking: Asking, namespace: string, { managerNamespace }: Environment): Promise<void> {
  if (values['install-traffic-manager'] === true || values['dry-run'] === true) return
  const { prompts } = asking.edges
  const question = `This cluster has no traffic-manager in namespace ${managerNamespace}. Install it, for everybody who uses the cluster?`
  if (prompts.available && (await prompts.confirm(question))) return
  throw trafficManagerMissing({ namespace, managerNamespace })
}

/** Flag, then the environment's variables, then an answer, which is kept for the next time. */
async function alsoProxied({ values }: InterceptTyped, options: CheckedOptions, environment: Environment, asking: Asking): Promise<readonly string[]> {
  if (options.alsoProxy !== undefined) return options.alsoProxy.toSorted()
  if (environment.variables['TELEPRESENCE_ALSO_PROXY_CIDR'] !== undefined) return environment.alsoProxy.toSorted()
  if (values['dry-run'] === true || asking.assumeYes || !asking.edges.prompts.available) return []
  const answer = await askMissing.alsoProxy(asking)
  const { files } = asking.edges
  const path = `${environment.path}/.env`
  files.writeText(path, withAlsoProxy(files.readText(path) ?? '', answer), 0o600)
  return answer === '' ? [] : answer.split(/[\s,]+/).toSorted()
}
