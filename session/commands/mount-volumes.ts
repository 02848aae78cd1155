import { t } from '../../language/t.ts'
import { KdeTpError } from '../errors.ts'
import { nothing, succeeded, type ToolCommand, text } from '../tool-command.ts'
import { mountOption } from './mount-option.ts'
import { SECURITY_OPTIONS } from './security-options.ts'

/** Returns once a mounter has mounted. It connects before it mounts. Throws MOUNT_FAILED. */
export const waitUntilMounted = (mounter: string, workload: string): ToolCommand<void> => ({
  args: ['exec', mounter, 'bash', '-c', 'until grep -q " fuse.sshfs " /proc/self/mounts; do sleep 0.1; done'],
  anyExitCode: true,
  timeoutSeconds: 30,
  parse(output) {
    if (!succeeded(output)) throw mountFailed(workload, output.stderr)
  },
})

export const mountFailed = (workload: string, detail: string): KdeTpError =>
  new KdeTpError('MOUNT_FAILED', t`The volumes of "${workload}" could not be mounted.`, {
    detail: detail.trim(),
    hint: t`Run again with --mount=copy, or without --mount.`,
  })

/** Where on the host a mounter mounts; undefined where there is no such container. */
export const readMounted = (mounter: string): ToolCommand<string | undefined> => ({
  args: ['container', 'inspect', '--format', '{{range .Mounts}}{{.Source}}{{end}}', mounter],
  anyExitCode: true,
  parse: output => (succeeded(output) ? text(output) : undefined),
})

/**
 * Takes away what a mounter that was killed has left mounted on the host, also where nobody answers any more. What is not
 * mounted is left as it is. The directory is another person's than root's, hence the right to pass through it.
 */
export const unmountVolumes = (image: string, directory: string): ToolCommand<void> => ({
  args: [
    ...['run', '--rm', '--pull', 'never', '--network', 'none', '--cap-drop', 'ALL', '--read-only'],
    ...['--cap-add', 'SYS_ADMIN', '--cap-add', 'DAC_READ_SEARCH'],
    ...[...SECURITY_OPTIONS, '--security-opt', 'apparmor=unconfined'],
    ...['--mount', mountOption(parentOf(directory), '/mounts', { isReadOnly: true, propagation: 'rshared' })],
    ...['--entrypoint', 'umount', image, '--lazy', '--no-canonicalize', `/mounts/${nameOf(directory)}`],
  ],
  anyExitCode: true,
  timeoutSeconds: 60,
  parse: nothing,
})

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
