import { t } from '../../language/t.ts'
import { copyVolumes } from '../../session/commands/copy-volumes.ts'
import { readVolumes } from '../../session/commands/list-own.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import { runtimeImage } from '../version.ts'
import type { Call } from './call.ts'
import { userOf } from './compose-input.ts'

/** Copies what the agent serves of the remote container's volumes. Throws MOUNT_FAILED. */
export async function copyVolumesHere({ order, names, edges }: Call): Promise<void> {
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
