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
}

const ExecAnswer = z.object({
  status: z.object({
    token: z.optional(z.string()),
    clientCertificateData: z.optional(z.string()),
    clientKeyData: z.optional(z.string()),
  }),
})

/** The environment's kubeconfig, flattened. Throws KUBECONFIG_MISSING or KUBECONFIG_INVALID. */
export async function readKubeconfig(
  { name, kubeconfigPath }: Environment,
  { files }: Edges,
): Promise<ReadKubeconfig> {
  const text = files.readText(kubeconfigPath)
  if (text === undefined || text.trim() === '') {
    throw new KdeTpError(
      'KUBECONFIG_MISSING',
      `Environment "${name}" has no kubeconfig: ${kubeconfigPath} is not there.`,
      {
        hint: `Start the environment with: kde start ${name}`,
      },
    )
  }
  const read = flattenKubeconfig(text, { directory: dirname(kubeconfigPath), readBase64: files.readBase64 })
  if (read.kind === 'unusable')
    throw new KdeTpError('KUBECONFIG_INVALID', `${kubeconfigPath} cannot be used.`, { detail: read.problem })
  return {
    json: JSON.stringify(await withExecCredential(read.kubeconfig, read.credential)),
    server: read.server,
  }
}

/** Credential plugins are on the person's computer and in no image, so they are run here. */
async function withExecCredential(kubeconfig: object, credential: Credential): Promise<object> {
  if (credential.kind === 'static') return kubeconfig
  const { command, args, env, apiVersion } = credential
  const info = JSON.stringify({ apiVersion, kind: 'ExecCredential', spec: { interactive: false } })
  const output = await runProgram(command, args, {
    environment: { ...env, KUBERNETES_EXEC_INFO: info },
    timeoutSeconds: 60,
  })
  if (output.exitCode !== 0) {
    throw new KdeTpError(
      'KUBECONFIG_INVALID',
      `The kubeconfig's credential program "${command}" ended with exit code ${output.exitCode}.`,
      {
        detail: output.stderr.trim(),
        hint: `Run ${command} yourself, and log in if it asks for it.`,
      },
    )
  }
  return withCredential(
    kubeconfig,
    ExecAnswer.parse(JSON.parse(output.stdout)).status as Parameters<typeof withCredential>[1],
  )
}
