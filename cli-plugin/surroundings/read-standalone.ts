import { delimiter, isAbsolute, resolve } from 'node:path'
import { environmentPart, hex } from '../../compose/names.ts'
import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Environment } from '../../workspace/environment.ts'
import { type KubeconfigContexts, readContexts } from '../../workspace/kubeconfig.ts'
import { standaloneEnvironment } from '../../workspace/standalone.ts'
import type { Variables } from '../../workspace/variables.ts'
import type { Edges } from '../command.ts'
import { readKubeconfigFiles, unusable } from './kubeconfig-files.ts'

interface Kubeconfig {
  readonly paths: readonly string[]
  /** `~/.kube/config` and no other. */
  readonly isUsual: boolean
}

/**
 * The environment of a directory that is in no KDE-cli workspace: a context of the person's kubeconfig. Throws
 * WORKSPACE_MISSING, ENVIRONMENT_UNKNOWN or KUBECONFIG_INVALID.
 */
export function readStandalone(
  directory: string,
  typedContext: string | undefined,
  edges: Edges,
  inherited: Variables,
): Environment {
  if (directory === '/') throw rootDirectory()
  const kubeconfig = findKubeconfig(edges)
  const contexts = contextsOf(kubeconfig, directory, edges)
  const context = typedContext ?? contexts.current
  const identity = contexts.identityOf(context)
  if (identity === undefined) throw contextUnknown(context, kubeconfig, contexts)
  const { paths, isUsual } = kubeconfig
  // Kubeconfigs of several clusters often name their contexts alike.
  const data = isUsual ? environmentPart(context) : `${environmentPart(context)}-${hex(identity, 6)}`
  const standalone = { directory, kubeconfigPaths: paths, context }
  return standaloneEnvironment(standalone, `${stateDirectory(edges)}/${data}`, edges.files, inherited)
}

/** KUBECONFIG may name several files; an empty name among them stands for none. */
function findKubeconfig({ environment, person, workingDirectory }: Edges): Kubeconfig {
  const usual = `${person.home}/.kube/config`
  const named = (environment['KUBECONFIG'] ?? '').split(delimiter).filter(path => path !== '')
  const paths = named.length === 0 ? [usual] : named.map(path => resolve(workingDirectory, path))
  return { paths, isUsual: paths.join() === usual }
}

function contextsOf({ paths }: Kubeconfig, directory: string, { files }: Edges): KubeconfigContexts {
  const found = readKubeconfigFiles(paths, files)
  if (found.length === 0) {
    const message = t`There is no kde.env in ${directory} and no directory above it, and no kubeconfig at ${paths.join(t` or `)}.`
    throw new KdeTpError('WORKSPACE_MISSING', message, {
      hint: t`Go into a KDE-cli workspace, name one with --workspace, or set KUBECONFIG.`,
    })
  }
  const contexts = readContexts(found)
  if (contexts.kind === 'unusable') throw unusable(paths.join(delimiter), contexts)
  return contexts
}

function contextUnknown(context: string, { paths }: Kubeconfig, { names }: KubeconfigContexts): KdeTpError {
  const where = paths.join(delimiter)
  const message =
    context === '' ? t`No context is current in ${where}.` : t`There is no context "${context}" in ${where}.`
  return new KdeTpError('ENVIRONMENT_UNKNOWN', message, {
    hint:
      names.length === 0
        ? t`Put a cluster into the kubeconfig.`
        : t`Name one with --environment: ${names.join(', ')}.`,
  })
}

/** Nothing may be mounted there. */
const rootDirectory = (): KdeTpError =>
  new KdeTpError('WORKSPACE_MISSING', t`There is no kde.env in /, and / cannot be a project.`, {
    hint: t`Go into your project's directory, or name one with --workspace.`,
  })

/** A relative XDG_STATE_HOME counts as none, as the XDG specification has it. */
function stateDirectory({ environment, person }: Edges): string {
  const named = environment['XDG_STATE_HOME'] ?? ''
  return `${isAbsolute(named) ? named : `${person.home}/.local/state`}/kde-tp`
}
