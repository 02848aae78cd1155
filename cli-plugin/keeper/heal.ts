import { holderName, mounterName } from '../../compose/names.ts'
import { sessionProject } from '../../compose/session.ts'
import type { SessionInput } from '../../compose/session-input.ts'
import { removeContainer, startProject } from '../../session/commands/docker.ts'
import { readSessionInput, startContainer } from '../../session/commands/keeping.ts'
import { readVolumes } from '../../session/commands/list-own.ts'
import { unmountVolumes } from '../../session/commands/mount-volumes.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Deed } from '../../session/happening.ts'
import { deedOf, nameOf } from '../../session/keeper-step.ts'
import { type HealingStep, targetOf } from '../../session/plan-healing.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import { startMounter } from '../attach/start-mounter.ts'
import type { Edges } from '../command.ts'
import type { Keeping } from './remove.ts'

/** A session is back by itself once the cluster answers, which wakes nobody here. */
const LONGEST_PAUSE_OF_MOUNTS = 20_000

/** Starts or makes what is wanted. What fails is said, and tried again later. */
export async function heal(step: HealingStep, kept: Keeping, edges: Edges): Promise<void> {
  const { retries, log } = kept
  const target = targetOf(step)
  try {
    if (!(await bringBack(step, kept, edges))) return retries.failed(target)
    retries.succeeded(target)
    log.tell(deedOf(step))
  } catch (error) {
    retries.failed(target, step.kind === 'mount-volumes' ? LONGEST_PAUSE_OF_MOUNTS : undefined)
    log.tell(failureOf(step, error))
  }
}

const failureOf = (step: HealingStep, error: unknown): Deed => ({
  namespace: step.namespace,
  kind: 'repair-failed',
  what: nameOf(step),
  because: whyNot(error),
})

/** With the engine's own last word. */
function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const detail = error instanceof KdeTpError ? error.detail?.trim().split('\n').at(-1) : undefined
  return detail === undefined ? error.message : `${error.message} ${detail}`
}

/** A session takes up its attachments by what lies in its cache. False where there is nothing to bring back by now. */
async function bringBack(step: HealingStep, kept: Keeping, { docker }: Edges): Promise<boolean> {
  if (step.kind === 'start') {
    await docker(startContainer(step.container))
    return true
  }
  const input = await docker(readSessionInput(step.devContainer))
  if (input === undefined) throw new Error(`${step.devContainer} has no label that says what to make it of`)
  if (step.kind === 'mount-volumes') return mountAgain(step, input, kept, docker)
  await docker(startProject(sessionProject(input)))
  return true
}

/** From the pod that serves them now. A mounter that was killed has left its mount, which nobody can use. */
async function mountAgain(
  { namespace, workload, devContainer }: Extract<HealingStep, { kind: 'mount-volumes' }>,
  { project, ownership, image, containerName }: SessionInput,
  kept: Keeping,
  docker: Edges['docker'],
): Promise<boolean> {
  const volumes = await docker(readVolumes(containerName, workload))
  // A container may have none at all, and an attachment that is away has none now.
  if (volumes === undefined) return false
  const directory = directoriesOf(kept).remoteMount(namespace, workload)
  await docker(removeContainer(mounterName(project, namespace, workload)))
  await docker(unmountVolumes(image, directory))
  const holder = holderName(project, namespace)
  const { user } = kept
  await startMounter(
    { project, ownership, namespace, workload, image, holder, devContainer, volumes, directory, user },
    { docker },
  )
  return true
}
