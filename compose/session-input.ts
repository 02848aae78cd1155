import * as z from 'zod/mini'
import { parseLabel } from './labels.ts'

const Ownership = z.object({ workspacePath: z.string(), environment: z.string(), owner: z.string() })
const Network = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('external'), name: z.string() }),
  z.object({ kind: z.literal('own'), name: z.string(), subnet: z.string() }),
])

/** All that holder, session and relay of one namespace are made of. Holds no secret. */
export const SessionInput = z.object({
  project: z.string(),
  ownership: z.readonly(Ownership),
  namespace: z.string(),
  image: z.string(),
  containerName: z.string(),
  hostname: z.string(),
  network: z.readonly(Network),
  /** The port of the host's loopback where the API server is, if it is there; only on a network of ours. */
  relayPort: z.optional(z.number()),
  managerNamespace: z.string(),
  /** CIDRs, sorted. */
  alsoProxy: z.readonly(z.array(z.string())),
  /** Directories of the host: the flattened kubeconfig's, and `.telepresence/logs`. */
  kubeconfigDirectory: z.string(),
  logsDirectory: z.string(),
  /** The person's group, through which root without CAP_DAC_OVERRIDE may read and write in those directories. */
  groupId: z.string(),
})
export type SessionInput = Readonly<z.infer<typeof SessionInput>>

export const toSessionLabel = (input: SessionInput): string => JSON.stringify(input)

/** Undefined where the label is missing, or is of another version. */
export const parseSessionLabel = (label: string): SessionInput | undefined => parseLabel(SessionInput, label)
