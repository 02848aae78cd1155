import { t } from '../../language/t.ts'
import { conflictingId, holderIn, revoke } from '../../session/commands/telepresence.ts'
import { KdeTpError } from '../../session/errors.ts'
import { confirmOthers } from '../attached/confirm-others.ts'
import type { Call } from './call.ts'

/** A manager hears of a revocation in less. */
const MOST_TRIES = 20
const TRY_EVERY = 500

/** An attachment of somebody else's that is in the way. */
interface Conflict {
  readonly id: string
  readonly holder: string
}

/**
 * Attaches, and with --take-over ends what others hold of the workload before, after a yes for each. Throws NOT_YOURS
 * where nobody can be asked, CANCELLED on a no, and REVOKE_FORBIDDEN.
 */
export async function takeFromOthers<T>(call: Call, attach: () => Promise<T>): Promise<T> {
  const ended = new Set<string>()
  for (let tries = 1; ; tries += 1) {
    try {
      return await attach()
    } catch (error) {
      const conflict = call.order.options.takesOver ? conflictOf(error) : undefined
      if (conflict === undefined || tries > MOST_TRIES) throw error
      await endOnce(conflict, ended, call)
    }
  }
}

async function endOnce(conflict: Conflict, ended: Set<string>, call: Call): Promise<void> {
  const { progress, edges } = call
  if (ended.has(conflict.id)) return edges.sleep(TRY_EVERY, edges.signals.abort)
  await endTheirs(conflict, call)
  ended.add(conflict.id)
  progress.takenFrom = [...new Set([...(progress.takenFrom ?? []), conflict.holder])]
}

function conflictOf(error: unknown): Conflict | undefined {
  if (!(error instanceof KdeTpError) || error.code !== 'INTERCEPT_TAKEN') return undefined
  const id = conflictingId(error.detail ?? '')
  return id === undefined ? undefined : { id, holder: holderIn(error.detail ?? '') ?? t`Another session` }
}

async function endTheirs({ id, holder }: Conflict, { order, names, edges }: Call): Promise<void> {
  const { namespace, managerNamespace, attachment } = order.wish
  const { workload } = attachment
  const what = t`${holder} holds "${workload}" in ${namespace}.`
  await confirmOthers(what, order.options.assumeYes, edges, {
    question: t`${what} End theirs, and take it?`,
    hint: t`Ask them, or give --yes to take it all the same.`,
  })
  if (!(await edges.docker(revoke(names.session, workload, id)))) {
    throw new KdeTpError(
      'REVOKE_FORBIDDEN',
      t`You may not end the attachment of "${workload}" by ${holder}.`,
      {
        hint: t`An administrator may: telepresence connect --namespace ${namespace} --manager-namespace ${managerNamespace} && telepresence revoke ${id}`,
      },
    )
  }
  edges.emit({ type: 'remark', message: t`The attachment of "${workload}" by ${holder} was ended.` })
}
