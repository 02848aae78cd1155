import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { KubeconfigFile } from '../../workspace/kubeconfig-files.ts'
import type { Files } from '../edges/files.ts'

/** Those files of a kubeconfig that are there. Throws KUBECONFIG_INVALID where one is a directory. */
export function readKubeconfigFiles(paths: readonly string[], files: Files): readonly KubeconfigFile[] {
  return paths.flatMap(path => {
    const text = files.readText(path)
    if (text !== undefined) return [{ path, text }]
    if (files.exists(path)) throw unusable(path, t`it is a directory`)
    return []
  })
}

export const unusable = (path: string, problem: string): KdeTpError =>
  new KdeTpError('KUBECONFIG_INVALID', t`${path} cannot be used: ${problem}.`)
