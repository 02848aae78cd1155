import type { Attachment } from './attachment.ts'

/** What a person wants of one call: everything is known, nothing has been done. */
export interface AttachWish {
  readonly workspacePath: string
  readonly environment: string
  readonly namespace: string
  /** The project's directory name. */
  readonly devProject: string
  readonly attachment: Attachment
  /** CIDRs, sorted. */
  readonly alsoProxy: readonly string[]
  readonly managerNamespace: string
  /** A running session of other CIDRs may be replaced. */
  readonly replaceSession: boolean
  readonly isDetached: boolean
}
