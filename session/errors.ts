import { t } from '../language/t.ts'

/** Codes are permanent: scripts, documents and the extension search for them. Several share one exit code. */
export const exitCodeOf = {
  TOOL_FAILED: 1,
  SETUP_FAILED: 1,
  SESSION_FAILED: 1,
  ATTACH_FAILED: 1,
  MOUNT_FAILED: 1,
  NOT_ENDED: 1,
  CLEARED: 1,
  USAGE: 2,
  COMMAND_UNKNOWN: 2,
  OPTION_UNKNOWN: 2,
  NAME_UNUSABLE: 2,
  CIDR_UNUSABLE: 2,
  PORT_UNUSABLE: 2,
  PORT_TWICE: 2,
  WORKSPACE_MISSING: 3,
  WORKSPACE_INVALID: 3,
  IMAGE_UNNAMED: 3,
  ENVIRONMENT_UNKNOWN: 3,
  PROJECT_UNKNOWN: 3,
  KUBECONFIG_MISSING: 3,
  KUBECONFIG_DIRECTORY: 3,
  KUBECONFIG_EMPTY: 3,
  KUBECONFIG_NOT_YAML: 3,
  KUBECONFIG_INVALID: 3,
  CREDENTIAL_EXPIRED: 3,
  FILE_UNREADABLE: 3,
  FILE_UNWRITABLE: 3,
  DISK_FULL: 3,
  VARIABLES_MISSING: 3,
  ENGINE_UNSUPPORTED: 4,
  TOOL_MISSING: 4,
  TOOL_TOO_OLD: 4,
  IMAGE_MISSING: 4,
  PAGE_MISSING: 4,
  NO_BASH: 4,
  NO_TUN_DEVICE: 4,
  TRAFFIC_MANAGER_MISSING: 4,
  TRAFFIC_MANAGER_TOO_OLD: 4,
  ENGINE_UNREACHABLE: 5,
  WORKSPACE_ELSEWHERE: 5,
  CLUSTER_UNREACHABLE: 6,
  CLUSTER_FORBIDDEN: 6,
  NAMESPACE_UNKNOWN: 6,
  WORKLOAD_UNKNOWN: 6,
  WORKLOAD_NOT_READY: 6,
  PORT_UNKNOWN: 6,
  SERVICE_MISSING: 6,
  CONTAINER_UNKNOWN: 6,
  UDP_UNSUPPORTED: 6,
  NOT_ATTACHED: 6,
  REVOKE_FORBIDDEN: 6,
  INTERCEPT_TAKEN: 7,
  PORT_TAKEN: 7,
  ALREADY_ATTACHED: 7,
  PROJECT_IN_USE: 7,
  NOT_YOURS: 7,
  SESSION_DIFFERS: 7,
  CANCELLED: 130,
} as const

export type ErrorCode = keyof typeof exitCodeOf

export interface ErrorDetails {
  /** One thing to do, at best a command to paste. */
  readonly hint?: string
  /** What state was left, where it is not "Nothing was changed." */
  readonly left?: string
  /** What the tool itself said, kept word for word. */
  readonly detail?: string
  readonly cause?: unknown
}

/** A failure that we expect and can explain. Anything else is a bug. */
export class KdeTpError extends Error {
  override readonly name = 'KdeTpError'
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly left: string | undefined
  readonly detail: string | undefined

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause })
    this.code = code
    this.hint = details.hint
    this.left = details.left
    this.detail = details.detail
  }

  /** The same failure, with the state that it left. */
  leaving(left: string): KdeTpError {
    return new KdeTpError(this.code, this.message, {
      left,
      cause: this.cause,
      ...(this.hint !== undefined && { hint: this.hint }),
      ...(this.detail !== undefined && { detail: this.detail }),
    })
  }
}

export const usage = (message: string, hint?: string): KdeTpError =>
  new KdeTpError('USAGE', message, hint === undefined ? {} : { hint })

/** A hint. */
export const nameOneOf = (names: readonly string[]): string => t`Name one of: ${names.join(', ')}.`
