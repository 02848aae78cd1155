import type { Publication } from './publication.ts'

export type StepKind =
  | 'install-traffic-manager'
  | 'start-keeper'
  | 'take-lease'
  | 'remove-container'
  | 'start-session'
  | 'replace-session'
  | 'wait-for-session'
  | 'compare-headers'
  | 'attach'
  | 'attach-again'
  | 'write-environment'
  | 'copy-volumes'
  | 'mount-volumes'
  | 'start-dev-container'
  | 'publish'
  | 'run'
  | 'leave-running'

export interface Step {
  readonly kind: StepKind
  /** What it does, in the words that `--dry-run` shows. */
  readonly name: string
  /** Why it is needed. */
  readonly because: string
  /** Of `remove-container`: the container's id. */
  readonly container?: string
  /** Of `publish`. */
  readonly publications?: readonly Publication[]
}
