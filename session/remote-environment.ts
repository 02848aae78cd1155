import { quoted } from './quoted.ts'

/** Set by runtime or image in every container. Taken over only where the pod's container declares them. */
const NOT_TAKEN = new Set(['HOSTNAME', 'PWD', 'OLDPWD', 'SHLVL', 'USER', 'LOGNAME', 'SHELL', 'TERM', '_'])
const NOT_TAKEN_PREFIXES = ['LD_', 'TELEPRESENCE_', '_TEL_']
/** Of the dev container's own image and person, whatever the pod declares: another image's would break every command. */
const NEVER_TAKEN = new Set(['PATH', 'HOME'])
/** What Kubernetes sets for each service of the namespace, in every container alike. */
const SERVICE_LINK =
  /^[A-Z][A-Z0-9_]*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$/

/** What a pod's container declares in `env` and `envFrom`. */
export interface Declaration {
  readonly declared: readonly string[]
  /** False where some of it could not be read. */
  readonly declaredIsWhole: boolean
}

export interface RemoteEnvironment {
  readonly taken: Readonly<Record<string, string>>
  /** Declared names that the dev container does not get. */
  readonly keptOut: readonly string[]
}

/**
 * What of the environment that an agent reports goes into the dev container, byte for byte. An agent reports more than
 * the container declares: its own variables, or, the node agent, all that the process has.
 */
export function takeOver(
  reported: Readonly<Record<string, string>>,
  { declared, declaredIsWhole }: Declaration,
): RemoteEnvironment {
  const isDeclared = new Set(declared)
  const isTaken = (name: string): boolean => {
    if (NEVER_TAKEN.has(name)) return false
    if (isDeclared.has(name)) return true
    if (NOT_TAKEN.has(name) || NOT_TAKEN_PREFIXES.some(prefix => name.startsWith(prefix))) return false
    return !declaredIsWhole || SERVICE_LINK.test(name)
  }
  const names = Object.keys(reported).toSorted()
  return {
    taken: Object.fromEntries(names.filter(isTaken).map(name => [name, asDeclared(reported[name] ?? '')])),
    keptOut: declared.filter(name => NEVER_TAKEN.has(name)),
  }
}

type Variables = Readonly<Record<string, string>>

/** The names of what an agent reports otherwise than before, but for what is another in each pod. */
export function changedNames(before: Variables, now: Variables): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter(name => !NOT_TAKEN.has(name) && !NOT_TAKEN_PREFIXES.some(prefix => name.startsWith(prefix)))
    .filter(name => before[name] !== now[name])
    .toSorted()
}

/** What a new process of a dev container gets otherwise than the container has it. */
export interface Renewal {
  readonly set: Variables
  readonly unset: readonly string[]
}

/** `has` is the container's own environment: what its project or a person has set over the pod's stays. */
export function renew(has: Variables, before: Variables, now: Variables): Renewal {
  const isThePods = (name: string): boolean =>
    has[name] === undefined || has[name] === asDeclared(before[name] ?? '')
  return {
    set: Object.fromEntries(
      Object.entries(now).filter(([name, value]) => isThePods(name) && has[name] !== value),
    ),
    unset: Object.keys(before).filter(
      name => now[name] === undefined && has[name] !== undefined && isThePods(name) && !NEVER_TAKEN.has(name),
    ),
  }
}

const NAME_IN_BASH = /^[A-Za-z_][A-Za-z0-9_]*$/

/** The renewal for bash to evaluate. It cannot name everything that Kubernetes can. */
export const toScript = ({ set, unset }: Renewal): string =>
  [
    ...Object.entries(set).map(([name, value]) => [name, `export ${name}=${quoted(value)}`] as const),
    ...unset.map(name => [name, `unset ${name}`] as const),
  ]
    .filter(([name]) => NAME_IN_BASH.test(name))
    .map(([, line]) => `${line}\n`)
    .join('')

/**
 * A sidecar has its prefix in each `$(name)` of a manifest, so that Kubernetes finds the variables that it renamed; in
 * one that is escaped, or names nothing, the prefix stays (Telepresence 2.31.2).
 */
const asDeclared = (value: string): string => value.replaceAll(/\$\(_TEL_APP_[A-Z]+_/g, '$(')

/**
 * The variables as a file that a person can `source`, at the path that KDE-cli's readers know. Single quotes keep every
 * byte; a quote itself is written as '\''.
 */
export function toEnvironmentFile(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${quoted(value)}\n`)
    .join('')
}

/** Reads what `toEnvironmentFile` has written, byte for byte. */
export function parseEnvironmentFile(text: string): Readonly<Record<string, string>> {
  const entries = [...text.matchAll(/^([^=\n]+)='((?:[^']|'\\'')*)'\n/gm)]
  return Object.fromEntries(
    entries.map(([, name = '', value = '']) => [name, value.replaceAll("'\\''", "'")]),
  )
}
