import type { Attachment } from './attachment.ts'
import type { Publication } from './publication.ts'

/** A header that a request must have. The value may be a secret. */
export interface Header {
  readonly name: string
  readonly value: string
}

/** What a person wants of one call: everything is known, nothing has been done. */
export interface AttachWish {
  readonly workspacePath: string
  readonly environment: string
  readonly namespace: string
  /** The project's directory name. */
  readonly devProject: string
  readonly attachment: Attachment
  /** The attachment's headers with their values, which no label has. */
  readonly headers: readonly Header[]
  /** CIDRs, sorted. */
  readonly alsoProxy: readonly string[]
  readonly managerNamespace: string
  /** A running session of other CIDRs may be replaced. */
  readonly replaceSession: boolean
  /** Ports of the dev container that the engine's host is to reach. */
  readonly publications: readonly Publication[]
  readonly isDetached: boolean
  /** It is to run a command, and not a shell. */
  readonly hasCommand: boolean
}
