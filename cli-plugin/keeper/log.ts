import { type Deed, deedLine, isRepair } from '../../session/happening.ts'

/** Lines that are not about a repair are few, and are kept with the next that is, or when the keeper leaves. */
const MOST_UNKEPT = 100

/** What the keeper does, for `docker logs` at once, and for the log files of the namespaces when somebody takes it there. */
export interface KeeperLog {
  readonly tell: (deed: Deed) => void
  /** A repair is to be known also when the keeper and its log are gone. */
  readonly isDue: () => boolean
  /** What the log files lack: a namespace and its line in each. They count as kept from then on. */
  readonly takeUnkept: () => readonly string[]
}

export function createKeeperLog(): KeeperLog {
  let unkept: string[] = []
  let hasRepair = false
  return {
    tell(deed) {
      const line = `${new Date().toISOString()} ${deedLine(deed)}`
      process.stdout.write(`${line}\n`)
      if (deed.namespace === undefined) return
      unkept.push(`${deed.namespace} ${line}`)
      hasRepair ||= isRepair(deed)
    },
    isDue: () => hasRepair || unkept.length >= MOST_UNKEPT,
    takeUnkept() {
      const lines = unkept
      unkept = []
      hasRepair = false
      return lines
    },
  }
}
