import * as z from 'zod/mini'
import { t } from '../language/t.ts'
import { KdeTpError } from './errors.ts'

/** What an examination says of one thing. `warning`: it works, and there is something to know. */
export const Finding = z.object({
  subject: z.string(),
  state: z.enum(['ok', 'warning', 'failed']),
  message: z.string(),
  /** One thing to do. */
  hint: z.optional(z.string()),
})
export type Finding = z.infer<typeof Finding>

export const ok = (subject: string, message: string): Finding => ({ subject, state: 'ok', message })
export const warning = (subject: string, message: string, hint: string): Finding => ({
  subject,
  state: 'warning',
  message,
  hint,
})
export const failed = (subject: string, message: string, hint: string): Finding => ({
  subject,
  state: 'failed',
  message,
  hint,
})

/** A failure of ours as a finding. Any other is a bug, and thrown on. */
export function toFinding(subject: string, error: unknown): Finding {
  if (!(error instanceof KdeTpError)) throw error
  const { message, detail, hint, code } = error
  const why = detail === undefined || detail === '' ? '' : ` ${detail.split('\n')[0]}`
  return failed(subject, `${message} (${code})${why}`, hint ?? t`Mend that, and run doctor again.`)
}
