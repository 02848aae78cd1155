import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Edges } from '../command.ts'

/**
 * What others have is ended only after a yes. Throws NOT_YOURS where nobody can be asked, and CANCELLED on a no.
 * `what` says whose it is, as a sentence.
 */
export async function confirmOthers(what: string, assumeYes: boolean, { prompts }: Edges): Promise<void> {
  if (assumeYes) return
  if (!prompts.available)
    throw new KdeTpError('NOT_YOURS', what, { hint: t`Ask them, or give --yes to end it all the same.` })
  if (await prompts.confirm(t`${what} End it all the same?`)) return
  throw new KdeTpError('CANCELLED', t`The answer was no, so nothing was ended.`)
}
