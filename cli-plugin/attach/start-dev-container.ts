import { devContainerProject, devService } from '../../compose/dev-container.ts'
import type { ComposeProject } from '../../compose/project.ts'
import { startServicesLater } from '../../session/commands/docker.ts'
import type { Call, WaitingCompose } from './call.ts'
import { devContainerInput } from './compose-input.ts'
import { makeDirectories } from './make-directories.ts'
import { sessionOf } from './start-session.ts'
import { tellArrival } from './tell-arrival.ts'

/** Compose takes a while to come up; it may do so while the environment is waited for. */
export function callCompose({ order: { wish }, names, edges: { docker } }: Call): WaitingCompose {
  const project = Promise.withResolvers<ComposeProject | undefined>()
  const service = devService(wish.namespace, wish.devProject)
  const ended = docker(startServicesLater(names.project, project.promise, [service]))
  // Awaited once it was told; one that was given up may fail.
  ended.catch(() => undefined)
  return { start: project.resolve, giveUp: () => project.resolve(undefined), ended }
}

export async function startDevContainer(call: Call): Promise<void> {
  const session = await sessionOf(call)
  makeDirectories(call, session)
  const compose = call.progress.compose ?? callCompose(call)
  compose.start(devContainerProject(devContainerInput(call, session, call.progress.remote ?? {})))
  await compose.ended
  await tellArrival(call)
}
