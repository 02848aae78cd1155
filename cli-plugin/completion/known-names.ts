import { LABEL } from '../../compose/labels.ts'
import { containersOf, isRunning, listContainers } from '../../session/observed.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import { askListing, lookFromSession } from '../surroundings/look.ts'
import { readEnvironment } from '../surroundings/read-workspace.ts'
import { keepNames, readKeptNames } from './kept-names.ts'

/** A person waits for each letter, so a session that takes longer is not waited for. */
const PATIENCE = 1500

/**
 * The workloads of a namespace, or without one the namespaces: those that were seen in the last minute, else those that a
 * running session sees. Nothing is started for it. Throws what is wrong with workspace or engine.
 */
export async function knownNames(
  place: { readonly workspace?: string; readonly environment?: string },
  namespace: string | undefined,
  edges: Edges,
): Promise<readonly string[]> {
  const environment = readEnvironment(place, edges)
  const kept = readKeptNames(environment, namespace, edges)
  if (kept !== undefined) return kept
  const tooLate = edges.sleep(PATIENCE).then(() => undefined)
  const seen = await Promise.race([lookThroughSession(environment, namespace, edges), tooLate])
  if (seen !== undefined) keepNames(environment, namespace, seen, edges)
  return seen ?? []
}

async function lookThroughSession(
  { workspacePath, name, managerNamespace }: Environment,
  namespace: string | undefined,
  { docker }: Edges,
): Promise<readonly string[] | undefined> {
  const observed = await docker(listContainers([`label=${LABEL.role}=session`]))
  const session = containersOf(observed, { workspacePath, environment: name }).find(isRunning)
  if (session === undefined) return undefined
  const answer = await docker(lookFromSession(session.name, askListing({ namespace, managerNamespace })))
  if (answer?.kind !== 'facts') return undefined
  return namespace === undefined ? answer.facts.namespaces : answer.facts.workloads.map(({ name }) => name)
}
