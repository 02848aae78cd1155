import { LABEL, type Life, type Role } from '../compose/labels.ts'
import { type OwnerOf, type Place, placeKey, projectName } from '../compose/names.ts'
import { type Attachment, parseAttachmentLabel } from './attachment.ts'
import { type Publication, parsePublication } from './publication.ts'
import { jsonLines, type ToolCommand } from './tool-command.ts'

/** A container of this engine. `role` is undefined where it is none of ours. */
export interface ObservedContainer {
  readonly id: string
  readonly name: string
  /** Docker's word: created, running, paused, restarting, removing, exited, dead. */
  readonly state: string
  readonly composeProject: string | undefined
  readonly role: Role | undefined
  readonly workspacePath: string | undefined
  readonly environment: string | undefined
  readonly namespace: string | undefined
  readonly project: string | undefined
  readonly life: Life | undefined
  readonly attachment: Attachment | undefined
  readonly alsoProxy: readonly string[]
  readonly owner: string | undefined
  /** Of a session: the Docker network that its holder joined. */
  readonly network: string | undefined
  /** Of a publisher or an inlet: the dev container whose port it publishes. */
  readonly devContainer: string | undefined
  /** Of a publisher. */
  readonly published: Publication | undefined
  /** Of a keeper: what the command that started it has found of the engine, as JSON. */
  readonly engine: string | undefined
  /** Of its labels; undefined where it cannot be read. */
  readonly schema: number | undefined
}

/** The engine's containers, read at one moment. */
export interface Observed {
  readonly containers: readonly ObservedContainer[]
}

const COMPOSE_PROJECT = 'com.docker.compose.project'
const SHOWN_LABELS = [
  COMPOSE_PROJECT,
  ...[
    LABEL.role,
    LABEL.workspace,
    LABEL.environment,
    LABEL.namespace,
    LABEL.project,
    LABEL.life,
    LABEL.attachment,
  ],
  ...[
    LABEL.alsoProxy,
    LABEL.owner,
    LABEL.network,
    LABEL.devContainer,
    LABEL.published,
    LABEL.schema,
    LABEL.engine,
  ],
]

/**
 * Every container with the labels that we read. One label at a time: docker's own `Labels` field joins them by commas,
 * which a value may hold too.
 */
export const listContainers = (filters: readonly string[] = []): ToolCommand<Observed> => ({
  args: [
    ...['container', 'ls', '--all', '--no-trunc'],
    ...filters.flatMap(filter => ['--filter', filter]),
    ...[
      '--format',
      `[{{json .ID}},{{json .Names}},{{json .State}},${SHOWN_LABELS.map(label => `{{json (.Label "${label}")}}`).join(',')}]`,
    ],
  ],
  parse: output => ({ containers: jsonLines(output).map(line => toContainer(line as readonly string[])) }),
})

function toContainer([id = '', name = '', state = '', ...labels]: readonly string[]): ObservedContainer {
  const [
    composeProject,
    role,
    workspacePath,
    environment,
    namespace,
    project,
    life,
    attachment,
    alsoProxy,
    owner,
    network,
    devContainer,
    published,
    schema,
    engine,
  ] = labels.map(label => (label === '' ? undefined : label))
  return {
    id,
    name,
    state,
    composeProject,
    workspacePath,
    environment,
    namespace,
    project,
    owner,
    network,
    devContainer,
    engine,
    role: role as Role | undefined,
    life: life as Life | undefined,
    attachment: parseAttachmentLabel(attachment),
    alsoProxy: alsoProxy === undefined ? [] : alsoProxy.split(','),
    published: parsePublicationLabel(published),
    schema: parseSchemaLabel(schema),
  }
}

function parsePublicationLabel(label: string | undefined): Publication | undefined {
  const parsed = label === undefined ? undefined : parsePublication(label)
  return typeof parsed === 'string' ? undefined : parsed
}

const parseSchemaLabel = (label: string | undefined): number | undefined =>
  label !== undefined && /^\d+$/.test(label) ? Number(label) : undefined

export interface EnvironmentKey {
  readonly workspacePath: string
  readonly environment: string
}

/** The containers of one environment of one workspace: ours by label, never by name. */
export const containersOf = ({ containers }: Observed, key: EnvironmentKey): readonly ObservedContainer[] =>
  containers.filter(
    ({ role, workspacePath, environment }) =>
      role !== undefined && workspacePath === key.workspacePath && environment === key.environment,
  )

export const isRunning = ({ state }: ObservedContainer): boolean => state === 'running'

/** The Compose project of an environment: the one that it has, or the one that it would get. */
export const projectOf = (observed: Observed, key: EnvironmentKey): string =>
  containersOf(observed, key)[0]?.composeProject ??
  projectName(key.workspacePath, key.environment, ownerOfProject(observed))

/** Who has a Compose project's name: a workspace of ours, or somebody else. */
export const ownerOfProject =
  ({ containers }: Observed): OwnerOf =>
  project => {
    const user = containers.find(({ composeProject }) => composeProject === project)
    return user === undefined ? undefined : (user.workspacePath ?? 'somebody else')
  }

/** Who has a container's name: a place of ours, or somebody else. */
export const ownerOfContainer =
  ({ containers }: Observed): OwnerOf =>
  name => {
    const found = containers.find(container => container.name === name)
    if (found === undefined) return undefined
    const { workspacePath, environment, namespace } = found
    if (
      found.role === undefined ||
      workspacePath === undefined ||
      environment === undefined ||
      namespace === undefined
    )
      return 'somebody else'
    const place: Place = { workspacePath, environment, namespace }
    return placeKey(place)
  }
