import { t } from '../../language/t.ts'
import { type ErrorCode, KdeTpError } from '../../session/errors.ts'
import type { UnusableKubeconfig } from '../../workspace/kubeconfig.ts'
import type { KubeconfigFile } from '../../workspace/kubeconfig-files.ts'
import type { Files } from '../edges/files.ts'

/** Those files of a kubeconfig that are there. Throws KUBECONFIG_DIRECTORY where one is a directory. */
export function readKubeconfigFiles(paths: readonly string[], files: Files): readonly KubeconfigFile[] {
  return paths.flatMap(path => {
    const text = files.readText(path)
    if (text !== undefined) return [{ path, text }]
    if (files.exists(path)) throw cannotBeUsed('KUBECONFIG_DIRECTORY', path, t`it is a directory`)
    return []
  })
}

const codeOf = {
  empty: 'KUBECONFIG_EMPTY',
  'not YAML': 'KUBECONFIG_NOT_YAML',
  incomplete: 'KUBECONFIG_INVALID',
} as const

export const unusable = (path: string, { problem, reason }: UnusableKubeconfig): KdeTpError =>
  cannotBeUsed(codeOf[reason], path, problem)

const cannotBeUsed = (code: ErrorCode, path: string, problem: string): KdeTpError =>
  new KdeTpError(code, t`${path} cannot be used: ${problem}.`)
