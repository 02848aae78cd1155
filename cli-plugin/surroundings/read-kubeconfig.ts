import * as z from 'zod/mini'
import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Environment } from '../../workspace/environment.ts'
import {
  type Credential,
  type FlattenedKubeconfig,
  flattenKubeconfig,
  withCredential,
} from '../../workspace/kubeconfig.ts'
import type { Edges } from '../command.ts'
import { runProgram } from '../edges/program.ts'
import { assertNotExpired } from './check-expiry.ts'
import { readKubeconfigFiles, unusable } from './kubeconfig-files.ts'

export interface ReadKubeconfig {
  /** One context, all data inside, as JSON text. Secret. */
  readonly json: string
  readonly server: string
  /** When a short-lived credential is to be renewed, in milliseconds since 1970; undefined for a lasting one. */
  readonly renewAt: number | undefined
}

const ExecAnswer = z.object({
  status: z.object({
    token: z.optional(z.string()),
    clientCertificateData: z.optional(z.string()),
    clientKeyData: z.optional(z.string()),
    expirationTimestamp: z.optional(z.string()),
  }),
})
type ExecAnswer = z.infer<typeof ExecAnswer>

/** The environment's kubeconfig, flattened. Throws the KUBECONFIG_ errors or CREDENTIAL_EXPIRED. */
export async function readKubeconfig(environment: Environment, edges: Edges): Promise<ReadKubeconfig> {
  const { kubeconfigPath } = environment
  const { kubeconfig, server, credential } = flattened(environment, edges)
  if (credential.kind === 'static') {
    assertNotExpired(kubeconfig, kubeconfigPath, edges.now())
    return { json: JSON.stringify(kubeconfig), server, renewAt: undefined }
  }
  const { status } = await askCredential(credential)
  return {
    json: JSON.stringify(withCredential(kubeconfig, status)),
    server,
    renewAt: renewalOf(status, credential.command, edges.now()),
  }
}

function flattened(
  { name, kubeconfigPath, standalone }: Environment,
  { files }: Edges,
): Extract<FlattenedKubeconfig, { kind: 'flat' }> {
  const found = readKubeconfigFiles(standalone?.kubeconfigPaths ?? [kubeconfigPath], files)
  if (found.every(({ text }) => text.trim() === ''))
    throw noKubeconfig(name, kubeconfigPath, found.length > 0)
  const read = flattenKubeconfig(found, {
    readBase64: files.readBase64,
    ...(standalone !== undefined && { context: standalone.context }),
  })
  if (read.kind === 'unusable') throw unusable(kubeconfigPath, read)
  return read
}

/** KDE-cli makes it when it starts the environment. */
function noKubeconfig(name: string, path: string, isThere: boolean): KdeTpError {
  const hint = t`Start the environment with: kde start ${name}`
  if (isThere) return new KdeTpError('KUBECONFIG_EMPTY', t`${path} cannot be used: it is empty.`, { hint })
  return new KdeTpError(
    'KUBECONFIG_MISSING',
    t`Environment "${name}" has no kubeconfig: ${path} is not there.`,
    { hint },
  )
}

/** After four fifths of its life; undefined where it lasts. Throws CREDENTIAL_EXPIRED for one that is over already. */
function renewalOf(
  { expirationTimestamp }: ExecAnswer['status'],
  command: string,
  now: number,
): number | undefined {
  if (expirationTimestamp === undefined) return undefined
  const end = Date.parse(expirationTimestamp)
  if (end > now) return now + (end - now) * 0.8
  const message = t`The kubeconfig's credential program "${command}" gave a credential that expired at ${expirationTimestamp}.`
  throw new KdeTpError('CREDENTIAL_EXPIRED', message, { hint: t`Log in again, as ${command} has it.` })
}

/** Credential programs are on the person's computer and in no image, so they are run here. */
async function askCredential(credential: Extract<Credential, { kind: 'exec' }>): Promise<ExecAnswer> {
  const { command, args, env, apiVersion, clusterInfo } = credential
  const spec = { interactive: false, ...(clusterInfo !== undefined && { cluster: clusterInfo }) }
  const output = await runProgram(command, args, {
    environment: {
      ...env,
      KUBERNETES_EXEC_INFO: JSON.stringify({ apiVersion, kind: 'ExecCredential', spec }),
    },
    timeoutSeconds: 60,
  })
  if (output.exitCode === 0) return parseAnswer(command, output.stdout)
  const message = t`The kubeconfig's credential program "${command}" ended with exit code ${output.exitCode}.`
  throw new KdeTpError('KUBECONFIG_INVALID', message, {
    detail: output.stderr.trim(),
    hint: t`Run ${command} yourself, and log in if it asks for it.`,
  })
}

function parseAnswer(command: string, stdout: string): ExecAnswer {
  try {
    return ExecAnswer.parse(JSON.parse(stdout))
  } catch {
    // What it printed may be a secret all the same.
    const message = t`The kubeconfig's credential program "${command}" answered with no ExecCredential.`
    throw new KdeTpError('KUBECONFIG_INVALID', message, { hint: t`Look at what ${command} prints.` })
  }
}
