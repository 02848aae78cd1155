import type { Row } from './row.ts'
import { environmentChanges, managerAway, managerReplaced, workloadChanges } from './rows/cluster.ts'
import { manyCommands, projectLeaves } from './rows/crowd.ts'
import { damage } from './rows/damage.ts'
import { keeperDies } from './rows/keeper.ts'
import { commandDies, devContainerDies, shellExits } from './rows/leaving.ts'
import { daemonDies, personEndsSession, sessionDies } from './rows/session.ts'
import { takenMeanwhile } from './rows/taken.ts'
import { managerUpgraded } from './rows/upgrade.ts'
import { asleep, cutOffLong, cutOffShortly, engineRestarts, powerLost } from './rows/workstation.ts'

/** The table, in the order in which it is played. */
export const rows: readonly Row[] = [
  shellExits,
  commandDies,
  devContainerDies,
  daemonDies,
  sessionDies,
  personEndsSession,
  managerReplaced,
  managerAway,
  managerUpgraded,
  workloadChanges,
  environmentChanges,
  keeperDies,
  manyCommands,
  projectLeaves,
  cutOffShortly,
  cutOffLong,
  asleep,
  engineRestarts,
  powerLost,
  damage,
  takenMeanwhile,
]
