import * as z from 'zod/mini'

/**
 * Where leases lie in the keeper: one file each in `leases`, the lines of its stream in it. The program `lease` writes
 * them. A file in `removing` says that the keeper is taking away what has its name: a namespace, or `.environment` for all.
 */
export const KEEPER_DIRECTORY = '/run/kde-tp'
export const ALL_OF_IT = '.environment'
/** What a lease's process prints once it counts. */
export const GRANTED = 'granted'
/** Its exit code where the keeper has taken the lease away: somebody has ended what it is on. */
export const REVOKED = 3

/** Asks the keeper to end a dev container and its attachment, or all of its environment, whoever uses it. */
const Demand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('end'), devContainer: z.string() }),
  z.object({ type: z.literal('end-all') }),
])
export type Demand = z.infer<typeof Demand>

/** The lines of a lease: what it is on, what has come of it, and last, where its command ended in order, a farewell. */
export const LeaseLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('namespace'), namespace: z.string() }),
  /** Said before anything of it is there, so that it is ended also where the command dies in between. */
  z.object({
    type: z.literal('dev'),
    devContainer: z.string(),
    sessionContainer: z.string(),
    workload: z.string(),
    /** Its volumes are to be mounted here, live. */
    isMounted: z.optional(z.boolean()),
  }),
  /** The command itself has made the attachment. */
  z.object({ type: z.literal('attached') }),
  /** The session of the namespace goes and comes for as long: nobody else is to bring it back. */
  z.object({ type: z.literal('replaces-session') }),
  Demand,
  z.object({ type: z.literal('bye') }),
])
export type LeaseLine = z.infer<typeof LeaseLine>

export interface Lease {
  readonly id: string
  readonly namespace: string
  readonly dev: Omit<Extract<LeaseLine, { type: 'dev' }>, 'type'> | undefined
  readonly isAttached: boolean
  readonly replacesSession: boolean
  /** Taken up when the lease ends. */
  readonly demand: Demand | undefined
  /** `held`: its command lives. `farewell`: the command ended in order. `lost`: it ended otherwise. */
  readonly state: 'held' | 'farewell' | 'lost'
  /** Milliseconds since 1970; only of a lease that ended. */
  readonly endedAt: number
}

/** Reads a lease's file. Undefined while its first line is not there yet. A half-written last line is left out. */
export function parseLease(id: string, content: string, endedAt: number | undefined): Lease | undefined {
  const lines = content.split('\n').slice(0, -1).map(toLine)
  const namespace = lines.find(line => line?.type === 'namespace')?.namespace
  if (namespace === undefined) return undefined
  return {
    id,
    namespace,
    dev: lines.findLast(line => line?.type === 'dev'),
    isAttached: lines.some(line => line?.type === 'attached'),
    replacesSession: lines.some(line => line?.type === 'replaces-session'),
    demand: lines.find(isDemand),
    state: endedAt === undefined ? 'held' : lines.some(line => line?.type === 'bye') ? 'farewell' : 'lost',
    endedAt: endedAt ?? 0,
  }
}

/** The id of a command's lease. One that it has lost is followed by another. */
export const leaseId = (command: string, turn: number): string => `${command}.${turn}`

const commandOf = ({ id }: Lease): string | undefined => id.split('.')[0]

/** A command whose lease was lost speaks by the one that it has taken since: the lost one is over like one with a farewell. */
export function followed(leases: readonly Lease[]): readonly Lease[] {
  const speaking = new Set(leases.filter(({ state }) => state !== 'lost').map(commandOf))
  return leases.map(lease =>
    lease.state === 'lost' && speaking.has(commandOf(lease)) ? { ...lease, state: 'farewell' } : lease,
  )
}

const isDemand = (line: LeaseLine | undefined): line is Demand =>
  line?.type === 'end' || line?.type === 'end-all'

function toLine(text: string): LeaseLine | undefined {
  try {
    return LeaseLine.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** The arguments of docker that hold a lease open for as long as their standard input is. */
export const leaseArgs = (
  keeper: string,
  id: string,
  namespace: string,
  lines: readonly LeaseLine[],
): readonly string[] => [
  'exec',
  '-i',
  keeper,
  'lease',
  id,
  namespace,
  ...lines.map(line => JSON.stringify(line)),
]
