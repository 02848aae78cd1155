import type { Ownership } from './labels.ts'

/** All that holder, session and relay of one namespace are made of. */
export interface SessionInput {
  readonly project: string
  readonly ownership: Ownership
  readonly namespace: string
  readonly image: string
  readonly containerName: string
  readonly hostname: string
  readonly network:
    | { readonly kind: 'external'; readonly name: string }
    | { readonly kind: 'own'; readonly name: string; readonly subnet: string }
  /** The port of the host's loopback where the API server is, if it is there; only on a network of ours. */
  readonly relayPort: number | undefined
  readonly managerNamespace: string
  /** CIDRs, sorted. */
  readonly alsoProxy: readonly string[]
  /** Directories of the host: the flattened kubeconfig's, and `.telepresence/logs`. */
  readonly kubeconfigDirectory: string
  readonly logsDirectory: string
  /** The person's group, through which root without CAP_DAC_OVERRIDE may read and write in those directories. */
  readonly groupId: string
}
