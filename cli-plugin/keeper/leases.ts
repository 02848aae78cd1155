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
import { followed, type Lease, parseLease } from '../../session/lease.ts'
import { runProgram } from '../edges/program.ts'

const ENDED = '.ended'

/** The leases as their files stand, and the marks of what is being removed. */
export interface Leases {
  read(): readonly Lease[]
  /** Lets go of a lease that ended: its process has waited for that. */
  forget(lease: Lease): void
  /** Takes away each lease that makes no demand: its process ends, and tells its command. */
  revoke(): Promise<void>
  /** Only an end gives the keeper work; a look at each start would slow the command that starts. */
  watch(onEnd: () => void): void
  /** Removes what is named and returns what became of it, unless a lease has come up meanwhile. */
  removeUnless<T>(isLeased: () => boolean, name: string, remove: () => Promise<T>): Promise<T | undefined>
}

/** Those of a keeper's directory, which is made. */
export function openLeases(keeperDirectory: string): Leases {
  const directory = join(keeperDirectory, 'leases')
  const removing = join(keeperDirectory, 'removing')
  for (const each of [directory, removing]) mkdirSync(each, { recursive: true })
  const read = () => followed(readdirSync(directory).flatMap(file => readLease(directory, file) ?? []))
  return {
    read,
    forget: ({ id }) => rmSync(join(directory, `${id}${ENDED}`), { force: true }),
    async revoke() {
      const revoked = read().filter(({ demand }) => demand === undefined)
      for (const { id } of revoked) await runProgram('pkill', ['-USR1', '--full', `lease ${id} `])
    },
    watch(onEnd) {
      watch(directory, (_, file) => {
        if (file?.endsWith(ENDED) ?? true) onEnd()
      })
    },
    // A lease writes its file and then waits for the mark; we set the mark and then look for files: whichever is first,
    // one of the two sees the other.
    async removeUnless(isLeased, name, remove) {
      const mark = join(removing, name)
      writeFileSync(mark, '')
      try {
        return isLeased() ? undefined : await remove()
      } finally {
        if (existsSync(mark)) rmSync(mark)
      }
    },
  }
}

function readLease(directory: string, file: string): Lease | undefined {
  const path = join(directory, file)
  try {
    // A rename keeps the file's times but for this one.
    const endedAt = file.endsWith(ENDED) ? statSync(path).ctimeMs : undefined
    return parseLease(file.replace(ENDED, ''), readFileSync(path, 'utf8'), endedAt)
  } catch {
    // It got its other name in between, which wakes the keeper again.
    return undefined
  }
}
