import * as z from 'zod/mini'
import { LABEL } from '../../compose/labels.ts'
import { nothing, succeeded, type ToolCommand } from '../tool-command.ts'
import { mountOption } from './mount-option.ts'
import { SECURITY_OPTIONS } from './security-options.ts'

const StoppedSession = z.object({
  Config: z.object({
    Image: z.string(),
    Hostname: z.string(),
    Cmd: z.array(z.string()),
    Labels: z.record(z.string(), z.string()),
  }),
  HostConfig: z.object({ GroupAdd: z.nullable(z.array(z.string())) }),
  Mounts: z.array(
    z.object({
      Type: z.string(),
      Name: z.optional(z.string()),
      Source: z.string(),
      Destination: z.string(),
      RW: z.boolean(),
    }),
  ),
})
/** What another session can be made of. */
export type StoppedSession = z.infer<typeof StoppedSession>

/** Undefined where there is no such container. */
export const readSession = (container: string): ToolCommand<StoppedSession | undefined> => ({
  args: ['container', 'inspect', '--format', 'json', container],
  anyExitCode: true,
  parse: output =>
    succeeded(output) ? z.array(StoppedSession).parse(JSON.parse(output.stdout))[0] : undefined,
})

/** Connects, which takes up the attachments of the identity in the cache, and quits, which ends them. */
const SCRIPT = 'kde-tp "$@" --release & timeout 60 session-state --wait; kill $!; wait $!'

/**
 * Ends the attachments of a session that did not quit in order: it hung, or its network was gone. A short-lived one takes
 * its place, with its identity, on the same network. Where the workspace is gone it can't start, and nothing is made.
 */
export const releaseSession = ({ Config, HostConfig, Mounts }: StoppedSession): ToolCommand<void> => ({
  args: [
    ...['run', '--rm', '--init', '--pull', 'never', '--network', Config.Labels[LABEL.network] ?? 'none'],
    ...['--hostname', Config.Hostname, '--cap-drop', 'ALL', '--cap-add', 'NET_ADMIN'],
    ...['--device', '/dev/net/tun', ...SECURITY_OPTIONS],
    ...(HostConfig.GroupAdd ?? []).flatMap(group => ['--group-add', group]),
    ...Mounts.flatMap(mount => ['--mount', mountWords(mount)]),
    ...labelWords(Config.Labels),
    ...['--entrypoint', 'bash', Config.Image, '-c', SCRIPT, 'bash', ...Config.Cmd],
  ],
  anyExitCode: true,
  timeoutSeconds: 150,
  parse: nothing,
})

function mountWords({ Type, Name, Source, Destination, RW }: StoppedSession['Mounts'][number]): string {
  const source = Type === 'volume' ? (Name ?? Source) : Source
  return mountOption(source, Destination, { type: Type, isReadOnly: !RW })
}

/** Ours, so that whatever becomes of it, somebody finds it. */
const labelWords = (labels: StoppedSession['Config']['Labels']): readonly string[] =>
  Object.entries(labels)
    .filter(([name]) => name.startsWith('kde-tp.'))
    .flatMap(([name, value]) => ['--label', `${name}=${value}`])
