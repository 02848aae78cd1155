import {
  devContainerName,
  holderName,
  keeperName,
  mounterName,
  projectName,
  sessionContainerName,
} from '../compose/names.ts'
import { t } from '../language/t.ts'
import type { Step } from './attach-step.ts'
import { type Attachment, filterText, portsText } from './attachment.ts'
import {
  containersOf,
  isRunning,
  type Observed,
  type ObservedContainer,
  ownerOfContainer,
  ownerOfProject,
} from './observed.ts'
import { lackingPublications, publishStep } from './plan-publish.ts'
import { removeOutdated, replaceable, sessionSteps } from './plan-session.ts'
import { assertFree, assertSame } from './refuse-attach.ts'
import { isOlder } from './schema.ts'
import type { AttachWish } from './wish.ts'

/** The names that this call uses, given who has which. */
export interface Names {
  readonly project: string
  readonly keeper: string
  readonly holder: string
  readonly session: string
  readonly devContainer: string
  readonly mounter: string
}

export interface AttachPlan {
  readonly names: Names
  readonly steps: readonly Step[]
}

export interface Situation {
  readonly observed: Observed
  readonly lacksTrafficManager: boolean
  /** The workload's pods all have a sidecar by now. */
  readonly hasOnlyAgents: boolean
  /** This call holds its lease already. */
  readonly holdsLease: boolean
}

/** Decides every step of a call. Throws PORT_TAKEN, ALREADY_ATTACHED, PROJECT_IN_USE or SESSION_DIFFERS. */
export function planAttach(wish: AttachWish, situation: Situation): AttachPlan {
  const names = nameAll(wish, situation.observed)
  const ours = containersOf(situation.observed, wish)
  const outdated = replaceable(ours, wish)
  const here = ours.filter(each => each.namespace === wish.namespace && !outdated.includes(each))
  const devContainers = here.filter(({ role, state }) => role === 'dev' && state === 'running')
  // Without its holder a dev container has no network any more; it is made anew.
  const holderRuns = here.some(container => container.role === 'holder' && isRunning(container))
  const running = devContainers.find(
    ({ attachment }) => holderRuns && attachment?.workload === wish.attachment.workload,
  )
  if (running !== undefined) assertSame(wish, running)
  else if (holderRuns) assertFree(wish, devContainers)
  const publications = lackingPublications(wish.publications, names.devContainer, situation.observed)
  const steps = [
    ...(situation.lacksTrafficManager ? [installTrafficManager(wish)] : []),
    ...(situation.holdsLease ? [] : leaseSteps(wish, ours, names)),
    ...outdated.map(removeOutdated),
    ...sessionSteps(wish, here, names.session),
    ...(running === undefined ? devContainerSteps(wish, situation, names) : joinSteps(wish, here, names)),
    ...(publications.length === 0 ? [] : [publishStep(publications)]),
    wish.isDetached ? leaveRunning(names, running !== undefined) : run(names, running !== undefined),
  ]
  return { names, steps }
}

/** The names of a call, which differ from the usual where somebody else has those. */
function nameAll(
  { workspacePath, environment, namespace, devProject, attachment }: AttachWish,
  observed: Observed,
): Names {
  const project = projectName(workspacePath, environment, ownerOfProject(observed))
  return {
    project,
    keeper: keeperName(project),
    holder: holderName(project, namespace),
    session: sessionContainerName({ workspacePath, environment, namespace }, ownerOfContainer(observed)),
    devContainer: devContainerName(project, namespace, devProject),
    mounter: mounterName(project, namespace, attachment.workload),
  }
}

function leaseSteps(
  { namespace }: AttachWish,
  ours: readonly ObservedContainer[],
  { keeper }: Names,
): readonly Step[] {
  const running = ours.find(container => container.role === 'keeper' && isRunning(container))
  const start: Step = {
    kind: 'start-keeper',
    name: t`Start the keeper ${keeper}`,
    because: t`something has to clean up, however this command ends`,
  }
  const take: Step = {
    kind: 'take-lease',
    name: t`Take a lease on namespace ${namespace}`,
    because: t`the keeper takes away what nobody holds`,
  }
  if (running === undefined) return [start, take]
  return isOlder(running) ? [removeOutdated(running), start, take] : [take]
}

