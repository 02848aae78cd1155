import type { AttachedPort } from '../../session/attachment.ts'
import type { Workload } from '../../session/facts.ts'
import { assertRemotePort } from '../../session/judge-facts.ts'
import { listContainers } from '../../session/observed.ts'
import type { AttachWish } from '../../session/wish.ts'
import type { Environment } from '../../workspace/environment.ts'
import { listProjects, type Project } from '../../workspace/project.ts'
import type { Edges } from '../command.ts'
import { createLooker } from '../surroundings/looker.ts'
import { readEnvironment, readProject } from '../surroundings/read-workspace.ts'
import { checkSurroundings } from '../surroundings/surroundings.ts'
import { type Asking, askMissing } from './ask.ts'
import type { CheckedOptions } from './check-options.ts'
import { chooseTarget, type Target } from './choose-target.ts'
import type { AttachTyped } from './options.ts'
import type { AttachOrder } from './order.ts'
import { prepareImage } from './prepare-image.ts'

/** Reads, looks and asks until one call is complete. Changes nothing but the CIDR that a person answers. */
export async function placeOrder(
  typed: AttachTyped,
  options: CheckedOptions,
  edges: Edges,
): Promise<AttachOrder> {
  const { values } = typed
  const environment = readEnvironment(values, edges)
  const asking: Asking = { edges, assumeYes: values.yes === true }
  const named = values.project === undefined ? undefined : readProject(environment, values.project, edges)
  // First, since a look waits for it.
  const listed = edges.docker(listContainers())
  const early = named && prepareImage(named, values.image, edges)
  const surroundings = checkSurroundings(environment, edges)
  // A failure of what is awaited before is told first; these are told where they are awaited.
  for (const later of [early, surroundings]) later?.catch(() => undefined)
  const seen = await listed
  const looker = createLooker({ environment, surroundings, observed: seen }, edges)
  const target = await chooseTarget({ typed, options, environment, looker, asking })
  const ports = await choosePorts(options, target.workload, asking)
  const project = named ?? (await chooseProject(environment, asking))
  const image = await (early ?? prepareImage(project, values.image, edges))
  // Questions take their time.
  const observed = edges.prompts.available ? await edges.docker(listContainers()) : seen
  const wish = toWish({ typed, options, environment, project, target, ports })
  return {
    environment,
    ...(await surroundings),
    project,
    image,
    target,
    observed,
    options,
    command: typed.command,
    wish,
  }
}

function toWish(input: {
  readonly typed: AttachTyped
  readonly options: CheckedOptions
  readonly environment: Environment
  readonly project: Project
  readonly target: Target
  readonly ports: readonly AttachedPort[]
}): AttachWish {
  const { typed, options, environment, project, target, ports } = input
  return {
    workspacePath: environment.workspacePath,
    environment: environment.name,
    managerNamespace: environment.managerNamespace,
    namespace: target.namespace,
    devProject: project.name,
    alsoProxy: target.alsoProxy,
    attachment: {
      mode: 'intercept',
      workload: target.workload.name,
      ports: [...ports],
      agent: options.agent,
    },
    replaceSession: typed.values.yes === true,
    isDetached: typed.values.detach === true,
  }
}

const chooseProject = async (environment: Environment, asking: Asking): Promise<Project> =>
  readProject(
    environment,
    await askMissing.project(asking, listProjects(environment, asking.edges.files)),
    asking.edges,
  )

async function choosePorts(
  { ports }: CheckedOptions,
  workload: Workload,
  asking: Asking,
): Promise<readonly AttachedPort[]> {
  if (ports.length === 0) return askMissing.ports(asking, workload)
  for (const { remote } of ports) assertRemotePort(workload, remote)
  return ports
}
