import { dirname } from 'node:path'
import * as z from 'zod/mini'
import { KdeTpError } from '../../session/errors.ts'
import type { Environment } from '../../workspace/environment.ts'
import { type Credential, flattenKubeconfig, withCredential } from '../../workspace/kubeconfig.ts'
import type { Edges } from '../command.ts'
import { runProgram } from '../edges/program.ts'

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

/** The environment's kubeconfig, flattened. Throws KUBECONFIG_MISSING or KUBECONFIG_INVALID. */
export async function readKubeconfig(
  environment: Environment,
  { files, now }: Edges,
): Promise<ReadKubeconfig> {
  const { name, kubeconfigPath } = environment
  const text = files.readText(kubeconfigPath)
  if (text === undefined || text.trim() === '') {
    const message = `Environment "${name}" has no kubeconfig: ${kubeconfigPath} is not there.`
    throw new KdeTpError('KUBECONFIG_MISSING', message, {
      hint: `Start the environment with: kde start ${name}`,
    })
  }
  const read = flattenKubeconfig(text, { directory: dirname(kubeconfigPath), readBase64: files.readBase64 })
  if (read.kind === 'unusable') {
    throw new KdeTpError('KUBECONFIG_INVALID', `${kubeconfigPath} cannot be used.`, { detail: read.problem })
  }
  const { kubeconfig, server, credential } = read
  if (credential.kind === 'static') return { json: JSON.stringify(kubeconfig), server, renewAt: undefined }
  const { status } = await askCredential(credential)
  const renewAt =
    status.expirationTimestamp === undefined ? undefined : renewalOf(now(), status.expirationTimestamp)
  return { json: JSON.stringify(withCredential(kubeconfig, status)), server, renewAt }
}

/** After four fifths of its life. */
const renewalOf = (now: number, expires: string): number => now + (Date.parse(expires) - now) * 0.8

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
  const message = `The kubeconfig's credential program "${command}" ended with exit code ${output.exitCode}.`
  throw new KdeTpError('KUBECONFIG_INVALID', message, {
    detail: output.stderr.trim(),
    hint: `Run ${command} yourself, and log in if it asks for it.`,
  })
}

function parseAnswer(command: string, stdout: string): ExecAnswer {
  try {
    return ExecAnswer.parse(JSON.parse(stdout))
  } catch {
    // What it printed may be a secret all the same.
    const message = `The kubeconfig's credential program "${command}" answered with no ExecCredential.`
    throw new KdeTpError('KUBECONFIG_INVALID', message, { hint: `Look at what ${command} prints.` })
  }
}
