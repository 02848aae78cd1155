/** Labels are the only state there is: docs/labels.md describes each. */
export const LABEL = {
  schema: 'kde-tp.schema',
  role: 'kde-tp.role',
  workspace: 'kde-tp.workspace',
  environment: 'kde-tp.environment',
  namespace: 'kde-tp.namespace',
  owner: 'kde-tp.owner',
  alsoProxy: 'kde-tp.also-proxy',
  network: 'kde-tp.network',
  project: 'kde-tp.project',
  life: 'kde-tp.life',
  attachment: 'kde-tp.attachment',
  session: 'kde-tp.session',
  devContainer: 'kde-tp.dev-container',
  published: 'kde-tp.published',
  engine: 'kde-tp.engine',
} as const

/** Another number if a label's meaning ever changes, so that a version of ours knows what it does not understand. */
export const SCHEMA_VERSION = 1

export type Role = 'keeper' | 'holder' | 'session' | 'relay' | 'dev' | 'publisher' | 'inlet' | 'mounter'

/** `leased`: lives as long as a command holds a lease on it. `detached`: lives until somebody ends it. */
export type Life = 'leased' | 'detached'

export type Labels = Readonly<Record<string, string>>

/** Whose a container is: on each container, network and volume of ours. */
export interface Ownership {
  readonly workspacePath: string
  readonly environment: string
  /** `<user>@<host>` of the command that made it. */
  readonly owner: string
}

/** A person, as labels name them. */
export const ownerOf = ({ name, host }: { readonly name: string; readonly host: string }): string =>
  `${name}@${host}`

export function ownershipLabels({ workspacePath, environment, owner }: Ownership): Labels {
  return {
    [LABEL.schema]: String(SCHEMA_VERSION),
    [LABEL.workspace]: workspacePath,
    [LABEL.environment]: environment,
    [LABEL.owner]: owner,
  }
}

export function roleLabels(ownership: Ownership, role: Role, namespace?: string): Labels {
  return {
    ...ownershipLabels(ownership),
    [LABEL.role]: role,
    ...(namespace !== undefined && { [LABEL.namespace]: namespace }),
  }
}

/** A label that holds JSON. Undefined where it is missing, or is of another version, or was written by hand. */
export function parseLabel<T>(
  schema: { readonly parse: (json: unknown) => T },
  label: string | undefined,
): T | undefined {
  try {
    return schema.parse(JSON.parse(label ?? ''))
  } catch {
    return undefined
  }
}
