import * as z from 'zod/mini'
import type { DevMount } from '../mounts.ts'
import type { ToolCommand } from '../tool-command.ts'

const Mounts = z.array(
  z.object({
    Type: z.string(),
    /** Of a volume. */
    Name: z.optional(z.string()),
    Source: z.optional(z.string()),
    Destination: z.string(),
    RW: z.boolean(),
  }),
)

/** What a container has mounted, by the paths that it has there. */
export const readMounts = (container: string): ToolCommand<readonly DevMount[]> => ({
  args: ['container', 'inspect', '--format', '{{json .Mounts}}', container],
  parse: ({ stdout }) =>
    Mounts.parse(JSON.parse(stdout))
      .map(({ Type, Name = '', Source = '', Destination, RW }) => ({
        ...(Type === 'volume'
          ? ({ kind: 'volume', source: Name } as const)
          : ({ kind: 'bind', source: Source } as const)),
        target: Destination,
        isReadOnly: !RW,
      }))
      .toSorted((a, b) => a.target.localeCompare(b.target)),
})
