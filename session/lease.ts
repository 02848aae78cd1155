import * as z from 'zod/mini'

/** Where leases lie in the keeper: one file each, the lines of its stream in it. The program `lease` writes them. */
const KEEPER_DIRECTORY = '/run/kde-tp'
export const LEASES_DIRECTORY = `${KEEPER_DIRECTORY}/leases`
/** A file here says that the keeper is taking away what has its name: a namespace, or `.environment` for all. */
export const REMOVING_DIRECTORY = `${KEEPER_DIRECTORY}/removing`
export const ALL_OF_IT = '.environment'
/** What a lease's process prints once it counts. */
export const GRANTED = 'granted'

/** The lines of a lease's stream: what it is on, and last, where the command ended in order, a word of farewell. */
export const LeaseLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('namespace'), namespace: z.string() }),
  /** Said before the attachment is made, so that it is ended also where the command dies in between. */
  z.object({
    type: z.literal('dev'),
    devContainer: z.string(),
    sessionContainer: z.string(),
    workload: z.string(),
  }),
  z.object({ type: z.literal('bye') }),
])
export type LeaseLine = z.infer<typeof LeaseLine>

export interface Lease {
  readonly id: string
  readonly namespace: string
  readonly dev: Omit<Extract<LeaseLine, { type: 'dev' }>, 'type'> | undefined
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
  const isFarewell = lines.some(line => line?.type === 'bye')
  return {
    ...{ id, namespace },
    dev: lines.findLast(line => line?.type === 'dev'),
    state: isFarewell ? 'farewell' : endedAt === undefined ? 'held' : 'lost',
    endedAt: endedAt ?? 0,
  }
}

function toLine(text: string): LeaseLine | undefined {
  try {
    return LeaseLine.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** The arguments of docker that hold a lease open for as long as their standard input is. */
export const leaseArgs = (keeper: string, id: string, namespace: string): readonly string[] => [
  'exec',
  '-i',
  keeper,
  'lease',
  id,
  namespace,
]
