import { t } from '../language/t.ts'
import { usage } from '../session/errors.ts'

/** An option's value. Throws USAGE that names the option where it is missing. */
export function required<T>(value: T | undefined, option: string): T {
  if (value === undefined) throw usage(t`--${option} is needed.`)
  return value
}
