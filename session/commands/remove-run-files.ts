import { nothing, type ToolCommand } from '../tool-command.ts'
import { type InFiles, inFiles, KEEP_LINES } from './keep-lines.ts'

/** Of other directories here KDE-cli may have some in use. What is mounted is somebody's, and is not gone into. */
const SCRIPT = `${KEEP_LINES}; rm -rf run && for each in "$@"; do rmdir "mounts/local/$each"; rm -rf --one-file-system "mounts/remote/$each"; done; rmdir mounts/local mounts/remote mounts`

/**
 * Removes what only running containers need of an environment's files, the kubeconfig above all. Logs and copied
 * environments stay, on purpose, and the keeper's last lines are added to them.
 */
export const removeRunFiles = (
  files: InFiles & { readonly namespaces: readonly string[]; readonly lines: readonly string[] },
): ToolCommand<void> => ({
  args: [...inFiles(files, SCRIPT), ...files.namespaces],
  stdin: files.lines.map(line => `${line}\n`).join(''),
  // There may be nothing to remove yet, or something else in a directory.
  anyExitCode: true,
  timeoutSeconds: 60,
  parse: nothing,
})
