import { assertNamespace } from '../../session/judge-facts.ts'
import { assertListable, type ListedWorkload, type NamespaceFacts, toListing } from '../../session/listing.ts'
import { containersOf, type Observed } from '../../session/observed.ts'
import type { Environment } from '../../workspace/environment.ts'
import { askMissing } from '../attach/ask.ts'
import type { Edges } from '../command.ts'
import type { Looker } from '../surroundings/looker.ts'
import { keyOf } from '../surroundings/read-workspace.ts'

export interface Listing {
  readonly namespace: string
  readonly facts: NamespaceFacts
  readonly workloads: ListedWorkload[]
}

/**
 * The workloads of a namespace, with who holds them; a namespace that is not typed is asked for. Throws USAGE where there
 * is no terminal to ask on, NAMESPACE_UNKNOWN or CLUSTER_FORBIDDEN.
 */
export async function readListing(
  typedNamespace: string | undefined,
  seen: { readonly environment: Environment; readonly observed: Observed; readonly looker: Looker },
  edges: Edges,
): Promise<Listing> {
  const { environment, observed, looker } = seen
  const namespace = typedNamespace ?? (await askNamespace(looker, edges))
  const facts = await looker.list(namespace)
  assertNamespace(facts, namespace)
  assertListable(facts, namespace)
  const workloads = toListing(facts, containersOf(observed, keyOf(environment)), namespace)
  return { namespace, facts, workloads }
}

async function askNamespace(looker: Looker, edges: Edges): Promise<string> {
  const names = edges.prompts.available ? (await looker.list()).namespaces : undefined
  return askMissing.namespace({ edges }, names)
}
