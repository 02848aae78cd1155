import { t } from '../../language/t.ts'
import { KdeTpError } from '../errors.ts'
import type { ToolCommand } from '../tool-command.ts'
import type { ServedVolumes } from './list-own.ts'
import { mountOption } from './mount-option.ts'
import { SECURITY_OPTIONS } from './security-options.ts'

export interface CopiedVolumes {
  readonly workload: string
  readonly volumes: Omit<ServedVolumes, 'paths'>
  /** On the engine's machine; what is in it is replaced. */
  readonly directory: string
  readonly image: string
  /** The container whose network leads to the pod. */
  readonly holder: string
  /** `uid:gid` of whose the copy is to be. */
  readonly user: string
}

/**
 * Copies volumes from the agent's SFTP server, in a short-lived container that is the person: the copy is theirs alone,
 * since a service account's token is in it. It takes no capability and no device. Throws MOUNT_FAILED.
 */
export const copyVolumes = (input: CopiedVolumes): ToolCommand<void> => ({
  args: [
    ...['run', '--rm', '--init', '--pull', 'never', '--network', `container:${input.holder}`],
    ...['--cap-drop', 'ALL', ...SECURITY_OPTIONS, '--read-only', '--tmpfs', '/tmp', '--user', input.user],
    ...['--mount', mountOption(input.directory, '/volumes')],
    ...['--env', `FROM_HOST=${input.volumes.host}`, '--env', `FROM_PORT=${input.volumes.port}`],
    ...['--entrypoint', 'copy-volumes', input.image, input.volumes.directory, '/volumes'],
  ],
  anyExitCode: true,
  timeoutSeconds: 600,
  parse({ exitCode, stderr }) {
    if (exitCode === 0) return
    throw new KdeTpError('MOUNT_FAILED', t`The volumes of "${input.workload}" could not be copied.`, {
      detail: stderr.trim(),
      hint: t`Run again, or without --mount.`,
    })
  },
})
