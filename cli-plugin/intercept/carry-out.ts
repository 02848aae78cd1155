import { devContainerProject, devService } from '../../compose/dev-container.ts'
import { KEEPER_SERVICE, keeperProject } from '../../compose/keeper.ts'
import { type SessionInput, sessionProject, sessionService } from '../../compose/session.ts'
import { removeContainer, replaceService, startServices } from '../../session/commands/docker.ts'
import { attach } from '../../session/commands/telepresence.ts'
import type { Names, Step } from '../../session/plan-intercept.ts'
import type { Edges } from '../command.ts'
import { awaitArrival } from './await-arrival.ts'
import { devContainerInput, ownershipOf, sessionInput } from './compose-input.ts'
import { makeDirectories } from './directories.ts'
import { installTrafficManager } from './install-traffic-manager.ts'
import { type HeldLease, takeLease } from './lease.ts'
import { chooseNetwork } from './network.ts'
import type { InterceptOrder } from './order.ts'
import { runInDevContainer } from './run-in-dev-container.ts'
import { waitForSession } from './wait-for-session.ts'
import { writeEnvironment } from './write-environment.ts'

/** What the steps of one call hand on to each other. */
export interface Progress {
  lease?: HeldLease
  session?: SessionInput
  /** The pod's environment, as it goes into the dev container. Secret. */
  remote?: Readonly<Record<string, string>>
  reported?: Readonly<Record<string, string>>
  arrival?: Promise<boolean>
  exitCode?: number
  names?: Names
}

/** The lease could not be taken, or somebody else was faster: what is there has to be read again. */
export class WorldChanged extends Error {}

/** Carries out one step. Everything is decided already. */
export async function carryOut(step: Step, order: InterceptOrder, names: Names, progress: Progress, edges: Edges): Promise<void> {
  const { docker } = edges
  const { wish } = order
  switch (step.kind) {
    case 'install-traffic-manager':
      return installTrafficManager(order, edges)
    case 'start-keeper':
      return startKeeper(order, names, edges)
    case 'take-lease': {
      const startAgain = (): Promise<void> => startKeeper(order, names, { ...edges, docker: edges.dockerUncancelled })
      const lease = await takeLease({ keeper: names.keeper, namespace: wish.namespace, startKeeper: startAgain }, edges)
      if (lease === undefined) throw new WorldChanged('the keeper went away')
      progress.lease = lease
      return
    }
    case 'remove-container':
      return docker(removeContainer(step.container ?? ''))
    case 'start-session': {
      makeDirectories(order.environment, wish.namespace, order.kubeconfig.json, edges)
      const project = sessionProject(await sessionOf(order, names, progress, edges))
      return docker(startServices(project, Object.keys(project.services)))
    }
    case 'replace-session': {
      const project = sessionProject(await sessionOf(order, names, progress, edges))
      return docker(replaceService(project, sessionService(wish.namespace)))
    }
    case 'wait-for-session':
      return waitForSession(names.session, edges)
    case 'attach': {
      progress.lease?.add({ type: 'dev', devContainer: names.devContainer, sessionContainer: names.session, workload: wish.attachment.workload })
      const { environment } = await docker(attach(names.session, wish.attachment))
      progress.arrival = awaitArrival(order, names, edges)
      progress.reported = environment
      return
    }
    case 'write-environment':
      progress.remote = writeEnvironment(order, progress.reported ?? {}, edges)
      return
    case 'start-dev-container': {
      makeDirectories(order.environment, wish.namespace, order.kubeconfig.json, edges)
      const session = await sessionOf(order, names, progress, edges)
      const project = devContainerProject(devContainerInput(order, session, progress.remote ?? {}, edges))
      await docker(startServices(project, [devService(wish.namespace, wish.devProject)]))
      await tellArrival(order, progress, edges)
      return
    }
    case 'run':
      progress.lease?.add({ type: 'dev', devContainer: names.devContainer, sessionContainer: names.session, workload: wish.attachment.workload })
      progress.exitCode = await runInDevContainer(order, names, edges)
      return
    case 'leave-running':
      progress.exitCode = 0
  }
}

async function startKeeper(order: InterceptOrder, { project }: Names, edges: Edges): Promise<void> {
  const { runtimeImage: image, socketPath } = order.engine
  await edges.docker(startServices(keeperProject({ project, ownership: ownershipOf(order, edges), image, socketPath }), [KEEPER_SERVICE]))
}

async function sessionOf(order: InterceptOrder, names: Names, progress: Progress, edges: Edges): Promise<SessionInput> {
  progress.session ??= sessionInput(order, names, await chooseNetwork(order, names, edges), edges)
  return progress.session
}

async function tellArrival({ wish }: InterceptOrder, { arrival }: Progress, { emit }: Edges): Promise<void> {
  const { workload, ports } = wish.attachment
  const where = ports.map(({ local }) => local).join(', ')
  const arrives = await arrival
  emit({
    type: 'remark',
    message: arrives
      ? `Requests for ${workload} arrive here, on port ${where}.`
      : `Requests for ${workload} will arrive here, on port ${where}; a pod from before still answers some.`,
  })
}

