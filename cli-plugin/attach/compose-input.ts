import type { DevContainerInput } from '../../compose/dev-container.ts'
import type { KeeperInput } from '../../compose/keeper.ts'
import { type Ownership, ownerOf } from '../../compose/labels.ts'
import { holderHostname } from '../../compose/names.ts'
import { bindMount, type ComposeMount, sharedMount } from '../../compose/project.ts'
import type { SessionInput } from '../../compose/session-input.ts'
import { toAttachmentLabel } from '../../session/attachment.ts'
import type { EnvironmentKey } from '../../session/observed.ts'
import { directoriesOf, filesDirectoryOf } from '../../workspace/directories.ts'
import type { Mount } from '../../workspace/project.ts'
import type { Edges } from '../command.ts'
import { type CheckedEngine, toEngineLabel } from '../surroundings/check-engine.ts'
import { runtimeImage } from '../version.ts'
import type { Call } from './call.ts'
import type { AttachOrder } from './order.ts'
import { homeOf } from './prepare-image.ts'

/** What a keeper is for, and the Compose project that it is in. */
export interface KeptPlace extends EnvironmentKey {
  readonly project: string
}

export const ownershipOf = ({ wish }: AttachOrder, { person }: Edges): Ownership => ({
  workspacePath: wish.workspacePath,
  environment: wish.environment,
  owner: ownerOf(person),
})

/** The person, as containers have them. */
export function userOf(
  { engine }: Pick<AttachOrder, 'engine'>,
  { person }: Edges,
): { readonly userId: number; readonly groupId: number } {
  return engine.isRootless ? { userId: 0, groupId: 0 } : person
}

export function keeperInput(
  { workspacePath, environment, project }: KeptPlace,
  engine: CheckedEngine,
  edges: Edges,
): KeeperInput {
  const { userId, groupId } = userOf({ engine }, edges)
  return {
    project,
    ownership: { workspacePath, environment, owner: ownerOf(edges.person) },
    image: runtimeImage(edges.environment),
    socketPath: engine.socket,
    engineLabel: toEngineLabel(engine),
    filesDirectory: filesDirectoryOf({ workspacePath, environment }, edges.files),
    user: `${userId}:${groupId}`,
  }
}

export function sessionInput({ order, names, edges }: Call, network: SessionInput['network']): SessionInput {
  const { wish, environment } = order
  const directories = directoriesOf(environment)
  return {
    project: names.project,
    ownership: ownershipOf(order, edges),
    namespace: wish.namespace,
    image: runtimeImage(edges.environment),
    containerName: names.session,
    hostname: holderHostname(edges.person.name, edges.person.host),
    network,
    relayPort: order.reach.relayPort,
    managerNamespace: wish.managerNamespace,
    alsoProxy: wish.alsoProxy,
    kubeconfigDirectory: directories.kubeconfig,
    logsDirectory: directories.logs,
    groupId: String(userOf(order, edges).groupId),
  }
}

/** The dev container as KDE-cli's is: same paths, user, home, kubeconfig; the remote environment under the project's. */
export function devContainerInput(
  { order, edges }: Call,
  session: SessionInput,
  remote: Readonly<Record<string, string>>,
): DevContainerInput {
  const { wish, project, image } = order
  const { person } = edges
  const home = homeOf(person)
  const { userId, groupId } = userOf(order, edges)
  const socket = order.options.shared.dockerSocket ? order.engine.socket : undefined
  const remoteMount = remoteMountOf(order)
  return {
    session,
    devProject: wish.devProject,
    image: image.name,
    life: wish.isDetached ? 'detached' : 'leased',
    attachment: toAttachmentLabel(wish.attachment),
    user: `${userId}:${groupId}`,
    workingDirectory: workingDirectory(order, edges),
    variables: {
      ...remote,
      ...project.variables,
      HOME: home,
      ...(order.options.shared.kubeconfig && { KUBECONFIG: '/.kube/config' }),
      ...(remoteMount !== undefined && { TELEPRESENCE_ROOT: remoteMount }),
      ...order.options.variables,
    },
    groups: socket === undefined ? [] : groupsOf(order.engine, edges),
    mounts: [
      ...mounts(order, home, edges),
      ...(socket === undefined ? [] : [bindMount(socket, SOCKET, true)]),
    ],
    tmpfs: image.hasHome || project.path === home ? [] : [`${home}:uid=${userId},gid=${groupId},mode=0755`],
    command:
      wish.isDetached && order.command !== undefined
        ? [...image.entrypoint, ...toBash(order.command)]
        : undefined,
  }
}

const SOCKET = '/var/run/docker.sock'

/** Whose members may use the socket, as far as this computer is the engine's. A rootless one is its owner's alone. */
const groupsOf = ({ socket, isRootless }: CheckedEngine, { files }: Edges): readonly string[] =>
  isRootless ? [] : [files.groupOf(socket)].filter(group => group !== undefined).map(String)

/** Run by bash, as KDE-cli does; the words arrive as they were typed. */
export const toBash = (command: readonly string[]): readonly string[] => [
  'bash',
  '-c',
  'exec "$@"',
  'bash',
  ...command,
]

/** The project's checkout, or where it has none (yet), the project itself. */
export function workingDirectory({ project }: AttachOrder, { files }: Edges): string {
  const checkout = project.repository === undefined ? undefined : `${project.path}/${project.repository}`
  return checkout !== undefined && files.exists(checkout) ? checkout : project.path
}

/** Where the remote container's volumes are, on the host and in the dev container; undefined where none are wanted. */
function remoteMountOf({ environment, wish }: AttachOrder): string | undefined {
  const { workload, mount } = wish.attachment
  return mount === undefined ? undefined : directoriesOf(environment).remoteMount(wish.namespace, workload)
}

/** Live ones by the directory above, since what is mounted anew does not show where the old one was bound. */
function volumesOf(order: AttachOrder): readonly ComposeMount[] {
  const { environment, wish } = order
  const remoteMount = remoteMountOf(order)
  if (remoteMount === undefined) return []
  if (wish.attachment.mount === 'copy') return [bindMount(remoteMount, remoteMount)]
  const above = directoriesOf(environment).remoteMountsOf(wish.namespace)
  return [sharedMount(above, above, 'rslave', true)]
}

function mounts(order: AttachOrder, home: string, { files, person }: Edges): readonly ComposeMount[] {
  const { environment, engine, project, wish, options } = order
  const { shared } = options
  const directories = directoriesOf(environment)
  const localMounts = directories.localMounts(wish.namespace)
  const asTheyAre = ['/etc/passwd', '/etc/group']
    .filter(files.exists)
    .map(path => bindMount(path, path, true))
  const personal = [...(shared.dockerConfig ? ['.docker'] : []), ...(shared.netrc ? ['.netrc'] : [])]
  return [
    bindMount(project.path, project.path),
    ...(shared.kubeconfig ? [bindMount(directories.kubeconfig, '/.kube', true)] : []),
    bindMount(localMounts, localMounts),
    ...volumesOf(order),
    ...asTheyAre,
    ...personal
      .filter(name => engine.isHere && files.exists(`${person.home}/${name}`))
      .map(name => bindMount(`${person.home}/${name}`, `${home}/${name}`)),
    ...project.mounts.map(toComposeMount),
  ]
}

/** A source without a slash is the name of a volume, as it is to `docker run`. */
const toComposeMount = ({ source, target, readOnly }: Mount): ComposeMount =>
  source.includes('/')
    ? bindMount(source, target, readOnly)
    : { type: 'volume', source, target, read_only: readOnly }
