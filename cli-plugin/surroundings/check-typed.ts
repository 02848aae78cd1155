import { t } from '../../language/t.ts'
import { KdeTpError, usage } from '../../session/errors.ts'
import { type Publication, parsePublication } from '../../session/publication.ts'

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/
const WORKLOAD = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/

/** As Kubernetes has them: what else is typed can't be there, and must not become part of a path. Throws NAME_UNUSABLE. */
export function checkNames([namespace, workload]: readonly string[]): void {
  if (namespace !== undefined && !NAMESPACE.test(namespace)) {
    const message = t`"${namespace}" is no name of a namespace: small letters, digits and hyphens are.`
    throw nameUnusable(message, namespace.toLowerCase(), NAMESPACE)
  }
  if (workload !== undefined && !WORKLOAD.test(workload)) {
    const message = t`"${workload}" is no name of a workload: small letters, digits and hyphens are.`
    throw nameUnusable(message, workload.toLowerCase(), WORKLOAD)
  }
}

/** Most often it is but the case. */
const nameUnusable = (message: string, inSmallLetters: string, allowed: RegExp): KdeTpError =>
  new KdeTpError(
    'NAME_UNUSABLE',
    message,
    allowed.test(inSmallLetters) ? { hint: t`Write it in small letters: ${inSmallLetters}` } : {},
  )

/** Throws USAGE. */
export function oneOf<const T extends string>(typed: string, allowed: readonly T[], option: string): T {
  const found = allowed.find(value => value === typed)
  if (found === undefined) throw usage(t`--${option} is ${allowed.join(t` or `)}, and not "${typed}".`)
  return found
}

/** Of what stands after `--`. Throws USAGE. */
export function checkCommand(command: readonly string[] | undefined): void {
  if (command?.length === 0) throw usage(t`No command stands after "--".`)
}

/** Throws USAGE. */
export function toPublication(typed: string): Publication {
  const publication = parsePublication(typed)
  if (typeof publication === 'string') throw usage(publication)
  return publication
}

/** Of `--format`. Throws USAGE. */
export const isJson = (format: string | undefined): boolean =>
  oneOf(format ?? 'human', ['human', 'json'], 'format') === 'json'
