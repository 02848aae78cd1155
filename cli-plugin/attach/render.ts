import { devContainerProject } from '../../compose/dev-container.ts'
import { keeperProject } from '../../compose/keeper.ts'
import { mounterProject } from '../../compose/mounter.ts'
import type { ComposeProject } from '../../compose/project.ts'
import { publisherProject } from '../../compose/publisher.ts'
import { sessionProject } from '../../compose/session.ts'
import { masked } from '../../session/variables-output.ts'
import type { Edges } from '../command.ts'
import { plan } from './attach.ts'
import type { Call } from './call.ts'
import { devContainerInput, keeperInput } from './compose-input.ts'
import { mounterInput } from './mount-volumes.ts'
import type { AttachOrder } from './order.ts'
import { publisherInput } from './publish.ts'
import { sessionOf } from './start-session.ts'

/** All that an order would bring up, as one Compose project. Variables have their names, and no values. */
export async function render(order: AttachOrder, edges: Edges): Promise<ComposeProject> {
  const call: Call = { order, names: plan(order).names, edges, progress: {} }
  const { wish, engine, target } = order
  const session = await sessionOf(call)
  const declared = target.workload.containers.flatMap(container => container.declared)
  const remote = Object.fromEntries(declared.map(name => [name, '']))
  const dev = devContainerInput(call, session, remote)
  return merge([
    keeperProject(keeperInput({ ...wish, project: call.names.project }, engine, edges)),
    sessionProject(session),
    devContainerProject({ ...dev, variables: masked(dev.variables) }),
    ...(wish.attachment.mount === 'live' ? [mounterProject(mounterInput(call, UNKNOWN))] : []),
    ...(wish.publications.length === 0 ? [] : [publisherProject(await publisherInput(call))]),
  ])
}

/** Which pod serves the volumes is known only when it is attached. */
const UNKNOWN = { host: '', port: '', directory: '' } as const

/** Parts of one project; what several of them have is the same in each. */
const merge = (parts: readonly ComposeProject[]): ComposeProject => ({
  name: parts[0]?.name ?? '',
  services: Object.assign({}, ...parts.map(({ services }) => services)),
  networks: Object.assign({}, ...parts.map(({ networks }) => networks).toReversed()),
  volumes: Object.assign({}, ...parts.map(({ volumes }) => volumes)),
})
