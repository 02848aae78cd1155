import type { Step, StepKind } from '../../session/attach-step.ts'
import { removeContainer } from '../../session/commands/docker.ts'
import { attachAgain, attachWorkload } from './attach-workload.ts'
import type { Call } from './call.ts'
import { compareHeaders } from './compare-headers.ts'
import { copyVolumesHere } from './copy-volumes.ts'
import { installTrafficManager } from './install-traffic-manager.ts'
import { mountVolumesHere } from './mount-volumes.ts'
import { publishPorts } from './publish.ts'
import { runInDevContainer } from './run-in-dev-container.ts'
import { startDevContainer } from './start-dev-container.ts'
import { startKeeper, takeLeaseOnNamespace } from './start-keeper.ts'
import { replaceSession, startSession } from './start-session.ts'
import { waitForSession } from './wait-for-session.ts'
import { writeEnvironment } from './write-environment.ts'

type Act = (call: Call, step: Step) => Promise<void>

const acts: Readonly<Record<StepKind, Act>> = {
  'install-traffic-manager': installTrafficManager,
  'start-keeper': startKeeper,
  'take-lease': takeLeaseOnNamespace,
  'remove-container': ({ edges }, { container }) => edges.docker(removeContainer(container ?? '')),
  'start-session': startSession,
  'replace-session': replaceSession,
  'wait-for-session': waitForSession,
  'compare-headers': compareHeaders,
  attach: attachWorkload,
  'attach-again': attachAgain,
  'write-environment': writeEnvironment,
  'copy-volumes': copyVolumesHere,
  'mount-volumes': mountVolumesHere,
  'start-dev-container': startDevContainer,
  publish: publishPorts,
  run: runInDevContainer,
  'leave-running': async () => undefined,
}

/** Carries out one step. Everything is decided already. */
export const carryOut = (step: Step, call: Call): Promise<void> => acts[step.kind](call, step)
