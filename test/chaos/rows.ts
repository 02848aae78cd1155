import type { Row } from './row.ts'
import { commandDies, devContainerDies, shellExits } from './rows/leaving.ts'
import { daemonDies, personEndsSession, sessionDies } from './rows/session.ts'

/** The table, in the order in which it is played. */
export const rows: readonly Row[] = [
  shellExits,
  commandDies,
  devContainerDies,
  daemonDies,
  sessionDies,
  personEndsSession,
]
