import { parse } from 'yaml'
import * as z from 'zod/mini'
import { t } from '../language/t.ts'

/** One of the files that a kubeconfig consists of. */
export interface KubeconfigFile {
  /** Absolute. What the file names by a relative path starts in its directory. */
  readonly path: string
  readonly text: string
}

/** A context, cluster or user, and the directory of the file that it stands in. */
export interface KubeconfigEntry {
  readonly name: string
  readonly directory: string
  readonly [kind: string]: unknown
}

export interface MergedKubeconfig {
  /** Empty where no file names one. */
  readonly currentContext: string
  readonly contexts: readonly KubeconfigEntry[]
  readonly clusters: readonly KubeconfigEntry[]
  readonly users: readonly KubeconfigEntry[]
}

/** Says what is wrong with a kubeconfig, without a word of its content. */
export class Unusable extends Error {
  readonly reason: 'empty' | 'not YAML' | 'incomplete'

  constructor(problem: string, reason: Unusable['reason'] = 'incomplete') {
    super(problem)
    this.reason = reason
  }
}

const entries = z.optional(z.nullable(z.array(z.looseObject({ name: z.string() }))))
const ConfigFile = z.looseObject({
  'current-context': z.optional(z.string()),
  contexts: entries,
  clusters: entries,
  users: entries,
})
type ConfigFile = z.infer<typeof ConfigFile>
type Kind = 'contexts' | 'clusters' | 'users'

/** As kubectl merges: of one name the first file's entry counts, and the first current context. Throws Unusable. */
export function mergeKubeconfigs(files: readonly KubeconfigFile[]): MergedKubeconfig {
  const written = files.filter(({ text }) => text.trim() !== '')
  if (written.length === 0) throw new Unusable(t`it is empty`, 'empty')
  const configs = written.map(file => ({
    directory: directoryOf(file),
    config: parseConfig(file, files.length === 1 ? t`it` : file.path),
  }))
  const all = (kind: Kind): readonly KubeconfigEntry[] =>
    configs.flatMap(({ config, directory }) => (config[kind] ?? []).map(entry => ({ ...entry, directory })))
  return {
    currentContext: configs.map(({ config }) => config['current-context']).find(Boolean) ?? '',
    contexts: all('contexts'),
    clusters: all('clusters'),
    users: all('users'),
  }
}

const directoryOf = ({ path }: KubeconfigFile): string => path.replace(/[\\/][^\\/]*$/, '')

function parseConfig({ text }: KubeconfigFile, what: string): ConfigFile {
  try {
    return check(ConfigFile, parse(text), what)
  } catch (error) {
    if (error instanceof Unusable || !(error instanceof Error)) throw error
    // The lines after the first quote the file, and with it secrets.
    throw new Unusable(t`${what} is not YAML: ${error.message.split(/:?\n/)[0]}`, 'not YAML')
  }
}

/** Throws Unusable where the value is not as the schema has it. */
export function check<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  where: string,
): z.infer<Schema> {
  const { data, error } = z.safeParse(schema, value)
  if (!error) return data
  const path = error.issues[0]?.path.join('.')
  throw new Unusable(
    path ? t`${path} of ${where} is missing or not as it should be` : t`${where} is not a kubeconfig`,
  )
}
