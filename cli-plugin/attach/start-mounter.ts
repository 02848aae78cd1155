import { type MounterInput, mounterProject } from '../../compose/mounter.ts'
import { mounterName } from '../../compose/names.ts'
import { readLogs, startProject } from '../../session/commands/docker.ts'
import { mountFailed, waitUntilMounted } from '../../session/commands/mount-volumes.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Edges } from '../command.ts'

/** Returns once the volumes are mounted. Throws MOUNT_FAILED. */
export async function startMounter(input: MounterInput, { docker }: Pick<Edges, 'docker'>): Promise<void> {
  const { project, namespace, workload } = input
  const mounter = mounterName(project, namespace, workload)
  try {
    await docker(startProject(mounterProject(input)))
  } catch (error) {
    throw isAboutFuse(error) ? mountFailed(workload, error.detail ?? '') : error
  }
  await docker(waitUntilMounted(mounter, workload)).catch(async error => {
    throw mountFailed(workload, (await docker(readLogs(mounter, 20))) || String(error.detail))
  })
}

/** An engine whose kernel has no /dev/fuse. */
const isAboutFuse = (error: unknown): error is KdeTpError =>
  error instanceof KdeTpError && /\/dev\/fuse/.test(error.detail ?? '')
