import { KdeTpError } from '../../session/errors.ts'

/** Of what was asked of a container: one that hangs must not hide all others. */
export function untilTooLate(error: unknown): undefined {
  if (!(error instanceof KdeTpError) || error.code !== 'TOOL_FAILED') throw error
}
