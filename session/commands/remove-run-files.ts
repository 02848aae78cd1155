import { nothing, type ToolCommand } from '../tool-command.ts'
import { mountOption } from './mount-option.ts'
import { SECURITY_OPTIONS } from './security-options.ts'

/** Of other directories here KDE-cli may have some in use. What is mounted is somebody's, and is not gone into. */
const SCRIPT =
  'cd /telepresence && rm -rf run && for each in "$@"; do rmdir "mounts/local/$each"; rm -rf --one-file-system "mounts/remote/$each"; done; rmdir mounts/local mounts/remote mounts'

/**
 * Removes what only running containers need of an environment's files, the kubeconfig above all. The keeper has none of
 * the host's files and no rights to any, so a container does it as the person whose they are. Logs and copied
 * environments stay, on purpose.
 */
export const removeRunFiles = (input: {
  readonly image: string
  readonly user: string
  /** The environment's `.telepresence`. */
  readonly filesDirectory: string
  readonly namespaces: readonly string[]
}): ToolCommand<void> => ({
  args: [
    ...['run', '--rm', '--pull', 'never', '--network', 'none', '--cap-drop', 'ALL'],
    ...[...SECURITY_OPTIONS, '--user', input.user],
    ...['--mount', mountOption(input.filesDirectory, '/telepresence')],
    ...['--entrypoint', 'bash', input.image, '-c', SCRIPT, 'bash', ...input.namespaces],
  ],
  // There may be nothing to remove yet, or something else in a directory.
  anyExitCode: true,
  timeoutSeconds: 60,
  parse: nothing,
})
