import { t } from '../../language/t.ts'
import type { AttachedPort, Attachment } from '../../session/attachment.ts'
import { chooseAgent } from '../../session/choose-agent.ts'
import { usage } from '../../session/errors.ts'
import { assertContainer, assertUdpGoesOn, findRemotePort, portsFor } from '../../session/judge-facts.ts'
import { type Mode, traitsOf } from '../../session/mode.ts'
import { containersOf, isRunning, listContainers, type Observed } from '../../session/observed.ts'
import { localPortsOf } from '../../session/refuse-attach.ts'
import { assertUnderstood } from '../../session/schema.ts'
import type { AttachWish, Header } from '../../session/wish.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import type { Environment } from '../../workspace/environment.ts'
import { listProjects, type Project } from '../../workspace/project.ts'
import type { Edges } from '../command.ts'
import { createLooker } from '../surroundings/looker.ts'
import { keyOf, readEnvironment, readNamedProject, readProject } from '../surroundings/read-workspace.ts'
import { checkSurroundings } from '../surroundings/surroundings.ts'
import { type Asking, askMissing } from './ask.ts'
import { askPorts } from './ask-ports.ts'
import type { CheckedOptions } from './check-options.ts'
import { keepNetworks } from './choose-networks.ts'
import { chooseTarget, type Target } from './choose-target.ts'
import { checkMountsLive } from './mount-volumes.ts'
import type { AttachTyped } from './options.ts'
import type { AttachOrder } from './order.ts'
import { prepareImage } from './prepare-image.ts'

