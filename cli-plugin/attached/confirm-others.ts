import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Edges } from '../command.ts'

/**
 * What others have is ended only after a yes. Throws NOT_YOURS where nobody can be asked, and CANCELLED on a no.
 * `what` says whose it is, as a sentence.
 */
export async function confirmOthers(
  what: string,
  assumeYes: boolean,
  { prompts }: Pick<Edges, 'prompts'>,
  { question, hint } = toEnd(what),
): Promise<void> {
  if (assumeYes) return
  if (!prompts.available) throw new KdeTpError('NOT_YOURS', what, { hint })
  await assertYes(question, prompts)
}

const toEnd = (what: string) => ({
  question: t`${what} End it all the same?`,
  hint: t`Ask them, or give --yes to end it all the same.`,
})

/** Throws CANCELLED on a no. */
export async function assertYes(question: string, prompts: Edges['prompts']): Promise<void> {
  if (await prompts.confirm(question)) return
  throw new KdeTpError('CANCELLED', t`The answer was no, so nothing was ended.`)
}
