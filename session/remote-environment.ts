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
    .map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'\n`)
    .join('')
}

/** Reads what `toEnvironmentFile` has written, byte for byte. */
export function parseEnvironmentFile(text: string): Readonly<Record<string, string>> {
  const entries = [...text.matchAll(/^([^=\n]+)='((?:[^']|'\\'')*)'\n/gm)]
  return Object.fromEntries(
    entries.map(([, name = '', value = '']) => [name, value.replaceAll("'\\''", "'")]),
  )
}
