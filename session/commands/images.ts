import { succeeded, type ToolCommand } from '../tool-command.ts'
import { SECURITY_OPTIONS } from './security-options.ts'

export interface ImageFacts {
  /** Of its content: another image has another. */
  readonly id: string
  readonly entrypoint: readonly string[]
}

/** Undefined where the engine does not have the image. */
export const readImage = (image: string): ToolCommand<ImageFacts | undefined> => ({
  args: ['image', 'inspect', '--format', '[{{json .Id}},{{json .Config.Entrypoint}}]', image],
  anyExitCode: true,
  parse(output) {
    if (!succeeded(output)) return undefined
    const [id, entrypoint] = JSON.parse(output.stdout) as [string, readonly string[] | null]
    return { id, entrypoint: entrypoint ?? [] }
  },
})

export const pullImage = (image: string): ToolCommand<string | undefined> => ({
  args: ['image', 'pull', image],
  anyExitCode: true,
  showsProgress: true,
  parse: output => (succeeded(output) ? undefined : output.stderr.trim()),
})

/** What an image has inside. */
export interface ImageInside {
  readonly bash: boolean
  readonly directory: boolean
}

/** Whether an image has bash, and a directory; run without network and gone at once. */
export const lookIntoImage = (image: string, directory: string): ToolCommand<ImageInside> => ({
  args: [
    ...['run', '--rm', '--network', 'none', '--cap-drop', 'ALL', ...SECURITY_OPTIONS, '--read-only'],
    ...['--pull', 'never', '--entrypoint', 'bash', image],
    ...['-c', 'if [ -d "$1" ]; then exit 10; else exit 11; fi', 'bash', directory],
  ],
  anyExitCode: true,
  timeoutSeconds: 60,
  parse: ({ exitCode }) => ({ bash: exitCode === 10 || exitCode === 11, directory: exitCode === 10 }),
})
