import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'

/** What the system says of a file, as an error of ours; anything else stays what it is. */
export function toFileError(error: unknown, path: string, doing: 'read' | 'write'): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined) return error
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new KdeTpError('DISK_FULL', t`There is no room left to write ${path}.`, {
      detail: message,
      hint: t`Make room there, then run the command again.`,
    })
  }
  if (doing === 'read') {
    return new KdeTpError('FILE_UNREADABLE', t`${path} cannot be read.`, {
      detail: message,
      hint: t`Make it, and the directories above it, yours to read.`,
    })
  }
  return new KdeTpError('FILE_UNWRITABLE', t`${path} cannot be written.`, {
    detail: message,
    hint: t`Make its directory yours to write.`,
  })
}
