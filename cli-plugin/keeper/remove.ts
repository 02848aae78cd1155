import { LABEL } from '../../compose/labels.ts'
import { listByLabel, removeContainer, removeNamed, stopContainer } from '../../session/commands/docker.ts'
import { readEndings } from '../../session/commands/keeping.ts'
import { readMounted, unmountVolumes } from '../../session/commands/mount-volumes.ts'
import { readSession, releaseSession } from '../../session/commands/release-session.ts'
import { removeRunFiles } from '../../session/commands/remove-run-files.ts'
import type { Ending } from '../../session/keeper-world.ts'
import type { ObservedContainer } from '../../session/observed.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import type { Edges } from '../command.ts'
import type { Leases } from './leases.ts'
import type { KeeperLog } from './log.ts'
import { filtersOf, type KeptContainers, observe } from './read-world.ts'
import type { Retries } from './retries.ts'

export interface Kept extends KeptContainers {
  /** Its own image. */
  readonly image: string
  /** The environment's `.telepresence` on the host, and `uid:gid` of the person whose it is. */
  readonly filesDirectory: string
  readonly user: string
}

export interface Keeping extends Kept {
  readonly leases: Leases
  /** All that it has seen so far. */
  readonly namespaces: Set<string>
  readonly retries: Retries
  readonly log: KeeperLog
}

/** Longer than Telepresence takes to quit. */
const STOP_SECONDS = 20
/** Where the agent does not answer any more, it never does. */
const UNMOUNT_SECONDS = 3

export async function removeNamespace(
  namespace: string,
  kept: Kept,
  edges: Edges,
  observed?: readonly ObservedContainer[],
): Promise<void> {
  const all = observed ?? (await observe(kept, edges))
  const containers = all.filter(container => container.namespace === namespace)
  await removeMounts(containers, containers.flatMap(mountedBy), kept, edges)
  // The session before the others: it quits in order, and it needs the holder's network for that.
  const sessions = containers.filter(({ role }) => role === 'session')
  const holder = containers.find(({ role }) => role === 'holder')
  for (const session of sessions) await endSession(session, holder, edges)
  await Promise.all(containers.map(({ id }) => edges.docker(removeContainer(id))))
  await removeAll('volume', [...filtersOf(kept), `label=${LABEL.namespace}=${namespace}`], edges)
}

const mountedBy = ({ namespace, attachment }: ObservedContainer): readonly Mounted[] =>
  namespace !== undefined && attachment?.mount === 'live'
    ? [{ namespace, workload: attachment.workload }]
    : []

/**
 * A publisher's volume has its name; an inlet and a mounter have none of their own. What is mounted for the attachments is
 * unmounted, also where others have removed its mounter.
 */
export async function removePublishers(
  publishers: readonly string[],
  mounted: readonly Mounted[],
  kept: Kept,
  edges: Edges,
): Promise<void> {
  if (publishers.length === 0 && mounted.length === 0) return
  const { docker } = edges
  const containers = await observe(kept, edges)
  await removeMounts(
    containers.filter(({ name }) => publishers.includes(name)),
    mounted,
    kept,
    edges,
  )
  await Promise.all(publishers.map(name => docker(removeContainer(name))))
  const volumes = await docker(listByLabel('volume', filtersOf(kept)))
  const theirs = volumes.filter(name => publishers.includes(name))
  await Promise.all(theirs.map(name => docker(removeNamed('volume', name))))
}

/** Live volumes of a workload. */
export interface Mounted {
  readonly namespace: string
  readonly workload: string
}

/** A mounter unmounts when it is asked to end, and what one that was killed has left is unmounted for it. */
async function removeMounts(
  containers: readonly ObservedContainer[],
  mounted: readonly Mounted[],
  kept: Kept,
  { docker }: Edges,
): Promise<void> {
  const { remoteMount } = directoriesOf(kept)
  const directories = new Set(mounted.map(({ namespace, workload }) => remoteMount(namespace, workload)))
  for (const { id } of containers.filter(({ role }) => role === 'mounter')) {
    const directory = await docker(readMounted(id))
    if (directory !== undefined) directories.add(directory)
    await docker(stopContainer(id, UNMOUNT_SECONDS))
    await docker(removeContainer(id))
  }
  for (const directory of directories) await docker(unmountVolumes(kept.image, directory))
}

/** One that does not quit in order leaves its attachments to the cluster for a day, so another one ends them. */
async function endSession(
  { id }: ObservedContainer,
  holder: ObservedContainer | undefined,
  { docker }: Edges,
): Promise<void> {
  await docker(stopContainer(id, STOP_SECONDS))
  const ids = [id, ...(holder === undefined ? [] : [holder.id])]
  if (hasQuitInOrder(id, holder, await docker(readEndings(ids)))) return
  const stopped = await docker(readSession(id))
  if (stopped !== undefined) await docker(releaseSession(stopped)).catch(() => undefined)
}

/** It had a network to tell the cluster by, to its end. */
function hasQuitInOrder(
  session: string,
  holder: ObservedContainer | undefined,
  ended: ReadonlyMap<string, Ending>,
): boolean {
  const { exitCode, at = 0 } = ended.get(session) ?? {}
  return exitCode === 0 && holder !== undefined && (ended.get(holder.id)?.at ?? at) >= at
}

/** Everything, whoever uses it: their leases are revoked first, so that nobody makes anything of it anew. */
export async function endAll(because: string, kept: Keeping, edges: Edges): Promise<void> {
  await kept.leases.revoke()
  const containers = await observe(kept, edges)
  const devContainers = containers.filter(({ role }) => role === 'dev')
  const namespaces = new Set(containers.flatMap(({ namespace }) => namespace ?? []))
  await Promise.all([
    ...devContainers.map(({ id }) => edges.docker(removeContainer(id))),
    ...[...namespaces].map(namespace => removeNamespace(namespace, kept, edges, containers)),
  ])
  for (const namespace of namespaces)
    kept.log.tell({ namespace, kind: 'removed', what: 'all of it', because })
  await removeAll('volume', filtersOf(kept), edges)
  await leave(because, kept, edges)
}

/** Files and networks, then the keeper: its container ends this process. */
export async function leave(because: string, kept: Keeping, edges: Edges): Promise<void> {
  kept.log.tell({ kind: 'left', what: 'the keeper', because })
  const lines = kept.log.takeUnkept()
  const files = edges.docker(removeRunFiles({ ...kept, namespaces: [...kept.namespaces], lines }))
  await Promise.all([files, removeAll('network', filtersOf(kept), edges)])
  await edges.docker(removeContainer(kept.name))
}

async function removeAll(
  kind: 'network' | 'volume',
  filters: readonly string[],
  { docker }: Edges,
): Promise<void> {
  for (const name of await docker(listByLabel(kind, filters))) await docker(removeNamed(kind, name))
}
