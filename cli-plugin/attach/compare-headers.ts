import { readHeaders } from '../../session/commands/list-own.ts'
import { assertSameHeaders } from '../../session/refuse-attach.ts'
import type { Call } from './call.ts'

/** Throws ALREADY_ATTACHED. */
export async function compareHeaders({ order: { wish }, names, edges: { docker } }: Call): Promise<void> {
  assertSameHeaders(wish, await docker(readHeaders(names.session, wish.attachment.workload)))
}