function devContainerSteps(wish: AttachWish, situation: Situation, names: Names): readonly Step[] {
  const { workload } = wish.attachment
  return [
    attachStep(wish, situation),
    {
      kind: 'write-environment',
      name: t`Write ${workload}'s environment to its file`,
      because: t`it is copied for people who source it`,
    },
    ...volumeSteps(wish.attachment),
    {
      kind: 'start-dev-container',
      name: t`Start ${names.devContainer}`,
      because: t`project ${wish.devProject} runs in it`,
    },
  ]
}

function volumeSteps({ mount, workload }: Attachment): readonly Step[] {
  if (mount === undefined) return []
  if (mount === 'live') return [mountVolumes(workload)]
  return [
    {
      kind: 'copy-volumes',
      name: t`Copy the volumes of ${workload}`,
      because: t`the dev container is to have them, as they are now`,
    },
  ]
}

const mountVolumes = (workload: string): Step => ({
  kind: 'mount-volumes',
  name: t`Mount the volumes of ${workload}`,
  because: t`the dev container is to have them live; a container of its own gets the right to mount`,
})

/** Who only leaves it running has come for its attachment, which may be away. */
function joinSteps(
  { headers, attachment, isDetached }: AttachWish,
  here: readonly ObservedContainer[],
  { mounter }: Names,
): readonly Step[] {
  const isMounted = here.some(container => container.name === mounter && isRunning(container))
  const comparing = headers.length === 0 ? [] : [compareHeaders(attachment)]
  return [
    ...(isDetached ? [attachAgain(attachment)] : comparing),
    ...(attachment.mount === 'live' && !isMounted ? [mountVolumes(attachment.workload)] : []),
  ]
}

const attachAgain = ({ workload }: Attachment): Step => ({
  kind: 'attach-again',
  name: t`Attach ${workload} again`,
  because: t`its dev container runs already; what it still holds is left as it is`,
})

/** A label has the headers' names only, and with other values it would be another attachment. */
const compareHeaders = ({ workload }: Attachment): Step => ({
  kind: 'compare-headers',
  name: t`Compare the headers of ${workload}`,
  because: t`with other values it would be another attachment`,
})

function attachStep({ attachment }: AttachWish, { hasOnlyAgents }: Situation): Step {
  const { mode, workload } = attachment
  const filter = filterText(attachment)
  const which = filter === undefined ? workload : t`${workload} with ${filter}`
  const ports = portsText(attachment)
  const [name, because] = {
    replace: [
      t`Take the place of ${workload}`,
      t`its requests are to arrive at ${ports}, and its container is to stop`,
    ],
    intercept: [t`Take the requests of ${which}`, t`they are to arrive at ${ports}`],
    wiretap: [t`Copy the requests of ${which}`, t`the copies are to arrive at ${ports}`],
    ingest: [t`Ingest ${workload}`, t`its environment and network are wanted, and none of its requests`],
  }[mode]
  return { kind: 'attach', name: name ?? '', because: `${because}; ${agentText(attachment, hasOnlyAgents)}` }
}

/** What becomes of the pods. */
function agentText({ mode, agent }: Attachment, hasOnlyAgents: boolean): string {
  if (agent === 'node')
    return mode === 'ingest'
      ? t`a node agent does it, and no pod is started anew`
      : t`a node agent does it: no pod is started anew, but a busy one may refuse connections afterwards`
  if (mode === 'replace') return t`its pods are started anew without it`
  return hasOnlyAgents ? t`its pods have a sidecar already` : t`its pods are started anew, with a sidecar`
}

const installTrafficManager = ({ managerNamespace }: AttachWish): Step => ({
  kind: 'install-traffic-manager',
  name: t`Install the traffic-manager into namespace ${managerNamespace}`,
  because: t`the cluster has none`,
})

const leaveRunning = ({ devContainer }: Names, isJoining: boolean): Step => ({
  kind: 'leave-running',
  name: t`Leave ${devContainer} running`,
  because: isJoining ? JOINED : t`--detach was given`,
})

const run = ({ devContainer }: Names, isJoining: boolean): Step => ({
  kind: 'run',
  name: t`Open ${devContainer}`,
  because: isJoining ? JOINED : t`you are to work in it`,
})

const JOINED = t`it runs already, with the same workload, ports and project`
