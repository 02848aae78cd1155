import { readFileSync } from 'node:fs'
import { Agent, type AgentOptions, request } from 'node:https'
import { isIP } from 'node:net'
import { type ConnectionOptions, checkServerIdentity } from 'node:tls'

/** A kubeconfig that was flattened: one context, all data inside. */
export interface FlatKubeconfig {
  readonly clusters: readonly { readonly cluster: ClusterEntry }[]
  readonly users: readonly { readonly user: UserEntry }[]
}

interface ClusterEntry {
  readonly server: string
  readonly 'certificate-authority-data'?: string
  readonly 'insecure-skip-tls-verify'?: boolean
  readonly 'tls-server-name'?: string
}

interface UserEntry {
  readonly token?: string
  readonly tokenFile?: string
  readonly username?: string
  readonly password?: string
  readonly 'client-certificate-data'?: string
  readonly 'client-key-data'?: string
}

export interface ApiAnswer {
  readonly status: number
  readonly body: unknown
}

/** Asks the API server. Throws what the network or TLS said, where there is no answer. */
export type AskApi = (path: string, body?: unknown) => Promise<ApiAnswer>

const TIMEOUT = 10_000

/** The API server of a kubeconfig. Kubernetes' own client library is left out: docs/decisions/0004. */
export function openApi(kubeconfig: FlatKubeconfig): AskApi {
  const cluster = kubeconfig.clusters[0]?.cluster ?? { server: '' }
  const user = kubeconfig.users[0]?.user ?? {}
  const server = new URL(cluster.server)
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  const headers = { Accept: 'application/json', ...authorization(user) }
  const tls = tlsOptions(cluster, user, server.hostname)

  return (path, body) =>
    new Promise((resolve, reject) => {
      const call = request(
        new URL(path, server),
        {
          agent,
          ...tls,
          timeout: TIMEOUT,
          method: body === undefined ? 'GET' : 'POST',
          headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
        },
        response => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => {
            text += chunk
          })
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body: toJson(text) }))
          response.on('error', reject)
        },
      )
      call.on('timeout', () => call.destroy(new Error(`no answer within ${TIMEOUT / 1000} seconds`)))
      call.on('error', reject)
      call.end(body === undefined ? undefined : JSON.stringify(body))
    })
}

function authorization({
  token,
  tokenFile,
  username,
  password,
}: UserEntry): Readonly<Record<string, string>> {
  const bearer = tokenFile === undefined ? token : readFileSync(tokenFile, 'utf8')
  if (bearer !== undefined) return { Authorization: `Bearer ${bearer}` }
  if (username === undefined) return {}
  return { Authorization: `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}` }
}

function tlsOptions(cluster: ClusterEntry, user: UserEntry, host: string): AgentOptions {
  const [ca, cert, key] = [
    cluster['certificate-authority-data'],
    user['client-certificate-data'],
    user['client-key-data'],
  ].map(decode)
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...checkedName(cluster['tls-server-name'] ?? host),
    rejectUnauthorized: cluster['insecure-skip-tls-verify'] !== true,
  }
}

/** The name that the certificate is checked for. An address can't be asked for by TLS, but the check may be of one. */
function checkedName(name: string): ConnectionOptions {
  if (isIP(name) === 0) return { servername: name }
  return { checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate) }
}

const decode = (data: string | undefined): string | undefined =>
  data === undefined ? undefined : Buffer.from(data, 'base64').toString('utf8')

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { message: text }
  }
}