/** Reads, looks and asks until one call is complete. Changes nothing but the CIDR that a person answers, and that once all is answered. */
export async function placeOrder(
  mode: Mode,
  typed: AttachTyped,
  options: CheckedOptions,
  edges: Edges,
): Promise<AttachOrder> {
  const { values } = typed
  const environment = readEnvironment(values, edges)
  edges.files.assertWritable(directoriesOf(environment).run)
  const asking: Asking = { edges, assumeYes: values.yes === true }
  const named = readNamedProject(environment, values.project, edges)
  const typedImage = await chooseImage(environment, values.image, asking)
  // First, since a look waits for it.
  const listed = edges.docker(listContainers())
  const early = named && prepareImage(named, typedImage, edges)
  const surroundings = checkSurroundings(environment, listed, edges)
  // A failure of what is awaited before is told first; these are told where they are awaited.
  for (const later of [early, surroundings]) later?.catch(() => undefined)
  const seen = await listed
  assertUnderstood(containersOf(seen, keyOf(environment)))
  if (options.mount === 'live') checkMountsLive(environment, (await surroundings).engine, edges)
  const looker = createLooker(
    {
      environment,
      reach: async () => (await surroundings).reach,
      observed: seen,
      directory: boundOf(environment),
    },
    edges,
  )
  const target = await chooseTarget({ typed, options, environment, observed: seen, looker, asking })
  const taken = await chooseWhatIsTaken({ mode, typed, options, target, observed: seen, environment, asking })
  const project = named ?? (await chooseProject(environment, asking))
  const image = await (early ?? prepareImage(project, typedImage, edges))
  keepNetworks(target.networks, environment, edges)
  // Questions take their time.
  const observed = edges.prompts.available ? await edges.docker(listContainers()) : seen
  const wish = toWish({ typed, options, environment, project, target, taken })
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

/** The attachment, and the values of its headers. */
interface Taken {
  readonly attachment: Attachment
  readonly headers: readonly Header[]
}

interface Choosing {
  readonly mode: Mode
  readonly typed: AttachTyped
  readonly options: CheckedOptions
  readonly target: Target
  readonly environment: Environment
  readonly observed: Observed
  readonly asking: Asking
}

async function chooseWhatIsTaken(choosing: Choosing): Promise<Taken> {
  const { mode, options, target } = choosing
  const { pathPrefix, pathRegex } = options.filter
  const container = await chooseContainer(choosing)
  const chosen = await choosePorts(choosing, container)
  const headers = await chooseHeaders(choosing, chosen)
  const attachment: Attachment = {
    mode,
    workload: target.workload.name,
    ports: [...chosen.ports],
    agent: chooseAgent({ mode, asked: options.agent, hasMount: options.mount !== undefined }, target.facts),
    ...(container !== undefined && { container }),
    ...(options.toPod.length > 0 && { toPod: [...options.toPod] }),
    ...(headers.length > 0 && { headers: headers.map(({ name }) => name) }),
    ...(pathPrefix !== undefined && { pathPrefix }),
    ...(pathRegex !== undefined && { pathRegex }),
    ...(options.mount !== undefined && { mount: options.mount }),
  }
  assertUdpGoesOn(target.workload, attachment)
  return { attachment, headers }
}

/** A service's port tells its container; in the other modes one of several has to be named. */
async function chooseContainer({ mode, typed, target, asking }: Choosing): Promise<string | undefined> {
  const { container } = typed.values
  if (container !== undefined) {
    assertContainer(target.workload, container)
    return container
  }
  const isTold = traitsOf[mode].ports === 'service' || target.workload.containers.length === 1
  return isTold ? undefined : askMissing.container(asking, target.workload)
}

interface ChosenPorts {
  readonly ports: readonly AttachedPort[]
  readonly hasUdp: boolean
}

async function choosePorts(choosing: Choosing, container: string | undefined): Promise<ChosenPorts> {
  const { mode, options, target, asking } = choosing
  const { workload } = target
  if (traitsOf[mode].ports === 'none') return { ports: [], hasUdp: false }
  const there = portsFor(mode, workload, container)
  const asked =
    options.ports.length === 0 ? await askPorts(asking, there, takenPorts(choosing)) : options.ports
  const found = asked.map(({ local, remote }) => ({
    local,
    remote,
    ...findRemotePort(workload, there, remote),
  }))
  return {
    // Of several, Telepresence takes all but the first for TCP; it wants a name without its protocol (2.31.2).
    ports: found
      .toSorted((a, b) => Number(b.isUdp) - Number(a.isUdp))
      .map(({ local, remote }) => ({ local, remote: remote.replace(/\/(tcp|udp)$/, '') })),
    hasUdp: found.some(({ isUdp }) => isUdp),
  }
}

/** What a dev container of another workload has in the network that the namespace's dev containers share. */
function takenPorts({ environment, observed, target }: Choosing): ReadonlyMap<number, string> {
  const here = containersOf(observed, keyOf(environment)).filter(
    container => container.namespace === target.namespace && isRunning(container),
  )
  return localPortsOf(here.filter(({ attachment }) => attachment?.workload !== target.workload.name))
}

/** Asked for only where the ports were asked for too: who types a whole line means it. */
async function chooseHeaders(
  { mode, options, asking }: Choosing,
  { hasUdp }: ChosenPorts,
): Promise<readonly Header[]> {
  const { headers, pathPrefix, pathRegex } = options.filter
  const isFiltered = headers.length > 0 || (pathPrefix ?? pathRegex) !== undefined
  if (hasUdp && isFiltered) throw usage(t`Requests by UDP have neither headers nor paths to choose them by.`)
  const mayAsk = traitsOf[mode].canFilter && options.ports.length === 0 && !isFiltered && !hasUdp
  const asked = mayAsk ? await askMissing.header(asking) : undefined
  return asked === undefined ? headers : [asked]
}

/** What containers bind in every case. */
const boundOf = ({ standalone, path }: Environment): string => standalone?.directory ?? path

function toWish(input: {
  readonly typed: AttachTyped
  readonly options: CheckedOptions
  readonly environment: Environment
  readonly project: Project
  readonly target: Target
  readonly taken: Taken
}): AttachWish {
  const { typed, options, environment, project, target, taken } = input
  return {
    workspacePath: environment.workspacePath,
    environment: environment.name,
    managerNamespace: environment.managerNamespace,
    namespace: target.namespace,
    devProject: project.name,
    alsoProxy: target.networks.alsoProxy,
    ...taken,
    publications: options.publications,
    replaceSession: target.networks.replaceSession,
    isDetached: typed.values.detach === true,
    hasCommand: typed.command !== undefined,
  }
}

/** In a standalone workspace no file names an image; and since nobody has set it up for this, what is meant is told. */
async function chooseImage(
  { standalone, kubeconfigPath }: Environment,
  typed: string | undefined,
  asking: Asking,
): Promise<string | undefined> {
  if (standalone === undefined) return typed
  const { context, directory } = standalone
  const message = t`No KDE-cli workspace is here: this is about context "${context}" of ${kubeconfigPath} and the directory ${directory}.`
  asking.edges.emit({ type: 'remark', message })
  return typed || askMissing.image(asking)
}

const chooseProject = async (environment: Environment, asking: Asking): Promise<Project> =>
  readProject(
    environment,
    await askMissing.project(asking, listProjects(environment, asking.edges.files)),
    asking.edges,
  )
