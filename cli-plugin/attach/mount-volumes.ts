import type { MounterInput } from '../../compose/mounter.ts'
import { t } from '../../language/t.ts'
import { removeContainer } from '../../session/commands/docker.ts'
import { readVolumes } from '../../session/commands/list-own.ts'
import { unmountVolumes } from '../../session/commands/mount-volumes.ts'
import { assertMountsLive, isMountPoint } from '../../session/judge-mounts.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import type { CheckedEngine } from '../surroundings/check-engine.ts'
import { runtimeImage } from '../version.ts'
import type { Call } from './call.ts'
import { ownershipOf, userOf } from './compose-input.ts'
import { makeMountDirectories } from './make-directories.ts'
import { startMounter } from './start-mounter.ts'

/** Of this computer; elsewhere there is none. */
export const MOUNTS = '/proc/self/mountinfo'

/** Throws ENGINE_UNSUPPORTED where only a copy can be had. */
export function checkMountsLive(environment: Environment, engine: CheckedEngine, { files }: Edges): void {
  const directory = directoriesOf(environment).remoteMounts
  assertMountsLive({ ...engine, directory, mounts: files.readText(MOUNTS) })
}

/** Shows what the agent serves of the remote container's volumes, for as long as the dev container is there. Throws MOUNT_FAILED. */
export async function mountVolumesHere(call: Call): Promise<void> {
  makeMountDirectories(call)
  const { order, names, edges } = call
  const { namespace, attachment } = order.wish
  const { workload } = attachment
  const directory = directoriesOf(order.environment).remoteMount(namespace, workload)
  const volumes = await edges.docker(readVolumes(names.session, workload))
  if (volumes === undefined) {
    edges.emit({ type: 'remark', message: t`The container of "${workload}" has no volumes to mount.` })
    return
  }
  await removeLeftover(call, directory)
  edges.files.makeDirectory(directory, 0o700)
  await startMounter(mounterInput(call, volumes), edges)
}

/** Of a mounter that was killed or removed by somebody. */
async function removeLeftover({ names, edges }: Call, directory: string): Promise<void> {
  await edges.docker(removeContainer(names.mounter))
  if (isMountPoint(directory, edges.files.readText(MOUNTS) ?? ''))
    await edges.docker(unmountVolumes(runtimeImage(edges.environment), directory))
}

/** What a mounter of a call is made of. */
export function mounterInput({ order, names, edges }: Call, volumes: MounterInput['volumes']): MounterInput {
  const { namespace, attachment } = order.wish
  const { workload } = attachment
  const { userId, groupId } = userOf(order, edges)
  const { project, holder, devContainer } = names
  return {
    ...{ project, holder, devContainer, namespace, workload, volumes },
    directory: directoriesOf(order.environment).remoteMount(namespace, workload),
    ownership: ownershipOf(order, edges),
    image: runtimeImage(edges.environment),
    user: `${userId}:${groupId}`,
  }
}
