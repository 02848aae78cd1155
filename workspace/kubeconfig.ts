import { parse } from 'yaml'
import * as z from 'zod/mini'
import type { Variables } from './variables.ts'

// In browsers and in Node, and in no library of types that knows neither.
declare function atob(base64: string): string
declare function btoa(text: string): string

/** How a client proves who it is. A credential program has to be run where the person is logged in. */
export type Credential =
  | { readonly kind: 'static' }
  | {
      readonly kind: 'exec'
      readonly command: string
      readonly args: readonly string[]
      readonly env: Variables
      readonly apiVersion: string
      /** What the program wants as `spec.cluster` of its KUBERNETES_EXEC_INFO; undefined where it wants nothing. */
      readonly clusterInfo: object | undefined
    }

export type FlattenedKubeconfig =
  | {
      readonly kind: 'flat'
      /** Ready to be printed as YAML or JSON. Secret. */
      readonly kubeconfig: object
      readonly context: string
      readonly server: string
      readonly credential: Credential
    }
  | { readonly kind: 'unusable'; readonly problem: string }

export interface FlattenOptions {
  /** Where the kubeconfig is: its relative paths start there. */
  readonly directory: string
  /** Instead of the current one. */
  readonly context?: string
  /** A file's content in base64; undefined where it cannot be read. */
  readBase64(path: string): string | undefined
}

const entries = z.optional(z.nullable(z.array(z.looseObject({ name: z.string() }))))
const text = z.optional(z.string())
const ConfigFile = z.looseObject({
  'current-context': text,
  contexts: entries,
  clusters: entries,
  users: entries,
})
const Context = z.looseObject({ cluster: z.string(), user: text })
const Cluster = z.looseObject({ server: z.string() })
const Exec = z.looseObject({
  apiVersion: z.string(),
  command: z.string(),
  args: z.optional(z.nullable(z.array(z.string()))),
  env: z.optional(z.nullable(z.array(z.object({ name: z.string(), value: z.string() })))),
  provideClusterInfo: z.optional(z.boolean()),
})
const User = z.looseObject({ exec: z.optional(z.nullable(Exec)), tokenFile: text })
const FlatUsers = z.looseObject({
  users: z.array(z.object({ name: z.string(), user: z.looseObject({ exec: z.optional(z.unknown()) }) })),
})
type ConfigFile = z.infer<typeof ConfigFile>
type User = z.infer<typeof User>
type Data = Readonly<Record<string, unknown>>

class Unusable extends Error {}

/** One context of a kubeconfig alone, with the files that it names put in. Its credential program is named, not run. */
export function flattenKubeconfig(kubeconfig: string, options: FlattenOptions): FlattenedKubeconfig {
  try {
    return flatten(parseConfig(kubeconfig), options)
  } catch (error) {
    if (error instanceof Unusable) return { kind: 'unusable', problem: error.message }
    throw error
  }
}

function parseConfig(kubeconfig: string): ConfigFile {
  try {
    return check(ConfigFile, parse(kubeconfig), 'it')
  } catch (error) {
    if (error instanceof Unusable || !(error instanceof Error)) throw error
    // The lines after the first quote the file, and with it secrets.
    throw new Unusable(`it is not YAML: ${error.message.split(/:?\n/)[0]}`)
  }
}

function flatten(config: ConfigFile, options: FlattenOptions): FlattenedKubeconfig {
  const contextName = options.context ?? config['current-context'] ?? ''
  if (contextName === '') throw new Unusable('it has no current context')
  const context = pick(config, 'context', contextName, Context)
  const cluster = pick(config, 'cluster', context.cluster, Cluster)
  const flatCluster = inlineFiles(cluster, ['certificate-authority'], options)
  const user = context.user ? pick(config, 'user', context.user, User) : undefined
  return {
    kind: 'flat',
    kubeconfig: {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': contextName,
      contexts: [{ name: contextName, context }],
      clusters: [{ name: context.cluster, cluster: flatCluster }],
      users: user ? [{ name: context.user, user: inlineUser(user, options) }] : [],
    },
    context: contextName,
    server: cluster.server,
    credential: user ? describeCredential(user, flatCluster, options) : { kind: 'static' },
  }
}

