import { LABEL } from '../../compose/labels.ts'
import { type Choices, choicesIn } from '../../session/choices.ts'
import { KdeTpError } from '../../session/errors.ts'
import { assertNamespace, findWorkload } from '../../session/judge-facts.ts'
import { listContainers } from '../../session/observed.ts'
import type { Environment } from '../../workspace/environment.ts'
import { listProjects } from '../../workspace/project.ts'
import { defineCommand, type Edges } from '../command.ts'
import { checkNames, isJson } from '../surroundings/check-typed.ts'
import { createLooker, type Looker } from '../surroundings/looker.ts'
import { placeOptions } from '../surroundings/options.ts'
import { type PlaceTyped, readEnvironment, workspaceFrom } from '../surroundings/read-workspace.ts'
import { findWay } from '../surroundings/surroundings.ts'

/** For faces that offer what there is all at once. A terminal asks one question after the other. */
export const choices = defineCommand({
  name: 'choices',
  summary: 'Tell what an attachment can be made of',
  usage: '[OPTIONS] [NAMESPACE WORKLOAD]',
  hidden: true,
  options: {
    ...placeOptions,
    namespaces: { type: 'boolean', summary: 'Also which namespaces the cluster has' },
  },
  positionals: 2,
  async run({ values, positionals: [namespace, workload] }, edges) {
    checkNames([namespace, workload].filter(name => name !== undefined))
    isJson(values.format)
    const { workspacePath, environments } = workspaceFrom(values, edges)
    const environment = environmentIfAny(values, edges)
    const known: Choices = {
      workspace: environment?.workspacePath ?? workspacePath,
      environments: [...environments],
      ...onDisk(environment, edges),
    }
    const asksCluster = values.namespaces === true || workload !== undefined
    const looker = environment && asksCluster ? await openLooker(environment, edges) : undefined
    const namespaces = values.namespaces === true ? (await looker?.list())?.namespaces : undefined
    const inWorkload = await lookInto(looker, namespace, workload)
    edges.emit({ type: 'choices', ...known, ...(namespaces && { namespaces }), ...inWorkload })
    edges.emit({ type: 'result', exitCode: 0 })
    return 0
  },
})

/** Undefined where none is named and none is current. Throws as readEnvironment does. */
function environmentIfAny(typed: PlaceTyped, edges: Edges): Environment | undefined {
  try {
    return readEnvironment(typed, edges)
  } catch (error) {
    const isOpen = typed.environment === undefined && error instanceof KdeTpError
    if (isOpen && error.code === 'ENVIRONMENT_UNKNOWN') return undefined
    throw error
  }
}

function onDisk(environment: Environment | undefined, { files }: Edges) {
  if (environment === undefined) return { isStandalone: false, projects: [], alsoProxy: [] }
  const { name, standalone, alsoProxy } = environment
  const isStandalone = standalone !== undefined
  return {
    environment: name,
    isStandalone,
    projects: isStandalone ? [] : [...listProjects(environment, files)],
    alsoProxy: [...alsoProxy],
  }
}

/** The way to the cluster is looked for only where it is looked at. */
async function openLooker(environment: Environment, edges: Edges): Promise<Looker> {
  const observed = await edges.docker(listContainers([`label=${LABEL.role}`]))
  return createLooker({ environment, reach: () => findWay(environment, edges), observed }, edges)
}

/** Throws NAMESPACE_UNKNOWN or WORKLOAD_UNKNOWN. */
async function lookInto(
  looker: Looker | undefined,
  namespace: string | undefined,
  workload: string | undefined,
): Promise<Partial<Choices>> {
  if (looker === undefined || namespace === undefined || workload === undefined) return {}
  const facts = await looker.look(namespace, workload)
  assertNamespace(facts, namespace)
  // Its ports are known before it is ready.
  const found = facts.workloads.find(({ name }) => name === workload)
  return choicesIn(found ?? findWorkload(facts, namespace, workload))
}
