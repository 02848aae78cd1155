import { t } from '../../language/t.ts'
import type { AttachedWorkload } from '../../session/attached.ts'
import { readInside } from '../../session/commands/docker.ts'
import { readImage } from '../../session/commands/images.ts'
import { KdeTpError } from '../../session/errors.ts'
import { containersOf, listContainers } from '../../session/observed.ts'
import type { KeptPlace } from '../attach/compose-input.ts'
import { runInside } from '../attach/run-in-dev-container.ts'
import type { Edges } from '../command.ts'
import { leaseFromKeeper } from './keeper-lease.ts'

export interface ShellWish {
  readonly attached: AttachedWorkload
  readonly place: KeptPlace
  /** Instead of a shell. */
  readonly command: readonly string[] | undefined
  readonly asJson: boolean
}

/** A shell or a command in a dev container, which is kept for as long as it is open. Returns its exit code. */
export async function openShell(
  { attached, place, command, asJson }: ShellWish,
  edges: Edges,
): Promise<number> {
  const { devContainer, namespace, workload } = attached
  const sessionContainer = await sessionOf(place, namespace, edges)
  const wanted = { type: 'dev', devContainer, sessionContainer, workload } as const
  const lease = await leaseFromKeeper({ place, namespace, wanted }, edges)
  try {
    // Its last user may have left before the lease was granted.
    const inside = await edges.docker(readInside(devContainer))
    if (inside === undefined) throw gone(attached)
    const { entrypoint = [] } = (await edges.docker(readImage(inside.image))) ?? {}
    const { workingDirectory } = inside
    return await runInside({ devContainer, entrypoint, workingDirectory, command, asJson }, edges)
  } finally {
    await lease.farewell()
  }
}

async function sessionOf(place: KeptPlace, namespace: string, { docker }: Edges): Promise<string> {
  const here = containersOf(await docker(listContainers()), place)
  return here.find(({ role, ...each }) => role === 'session' && each.namespace === namespace)?.name ?? ''
}

const gone = ({ devContainer }: AttachedWorkload): KdeTpError =>
  new KdeTpError('NOT_ATTACHED', t`${devContainer} has ended in this moment.`)
