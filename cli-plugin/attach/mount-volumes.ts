import { mounterProject, mounterService } from '../../compose/mounter.ts'
import { t } from '../../language/t.ts'
import { readLogs, removeContainer, startServices } from '../../session/commands/docker.ts'
import { mountFailed, unmountVolumes, waitUntilMounted } from '../../session/commands/mount-volumes.ts'
import { readVolumes, type ServedVolumes } from '../../session/commands/telepresence.ts'
import { KdeTpError } from '../../session/errors.ts'
import { assertMountsLive, isMountPoint } from '../../session/judge-mounts.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import type { CheckedEngine } from '../surroundings/check-engine.ts'
import { runtimeImage } from '../version.ts'
import type { Call } from './call.ts'
import { ownershipOf, userOf } from './compose-input.ts'

const MOUNTS = '/proc/self/mountinfo'

/** Throws ENGINE_UNSUPPORTED where only a copy can be had. */
export function checkMountsLive(environment: Environment, engine: CheckedEngine, { files }: Edges): void {
  const directory = directoriesOf(environment).remoteMounts
  assertMountsLive({ ...engine, directory, mounts: files.readText(MOUNTS) })
}

/** Shows what the agent serves of the remote container's volumes, for as long as the dev container is there. Throws MOUNT_FAILED. */
export async function mountVolumesHere(call: Call): Promise<void> {
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
  await mount(call, directory, volumes)
}

/** Of a mounter that was killed or removed by somebody. */
async function removeLeftover({ names, edges }: Call, directory: string): Promise<void> {
  await edges.docker(removeContainer(names.mounter))
  if (isMountPoint(directory, edges.files.readText(MOUNTS) ?? ''))
    await edges.docker(unmountVolumes(runtimeImage(edges.environment), directory))
}

async function mount(call: Call, directory: string, volumes: ServedVolumes): Promise<void> {
  const { order, names, edges } = call
  const { namespace, attachment } = order.wish
  const { workload } = attachment
  const { userId, groupId } = userOf(order, edges)
  const { project, holder, devContainer, mounter } = names
  const services = mounterProject({
    ...{ project, holder, devContainer, namespace, workload, directory, volumes },
    ownership: ownershipOf(order, edges),
    image: runtimeImage(edges.environment),
    user: `${userId}:${groupId}`,
  })
  try {
    await edges.docker(startServices(services, [mounterService(namespace, workload)]))
  } catch (error) {
    throw isAboutFuse(error) ? mountFailed(workload, error.detail ?? '') : error
  }
  await edges.docker(waitUntilMounted(mounter, workload)).catch(async error => {
    throw mountFailed(workload, (await edges.docker(readLogs(mounter, 20))) || String(error.detail))
  })
}

/** An engine whose kernel has no /dev/fuse. */
const isAboutFuse = (error: unknown): error is KdeTpError =>
  error instanceof KdeTpError && /\/dev\/fuse/.test(error.detail ?? '')
