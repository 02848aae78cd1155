import type { EnvironmentStatus } from './engine-status.ts'
import type { EventOf, SessionEvent } from './events.ts'
import type { Happening } from './happening.ts'

export interface ShownStep {
  readonly name: string
  readonly because: string
  readonly state: EventOf<'step'>['state']
}

/** What a run of one of our commands has told so far. */
export interface RunView {
  readonly steps: readonly ShownStep[]
  readonly remarks: readonly string[]
  readonly plan: EventOf<'plan'>['steps'] | undefined
  readonly error: EventOf<'error'> | undefined
  /** Undefined while it runs. */
  readonly exitCode: number | undefined
  /** Of an attach that has ended well. */
  readonly devContainer: string | undefined
}

export const RUN_BEGINS: RunView = {
  steps: [],
  remarks: [],
  plan: undefined,
  error: undefined,
  exitCode: undefined,
  devContainer: undefined,
}

/** What is shown of a run, and the next thing that it tells. */
export function foldRun(view: RunView, event: SessionEvent): RunView {
  switch (event.type) {
    case 'step':
      return { ...view, steps: foldStep(view.steps, event) }
    case 'remark':
      return { ...view, remarks: [...view.remarks, event.message] }
    case 'plan':
      return { ...view, plan: event.steps }
    case 'error':
      return { ...view, error: event, exitCode: event.exitCode }
    case 'result':
      return { ...view, exitCode: event.exitCode, devContainer: event.devContainer }
    default:
      return view
  }
}

/** A step that is done again, since somebody else was faster, is shown once more. */
function foldStep(
  steps: readonly ShownStep[],
  { name, state, because = '' }: EventOf<'step'>,
): readonly ShownStep[] {
  if (state === 'started') return [...steps, { name, because, state }]
  const at = steps.findLastIndex(step => step.name === name)
  return steps.map((step, index) => (index === at ? { ...step, state } : step))
}

/** What is known of the engine: undefined before it was read. */
export interface EngineView {
  readonly environments: readonly EnvironmentStatus[] | undefined
  /** The last ones, the newest first. */
  readonly happenings: readonly Happening[]
}

export const NOTHING_READ: EngineView = { environments: undefined, happenings: [] }
const KEPT_HAPPENINGS = 50

/** A happening shows at once; the status that is read after it has all that it means. */
export function foldEngine(view: EngineView, event: SessionEvent): EngineView {
  if (event.type === 'status') return { ...view, environments: event.environments }
  if (event.type !== 'happening') return view
  const { type: _, ...happening } = event
  return {
    environments: view.environments?.map(environment => afterHappening(environment, happening)),
    happenings: [happening, ...view.happenings].slice(0, KEPT_HAPPENINGS),
  }
}

/** Docker's word for a container to which this has happened. */
const STATE_AFTER: Partial<Record<Happening['kind'], string>> = {
  started: 'running',
  ended: 'exited',
  gone: 'removed',
  paused: 'paused',
  resumed: 'running',
}

function afterHappening(environment: EnvironmentStatus, happening: Happening): EnvironmentStatus {
  const { kind, what, because } = happening
  if (happening.environment !== environment.environment || happening.workspace !== environment.workspace)
    return environment
  if (happening.source === 'session' && kind in CONNECTION_AFTER) {
    const sessions = environment.sessions.map(session =>
      session.namespace === happening.namespace
        ? { ...session, state: connectionText(kind, because) }
        : session,
    )
    return { ...environment, sessions }
  }
  const state = STATE_AFTER[kind]
  if (state === undefined) return environment
  const changed = <T extends { readonly container: string; readonly state: string }>(container: T): T =>
    container.container === what ? { ...container, state } : container
  return {
    ...environment,
    sessions: environment.sessions.map(changed),
    devContainers: environment.devContainers.map(changed),
  }
}

const CONNECTION_AFTER: Partial<Record<Happening['kind'], true>> = {
  connected: true,
  reconnecting: true,
  failed: true,
  ending: true,
}

const connectionText = (kind: Happening['kind'], because: string | undefined): string => {
  if (kind === 'connected') return 'connected'
  return because === undefined ? `not connected (${kind})` : `not connected (${because})`
}

type DevContainer = EnvironmentStatus['devContainers'][number]

export interface Health {
  readonly state: 'healthy' | 'waiting' | 'unhealthy'
  /** Why it is not healthy, as the tools say it. */
  readonly because: string | undefined
}

const HEALTHY: Health = { state: 'healthy', because: undefined }

/** Also while its traffic-manager is silent. By the state that `status` tells. */
export const isConnected = (state: string): boolean => state.startsWith('connected')

/** Of a session, by the state that `status` tells. */
export function sessionHealth(state: string): Health {
  if (state === 'connected') return HEALTHY
  return { state: /starting|created/.test(state) ? 'waiting' : 'unhealthy', because: state }
}

/** Of an attachment: its dev container runs, its session is connected, and nobody has taken it away. */
export function attachmentHealth(
  { namespace, state, attachment }: DevContainer,
  { sessions }: EnvironmentStatus,
): Health {
  if (state !== 'running') return { state: state === 'created' ? 'waiting' : 'unhealthy', because: state }
  const session = sessions.find(each => each.namespace === namespace)
  if (session === undefined) return { state: 'unhealthy', because: 'no session' }
  const lost = session.lost?.find(({ workload }) => workload === attachment?.workload)
  if (lost !== undefined) return { state: 'unhealthy', because: lost.because }
  return sessionHealth(session.state)
}
