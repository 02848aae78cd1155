import { t } from '../../language/t.ts'
import { copyVolumes } from '../../session/commands/copy-volumes.ts'
import { readVolumes } from '../../session/commands/list-own.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import { runtimeImage } from '../version.ts'
import type { Call } from './call.ts'
import { userOf } from './compose-input.ts'
import { makeMountDirectories } from './make-directories.ts'

/** Copies what the agent serves of the remote container's volumes. Throws MOUNT_FAILED. */
export async function copyVolumesHere(call: Call): Promise<void> {
  makeMountDirectories(call)
  const { order, names, edges } = call
  const { wish, environment } = order
  const { workload } = wish.attachment
  const { userId, groupId } = userOf(order, edges)
  const directory = directoriesOf(environment).remoteMount(wish.namespace, workload)
  const volumes = await edges.docker(readVolumes(names.session, workload))
  if (volumes === undefined) {
    edges.emit({ type: 'remark', message: t`The container of "${workload}" has no volumes to copy.` })
    return
  }
  await edges.docker(
    copyVolumes({
      ...{ workload, volumes, directory },
      image: runtimeImage(edges.environment),
      holder: names.holder,
      user: `${userId}:${groupId}`,
    }),
  )
}
