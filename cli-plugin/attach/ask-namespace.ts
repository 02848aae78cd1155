import type { Edges } from '../command.ts'
import type { Looker } from '../surroundings/looker.ts'
import { askMissing } from './ask.ts'

/** Asks for one of those that there are. Throws USAGE where there is no terminal. */
export async function askNamespace(looker: Looker, edges: Edges): Promise<string> {
  const names = edges.prompts.available ? (await looker.list()).namespaces : undefined
  return askMissing.namespace({ edges }, names)
}
