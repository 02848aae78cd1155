import * as z from 'zod/mini'
import { Attachment } from './attachment.ts'
import { lastRepairs, Repair, type Teller, toHappening } from './happening.ts'
import { toFileLines } from './log-lines.ts'
import { isRunning, type Observed, type ObservedContainer } from './observed.ts'
import { publicationText } from './publication.ts'

const Container = {
  container: z.string(),
  namespace: z.string(),
  /** `<user>@<host>` of the command that made it. */
  owner: z.optional(z.string()),
  /** ISO 8601; undefined where it was gone before it could be read. */
  createdAt: z.optional(z.string()),
}

/** A workload that somebody else has taken, or ended, and why. */
const LostAttachment = z.object({ workload: z.string(), because: z.string() })
type LostAttachment = z.infer<typeof LostAttachment>

/** What runs, or has ended and is still there, of one environment of one workspace on this engine. */
export const EnvironmentStatus = z.object({
  workspace: z.string(),
  environment: z.string(),
  composeProject: z.optional(z.string()),
  /** Docker's word for its state, or `missing`. */
  keeper: z.string(),
  sessions: z.array(
    z.object({
      ...Container,
      /** `connected`, `connected (the traffic-manager does not answer)`, `not connected (WHY)`, `no answer`, or Docker's word where its container does not run. */
      state: z.string(),
      alsoProxy: z.array(z.string()),
      /** What it has lost, and nobody has left or attached again since; undefined where that is nothing. */
      lost: z.optional(z.array(LostAttachment)),
    }),
  ),
  /** The last of each namespace, the newest first, as far as the logs of keeper and sessions go back. */
  repairs: z.array(Repair),
  devContainers: z.array(
    z.object({
      ...Container,
      project: z.optional(z.string()),
      /** That it was made of. */
      image: z.optional(z.string()),
      /** Docker's word. */
      state: z.string(),
      life: z.optional(z.enum(['leased', 'detached'])),
      /** Its ports that this computer reaches, as `127.0.0.1:8080:3000`. */
      published: z.array(z.string()),
      /** Undefined where its label is of another version. */
      attachment: z.optional(Attachment),
    }),
  ),
})
export type EnvironmentStatus = z.infer<typeof EnvironmentStatus>

/** What a session says of itself. */
export interface SessionState {
  /** `connected`, and where the traffic-manager does not answer why not, or `not connected (WHY)`. */
  readonly state: string
  /** What it has lost, and nobody has left or attached again since. */
  readonly lost: readonly LostAttachment[]
}

/** How a container was made: when, in ISO 8601, and of which image. */
export interface Making {
  readonly createdAt: string
  readonly image: string | undefined
}

/** What is read of single containers, by their ids. */
export interface Readings {
  readonly making: ReadonlyMap<string, Making>
  readonly sessionStates: ReadonlyMap<string, SessionState>
  /** Of keepers and sessions. */
  readonly logs: ReadonlyMap<string, string>
}

/** Everything of ours on an engine, an environment of a workspace after the other. */
export const toStatus = (observed: Observed, readings: Readings): EnvironmentStatus[] =>
  environmentsOf(observed).map(containers => toEnvironment(containers, readings))

/** What is ours, an environment of a workspace after the other. */
export function environmentsOf({ containers }: Observed): readonly (readonly ObservedContainer[])[] {
  const ours = containers.filter(({ role }) => role !== undefined)
  const keyOf = ({ workspacePath, environment }: ObservedContainer): string =>
    `${workspacePath}\n${environment}`
  return [...Map.groupBy(ours, keyOf).entries()]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([, group]) => group)
}

/** Docker's word for it, or `missing`. */
export const keeperState = (containers: readonly ObservedContainer[]): string =>
  containers.find(({ role }) => role === 'keeper')?.state ?? 'missing'

function toEnvironment(group: readonly ObservedContainer[], readings: Readings): EnvironmentStatus {
  const inOrder = group.toSorted((a, b) => a.name.localeCompare(b.name))
  const composeProject = inOrder.find(container => container.composeProject !== undefined)?.composeProject
  return {
    workspace: inOrder[0]?.workspacePath ?? '',
    environment: inOrder[0]?.environment ?? '',
    ...(composeProject !== undefined && { composeProject }),
    keeper: keeperState(group),
    sessions: inOrder
      .filter(({ role }) => role === 'session')
      .map(container => ({
        ...toContainer(container, readings),
        state: container.state,
        ...toSaid(readings.sessionStates.get(container.id)),
        alsoProxy: [...container.alsoProxy],
      })),
    repairs: repairsIn(inOrder, readings),
    devContainers: inOrder
      .filter(({ role }) => role === 'dev')
      .map(container => ({
        ...toContainer(container, readings),
        ...toDevContainer(container, readings),
        published: publishedOf(container, inOrder),
      })),
  }
}

const toSaid = (said: SessionState | undefined) =>
  said && { state: said.state, ...(said.lost.length > 0 && { lost: [...said.lost] }) }

/** Of each namespace. */
const SHOWN_REPAIRS = 3

function repairsIn(
  containers: readonly ObservedContainer[],
  { logs }: Readings,
): EnvironmentStatus['repairs'] {
  const happenings = containers.flatMap(container =>
    toFileLines(container.name, logs.get(container.id) ?? '').flatMap(
      line => toHappening(line, container) ?? [],
    ),
  )
  return lastRepairs(happenings, SHOWN_REPAIRS)
}

const publishedOf = ({ name }: ObservedContainer, group: readonly ObservedContainer[]): string[] =>
  group
    .filter(({ devContainer }) => devContainer === name)
    .flatMap(({ published }) => (published === undefined ? [] : [publicationText(published)]))

function toContainer({ id, name, namespace, owner }: ObservedContainer, { making }: Readings) {
  const created = making.get(id)?.createdAt
  return {
    container: name,
    namespace: namespace ?? '',
    ...(owner !== undefined && { owner }),
    ...(created !== undefined && { createdAt: created }),
  }
}

const toDevContainer = (
  { id, project, state, life, attachment }: ObservedContainer,
  { making }: Readings,
) => ({
  state,
  ...toImage(making.get(id)),
  ...(project !== undefined && { project }),
  ...(life !== undefined && { life }),
  ...(attachment !== undefined && { attachment }),
})

const toImage = (making: Making | undefined) => making?.image !== undefined && { image: making.image }

/** Whose logs tell what happened. */
export const tellers = ({ containers }: Observed): readonly ObservedContainer[] => containers.filter(isTeller)

export const isTeller = ({ role }: Pick<Teller, 'role'>): boolean => role === 'session' || role === 'keeper'

/** Those that can be asked how they are. */
export const runningSessions = ({ containers }: Observed): readonly ObservedContainer[] =>
  containers.filter(container => container.role === 'session' && isRunning(container))
