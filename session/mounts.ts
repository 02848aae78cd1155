import * as z from 'zod/mini'
import type { Attachment } from './attachment.ts'
import { MOUNTS } from './mode.ts'

/** Something that is seen in a dev container and lies elsewhere. */
export const DevMount = z.object({
  /** Whose: a volume of the remote container, a file or directory of the engine's computer, or a volume of Docker's. */
  kind: z.enum(['remote', 'bind', 'volume']),
  /** Its path in the dev container. */
  target: z.string(),
  /** Its path on the engine's computer, or the name of Docker's volume. */
  source: z.string(),
  isReadOnly: z.boolean(),
  /** Its path in the remote container; undefined where the session could not tell, and then it is that of all of them. */
  remote: z.optional(z.string()),
  /** Of the remote container's: as it is there, or as it was there at the attach. */
  how: z.optional(z.enum(MOUNTS)),
})
export type DevMount = z.infer<typeof DevMount>

export interface MountsInput {
  /** Of the dev container, by its own account. */
  readonly mounts: readonly DevMount[]
  readonly attachment: Pick<Attachment, 'mount' | 'workload'>
  /** What has come of the remote container's volumes lies here, with the same path in the dev container. */
  readonly directory: string
  /** Paths of the volumes in the remote container; undefined where the session could not tell. */
  readonly volumes: readonly string[] | undefined
}

/** The remote container's first. */
export function mountsOf({ mounts, attachment: { mount }, directory, volumes }: MountsInput): DevMount[] {
  // Live ones are bound by the directory above.
  const others = mounts.filter(({ source }) => source !== directory && source !== aboveOf(directory))
  if (mount === undefined) return others
  const how = { kind: 'remote', isReadOnly: mount === 'live', how: mount } as const
  const remote = (volumes ?? ['']).map(path => ({
    ...{ ...how, target: `${directory}${path}`, source: `${directory}${path}` },
    ...(path !== '' && { remote: path }),
  }))
  return [...remote, ...others]
}

const aboveOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))
