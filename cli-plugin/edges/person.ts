import { homedir, hostname, userInfo } from 'node:os'
import type { Files } from './files.ts'

/** Who runs the command. */
export interface Person {
  readonly name: string
  readonly host: string
  readonly home: string
  /** Of the process; both 0 for root. */
  readonly userId: number
  readonly groupId: number
}

export function readPerson(files: Files): Person {
  const { username, uid, gid } = userInfo()
  return {
    name: nameOf(uid, files) ?? username,
    host: hostname(),
    home: homedir(),
    // Windows has neither, and says -1.
    userId: Math.max(uid, 0),
    groupId: Math.max(gid, 0),
  }
}

/** The compiled program's userInfo knows nobody's name where USER is not set, as in a cron job. */
function nameOf(userId: number, files: Files): string | undefined {
  const lines = (files.readText('/etc/passwd') ?? '').split('\n').map(line => line.split(':'))
  return lines.find(([, , id]) => id === String(userId))?.[0]
}
