import * as z from 'zod/mini'
import { t } from '../language/t.ts'
import {
  check,
  type KubeconfigEntry,
  type KubeconfigFile,
  type MergedKubeconfig,
  mergeKubeconfigs,
  Unusable,
} from './kubeconfig-files.ts'
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

export interface UnusableKubeconfig {
  readonly kind: 'unusable'
  readonly problem: string
  readonly reason: Unusable['reason']
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
  | UnusableKubeconfig

export interface FlattenOptions {
  /** Instead of the current one. */
  readonly context?: string
  /** A file's content in base64; undefined where it cannot be read. */
  readBase64(path: string): string | undefined
}

const text = z.optional(z.string())
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
type User = z.infer<typeof User>
type Data = Readonly<Record<string, unknown>>

/** One context of a kubeconfig alone, with the files that it names put in. Its credential program is named, not run. */
export function flattenKubeconfig(
  files: readonly KubeconfigFile[],
  options: FlattenOptions,
): FlattenedKubeconfig {
  return unlessUnusable(() => flatten(mergeKubeconfigs(files), options))
}

/** What can be chosen in a kubeconfig. */
export interface KubeconfigContexts {
  readonly kind: 'contexts'
  /** Empty where none is current. */
  readonly current: string
  readonly names: readonly string[]
  /** Tells contexts of one name apart by what they lead to: server and user. Undefined where there is no such context. */
  identityOf(context: string): string | undefined
}

export function readContexts(files: readonly KubeconfigFile[]): KubeconfigContexts | UnusableKubeconfig {
  return unlessUnusable(() => {
    const merged = mergeKubeconfigs(files)
    const names = [...new Set(merged.contexts.map(({ name }) => name))]
    const identityOf = (name: string): string | undefined => {
      const entry = merged.contexts.find(each => each.name === name)
      if (entry === undefined) return undefined
      // What is wrong with either is told when the context is flattened.
      const context = Context.safeParse(entry['context']).data
      const cluster = merged.clusters.find(each => each.name === context?.cluster)
      return [Cluster.safeParse(cluster?.['cluster']).data?.server, context?.user].join('\n')
    }
    return { kind: 'contexts', current: merged.currentContext, names, identityOf }
  })
}

function unlessUnusable<T>(read: () => T): T | UnusableKubeconfig {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unusable) return { kind: 'unusable', problem: error.message, reason: error.reason }
    throw error
  }
}

function flatten(merged: MergedKubeconfig, options: FlattenOptions): FlattenedKubeconfig {
  const contextName = options.context ?? merged.currentContext
  if (contextName === '') throw new Unusable(t`it has no current context`)
  const context = pick(merged, 'context', contextName, Context)
  const cluster = pick(merged, 'cluster', context.content.cluster, Cluster)
  const flatCluster = inlineFiles(cluster, ['certificate-authority'], options)
  const userName = context.content.user
  const user = userName ? pick(merged, 'user', userName, User) : undefined
  return {
    kind: 'flat',
    kubeconfig: {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': contextName,
      contexts: [{ name: contextName, context: context.content }],
      clusters: [{ name: context.content.cluster, cluster: flatCluster }],
      users: user ? [{ name: userName, user: inlineUser(user, options) }] : [],
    },
    context: contextName,
    server: cluster.content.server,
    credential: user ? describeCredential(user, flatCluster) : { kind: 'static' },
  }
}

/** What stands in an entry, and the directory that its relative paths start in. */
interface Picked<Content> {
  readonly content: Content
  readonly directory: KubeconfigEntry['directory']
}

/** The entry of that name in `contexts`, `clusters` or `users`. */
function pick<Schema extends z.ZodMiniType>(
  merged: MergedKubeconfig,
  kind: 'context' | 'cluster' | 'user',
  name: string,
  schema: Schema,
): Picked<z.infer<Schema>> {
  const entry = merged[`${kind}s`].find(each => each.name === name)
  if (entry === undefined) throw new Unusable(t`it has no ${kind} "${name}"`)
  return {
    content: check(schema, entry[kind] ?? {}, `${kind} "${name}"`),
    directory: entry.directory,
  }
}

const AUTH_PROVIDER_IS_GONE = t`its user has an auth-provider, which Kubernetes 1.26 took out; log in anew with a credential program`

function inlineUser({ content, directory }: Picked<User>, options: FlattenOptions): Data {
  if (content['auth-provider']) throw new Unusable(AUTH_PROVIDER_IS_GONE)
  const { tokenFile, ...rest } = content
  // Of the two kubectl prefers the file.
  const token = tokenFile ? { token: atob(readFile(tokenFile, directory, options)).trim() } : {}
  const inlined = inlineFiles({ content: rest, directory }, ['client-certificate', 'client-key'], options)
  return { ...inlined, ...token }
}

/** Puts the content of files where their names stand. Content that is there already wins, as it does in kubectl. */
function inlineFiles(
  { content, directory }: Picked<Data>,
  keys: readonly string[],
  options: FlattenOptions,
): Data {
  const inlined = Object.entries(content).map(([key, value]) => {
    if (!keys.includes(key) || typeof value !== 'string') return [key, value]
    const data = `${key}-data`
    return [data, content[data] || (value === '' ? '' : readFile(value, directory, options))]
  })
  return Object.fromEntries(inlined)
}

function readFile(path: string, directory: string, { readBase64 }: FlattenOptions): string {
  const absolute = inDirectory(path, directory)
  const content = readBase64(absolute)
  if (content === undefined) throw new Unusable(t`it names the file ${absolute}, which is not there`)
  return content
}

const inDirectory = (path: string, directory: string): string =>
  /^(\/|[A-Za-z]:[\\/])/.test(path) ? path : `${directory}/${path}`

function describeCredential({ content, directory }: Picked<User>, cluster: Data): Credential {
  if (!content.exec) return { kind: 'static' }
  const { apiVersion, command, args, env, provideClusterInfo } = content.exec
  const { extensions, ...clusterInfo } = cluster
  return {
    kind: 'exec',
    // A mere name is looked up on PATH.
    command: /[/\\]/.test(command) ? inDirectory(command, directory) : command,
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
