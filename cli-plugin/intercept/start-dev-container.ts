import { devContainerProject, devService } from '../../compose/dev-container.ts'
import { startServices } from '../../session/commands/docker.ts'
import type { Call } from './call.ts'
import { devContainerInput } from './compose-input.ts'
import { makeDirectories } from './directories.ts'
import { sessionOf } from './start-session.ts'

export async function startDevContainer(call: Call): Promise<void> {
  const session = await sessionOf(call)
  makeDirectories(call, session)
  const { namespace, devProject } = call.order.wish
  const input = devContainerInput(call, session, call.progress.remote ?? {})
  await call.edges.docker(startServices(devContainerProject(input), [devService(namespace, devProject)]))
  await tellArrival(call)
}

async function tellArrival({ order, edges, progress }: Call): Promise<void> {
  const { workload, ports } = order.wish.attachment
  const where = `on port ${ports.map(({ local }) => local).join(', ')}`
  const message = (await progress.arrival)
    ? `Requests for ${workload} arrive here, ${where}.`
    : `Requests for ${workload} will arrive here, ${where}; a pod from before still answers some.`
  edges.emit({ type: 'remark', message })
}
