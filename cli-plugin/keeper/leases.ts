import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { LEASES_DIRECTORY, type Lease, parseLease, REMOVING_DIRECTORY } from '../../session/lease.ts'
import { runProgram } from '../edges/program.ts'

const ENDED = '.ended'

/** The leases as their files stand now. */
export function readLeases(): readonly Lease[] {
  return readdirSync(LEASES_DIRECTORY).flatMap(file => readLease(file) ?? [])
}

function readLease(file: string): Lease | undefined {
  const path = join(LEASES_DIRECTORY, file)
  try {
    // A rename keeps the file's times but for this one.
    const endedAt = file.endsWith(ENDED) ? statSync(path).ctimeMs : undefined
    return parseLease(file.replace(ENDED, ''), readFileSync(path, 'utf8'), endedAt)
  } catch {
    // It got its other name in between, which wakes the keeper again.
    return undefined
  }
}

/** Lets go of a lease that ended: its process has waited for that. */
export const forget = ({ id }: Lease): void =>
  rmSync(join(LEASES_DIRECTORY, `${id}${ENDED}`), { force: true })

/** Takes away each lease that makes no demand: its process ends, and tells its command. */
export async function revokeLeases(): Promise<void> {
  const revoked = readLeases().filter(({ demand }) => demand === undefined)
  for (const { id } of revoked) await runProgram('pkill', ['-USR1', '--full', `lease ${id} `])
}

/** Only an end gives the keeper work; a look at each start would slow the command that starts. */
export function watchLeases(onEnd: () => void): void {
  for (const directory of [LEASES_DIRECTORY, REMOVING_DIRECTORY]) mkdirSync(directory, { recursive: true })
  watch(LEASES_DIRECTORY, (_, file) => {
    if (file?.endsWith(ENDED) ?? true) onEnd()
  })
}

/**
 * Removes what is named and returns what became of it, unless a lease has come up meanwhile. A lease writes its file and
 * then waits for the mark; we set the mark and then look for files: whichever is first, one of the two sees the other.
 */
export async function removeUnlessLeased<T>(
  name: string,
  isLeased: () => boolean,
  remove: () => Promise<T>,
): Promise<T | undefined> {
  const mark = join(REMOVING_DIRECTORY, name)
  writeFileSync(mark, '')
  try {
    return isLeased() ? undefined : await remove()
  } finally {
    if (existsSync(mark)) rmSync(mark)
  }
}
