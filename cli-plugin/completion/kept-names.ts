import { createHash } from 'node:crypto'
import type { Environment } from '../../workspace/environment.ts'
import { cacheDirectory, keepInCache } from '../cache.ts'
import type { Edges } from '../command.ts'

/** Milliseconds for which names are taken to be right. */
const FRESH = 60_000

interface Kept {
  readonly at: number
  readonly names: readonly string[]
}

/** The names of a namespace's workloads, or of the namespaces, for a shell that completes them in the next minute. */
export function keepNames(
  environment: Environment,
  namespace: string | undefined,
  names: readonly string[],
  edges: Edges,
): void {
  const kept: Kept = { at: edges.now(), names }
  keepInCache(pathOf(environment, namespace, edges), kept, edges)
}

/** Undefined where there are none, or they are too old. */
export function readKeptNames(
  environment: Environment,
  namespace: string | undefined,
  edges: Edges,
): readonly string[] | undefined {
  const text = edges.files.readText(pathOf(environment, namespace, edges))
  if (text === undefined) return undefined
  const { at, names } = JSON.parse(text) as Kept
  return edges.now() - at <= FRESH ? names : undefined
}

const pathOf = (environment: Environment, namespace: string | undefined, edges: Edges): string =>
  `${directoryOf(environment, edges)}/${namespace === undefined ? 'namespaces' : `workloads-${namespace}`}.json`

function directoryOf({ workspacePath, name }: Environment, edges: Edges): string {
  const place = createHash('sha256').update(`${workspacePath}\n${name}`).digest('hex').slice(0, 16)
  return `${cacheDirectory(edges)}/names/${place}`
}