/** The entry of that name in `contexts`, `clusters` or `users`. */
function pick<Schema extends z.ZodMiniType>(
  config: ConfigFile,
  kind: 'context' | 'cluster' | 'user',
  name: string,
  schema: Schema,
): z.infer<Schema> {
  const entry = config[`${kind}s`]?.find(each => each.name === name)
  if (entry === undefined) throw new Unusable(`it has no ${kind} "${name}"`)
  return check(schema, entry[kind] ?? {}, `${kind} "${name}"`)
}

function check<Schema extends z.ZodMiniType>(schema: Schema, value: unknown, where: string): z.infer<Schema> {
  const { data, error } = z.safeParse(schema, value)
  if (!error) return data
  const path = error.issues[0]?.path.join('.')
  throw new Unusable(
    path ? `${path} of ${where} is missing or not as it should be` : `${where} is not a kubeconfig`,
  )
}

const AUTH_PROVIDER_IS_GONE =
  'its user has an auth-provider, which Kubernetes 1.26 took out; log in anew with a credential program'

function inlineUser(user: User, options: FlattenOptions): Data {
  if (user['auth-provider']) throw new Unusable(AUTH_PROVIDER_IS_GONE)
  const { tokenFile, ...rest } = user
  // Of the two kubectl prefers the file.
  const token = tokenFile ? { token: atob(readFile(tokenFile, options)).trim() } : {}
  return { ...inlineFiles(rest, ['client-certificate', 'client-key'], options), ...token }
}

/** Puts the content of files where their names stand. Content that is there already wins, as it does in kubectl. */
function inlineFiles(entry: Data, keys: readonly string[], options: FlattenOptions): Data {
  const inlined = Object.entries(entry).map(([key, value]) => {
    if (!keys.includes(key) || typeof value !== 'string') return [key, value]
    const data = `${key}-data`
    return [data, entry[data] || (value === '' ? '' : readFile(value, options))]
  })
  return Object.fromEntries(inlined)
}

function readFile(path: string, options: FlattenOptions): string {
  const absolute = inDirectory(path, options)
  const content = options.readBase64(absolute)
  if (content === undefined) throw new Unusable(`it names the file ${absolute}, which cannot be read`)
  return content
}

const inDirectory = (path: string, { directory }: FlattenOptions): string =>
  /^(\/|[A-Za-z]:[\\/])/.test(path) ? path : `${directory}/${path}`

function describeCredential(user: User, cluster: Data, options: FlattenOptions): Credential {
  if (!user.exec) return { kind: 'static' }
  const { apiVersion, command, args, env, provideClusterInfo } = user.exec
  const { extensions, ...clusterInfo } = cluster
  return {
    kind: 'exec',
    // A mere name is looked up on PATH.
    command: /[/\\]/.test(command) ? inDirectory(command, options) : command,
    args: args ?? [],
    env: Object.fromEntries((env ?? []).map(({ name, value }) => [name, value])),
    apiVersion,
    clusterInfo: provideClusterInfo ? clusterInfo : undefined,
  }
}

/** What a credential program answers, as `status` of an ExecCredential: a token, or a certificate and key in PEM. */
export interface CredentialStatus {
  readonly token?: string | undefined
  readonly clientCertificateData?: string | undefined
  readonly clientKeyData?: string | undefined
}

/** A flattened kubeconfig with what the credential program answered in the program's place. */
export function withCredential(kubeconfig: object, status: CredentialStatus): object {
  const { users, ...rest } = FlatUsers.parse(kubeconfig)
  const { token, clientCertificateData, clientKeyData } = status
  const credential = {
    ...(token && { token }),
    ...(clientCertificateData && { 'client-certificate-data': btoa(clientCertificateData) }),
    ...(clientKeyData && { 'client-key-data': btoa(clientKeyData) }),
  }
  return {
    ...rest,
    users: users.map(({ name, user: { exec, ...user } }) => ({ name, user: { ...user, ...credential } })),
  }
}
