import type { Ownership } from '../../compose/labels.ts'
import type { ComposeProject } from '../../compose/project.ts'
import { type PublisherInput, publisherProject } from '../../compose/publisher.ts'
import { t } from '../../language/t.ts'
import type { Step } from '../../session/attach-step.ts'
import { removeContainer, removeNamed, startProject } from '../../session/commands/docker.ts'
import { KdeTpError } from '../../session/errors.ts'
import { hostPortTaken } from '../../session/plan-publish.ts'
import { hostAddress, type Publication, publicationText } from '../../session/publication.ts'
import type { Edges } from '../command.ts'
import { runtimeImage } from '../version.ts'
import type { Call } from './call.ts'
import { ownershipOf } from './compose-input.ts'
import { sessionOf } from './start-session.ts'

export interface PublishWish {
  readonly project: string
  readonly ownership: Ownership
  readonly namespace: string
  readonly holder: string
  readonly devContainer: string
  readonly network: string
  readonly publications: readonly Publication[]
}

/** Makes ports of a dev container reachable from the host. Throws PORT_TAKEN. */
export async function publish(wish: PublishWish, edges: Edges): Promise<void> {
  const project = publisherProject(toInput(wish, edges))
  try {
    await edges.docker(startProject(project))
  } catch (error) {
    await removeAll(project, edges)
    throw isTaken(error) ? hostPortTaken(wish.publications, error.detail ?? '') : error
  }
}

/** Docker makes a container before it finds that the port is taken. */
async function removeAll({ services, volumes = {} }: ComposeProject, edges: Edges): Promise<void> {
  const containers = Object.values(services).map(service => service.container_name)
  await Promise.all(containers.map(name => edges.dockerUncancelled(removeContainer(name))))
  const names = Object.values(volumes).map(({ name }) => name)
  await Promise.all(names.map(name => edges.dockerUncancelled(removeNamed('volume', name))))
}

/** The words of engines on Linux, and of Docker Desktop. */
const isTaken = (error: unknown): error is KdeTpError =>
  error instanceof KdeTpError &&
  /port is already allocated|address already in use|ports are not available/i.test(error.detail ?? '')

export async function publishPorts(call: Call, { publications = [] }: Step): Promise<void> {
  await publish({ ...(await placeOf(call)), publications }, call.edges)
  tellPublished(publications, call.edges)
}

async function placeOf(call: Call): Promise<Omit<PublishWish, 'publications'>> {
  const { order, names, edges } = call
  const { network } = await sessionOf(call)
  const { project, holder, devContainer } = names
  const { namespace } = order.wish
  return {
    project,
    ownership: ownershipOf(order, edges),
    namespace,
    holder,
    devContainer,
    network: network.name,
  }
}

/** Of all that a call wishes. */
export const publisherInput = async (call: Call): Promise<PublisherInput> =>
  toInput({ ...(await placeOf(call)), publications: call.order.wish.publications }, call.edges)

const toInput = (wish: PublishWish, { environment }: Edges): PublisherInput => ({
  ...wish,
  publications: wish.publications.map(each => ({ ...each, text: publicationText(each) })),
  image: runtimeImage(environment),
})

export function tellPublished(publications: readonly Publication[], { emit }: Edges): void {
  for (const publication of publications) {
    const address = hostAddress(publication)
    emit({ type: 'remark', message: t`${address} leads to port ${publication.port} of the dev container.` })
  }
}
