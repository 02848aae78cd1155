import { t } from '../../language/t.ts'
import type { AttachedWorkload } from '../../session/attached.ts'
import { readInside } from '../../session/commands/docker.ts'
import { readImage } from '../../session/commands/images.ts'
import { KdeTpError } from '../../session/errors.ts'
import { catchUp, followAttachment } from '../attach/follow-attachment.ts'
import { renewCredentialNow } from '../attach/renew-credential.ts'
import { type RunMarked, runInside } from '../attach/run-in-dev-container.ts'
import type { Edges } from '../command.ts'
import type { RunningDevContainer } from './choose-running.ts'
import { leaseOnDevContainer } from './keeper-lease.ts'

export interface ShellWish extends RunningDevContainer {
  /** Instead of a shell. */
  readonly command: readonly string[] | undefined
  readonly asJson: boolean
}

/** A shell or a command in a dev container, which is kept for as long as it is open. Returns its exit code. */
export async function openShell(
  { command, asJson, ...running }: ShellWish,
  edges: Edges,
  run?: RunMarked,
): Promise<number> {
  const { attached, environment, place } = running
  const { devContainer } = attached
  const over = new AbortController()
  const lease = await leaseOnDevContainer(running, edges)
  try {
    // Its last user may have left before the lease was granted.
    const inside = await edges.docker(readInside(devContainer))
    if (inside === undefined) throw gone(attached)
    const { entrypoint = [] } = (await edges.docker(readImage(inside.image))) ?? {}
    const { workingDirectory } = inside
    const { namespace, workload } = attached
    const renewed = { environment, namespace, workload, devContainer, session: running.session?.name ?? '' }
    const renewal = await catchUp(renewed, edges)
    void followAttachment(renewed, over.signal, edges)
    await renewCredentialNow({ environment, project: place.project }, over.signal, edges)
    return await runInside(
      { devContainer, entrypoint, workingDirectory, command, renewal, asJson },
      edges,
      run,
    )
  } finally {
    over.abort()
    await lease.farewell()
  }
}

const gone = ({ devContainer }: AttachedWorkload): KdeTpError =>
  new KdeTpError('NOT_ATTACHED', t`${devContainer} has ended in this moment.`)
