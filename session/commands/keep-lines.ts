import { nothing, type ToolCommand } from '../tool-command.ts'
import { mountOption } from './mount-option.ts'
import { SECURITY_OPTIONS } from './security-options.ts'

/** Reads `NAMESPACE LINE` each. The session writes in the same files through the person's group. */
export const KEEP_LINES =
  'umask 007; while read -r name line; do printf "%s\\n" "$line" >> "logs/$name.log"; done'

/** What runs a script of bash with the environment's `.telepresence` at /telepresence, as the person whose it is. */
export interface InFiles {
  readonly image: string
  readonly user: string
  /** The environment's `.telepresence`. */
  readonly filesDirectory: string
}

/**
 * A container without network, for the keeper has none of the host's files and no rights to any. It fails where the
 * directory is gone, and makes none.
 */
export const inFiles = ({ image, user, filesDirectory }: InFiles, script: string): readonly string[] => [
  ...['run', '--rm', '--interactive', '--pull', 'never', '--network', 'none', '--cap-drop', 'ALL'],
  '--read-only',
  ...[...SECURITY_OPTIONS, '--user', user, '--mount', mountOption(filesDirectory, '/telepresence')],
  ...['--workdir', '/telepresence', '--entrypoint', 'bash', image, '-c', script, 'bash'],
]

/** Adds lines of the keeper's to the log files of their namespaces, where the keeper's own log does not outlive it. */
export const keepLines = (files: InFiles, lines: readonly string[]): ToolCommand<void> => ({
  args: inFiles(files, KEEP_LINES),
  stdin: lines.map(line => `${line}\n`).join(''),
  anyExitCode: true,
  timeoutSeconds: 30,
  parse: nothing,
})
