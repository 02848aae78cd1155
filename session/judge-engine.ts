import { t } from '../language/t.ts'
import { type EngineFacts, isDesktop } from './commands/docker.ts'
import { KdeTpError } from './errors.ts'
import { type Finding, ok, warning } from './finding.ts'

/** What kind of engine it is, and what that means for us. */
export function judgeEngine({ version, operatingSystem, securityOptions }: EngineFacts): readonly Finding[] {
  const kinds = KINDS.filter(({ option }) => securityOptions.some(each => each.includes(option)))
  return [
    ok(t`Engine`, t`Docker ${version} on ${operatingSystem}.`),
    ...kinds.map(({ finding }) => finding),
    ...(isDesktop(operatingSystem) ? [DESKTOP] : []),
  ]
}

/**
 * Throws ENGINE_UNSUPPORTED for an engine on which nothing could work. Seen on one with users remapped: root of a
 * container is nobody on the computer, and may use neither the engine's socket, /dev/net/tun nor the person's files. What
 * runs there in the computer's own user namespace is root, but does not own its image's files.
 */
export function assertUsable({ osType, securityOptions }: EngineFacts): void {
  if (osType === 'windows')
    throw new KdeTpError(
      'ENGINE_UNSUPPORTED',
      t`The engine runs Windows containers, and these are for Linux.`,
      {
        hint: t`Switch Docker to Linux containers.`,
      },
    )
  if (securityOptions.includes('name=userns'))
    throw new KdeTpError(
      'ENGINE_UNSUPPORTED',
      t`The engine remaps users, so containers may not use its socket, /dev/net/tun and your files.`,
      { hint: t`Start the engine without userns-remap, or use another one.` },
    )
}

/** As `docker info` names them in its security options. */
const KINDS: readonly { readonly option: string; readonly finding: Finding }[] = [
  {
    option: 'name=rootless',
    finding: ok(
      t`Engine`,
      t`It is rootless: uid 0 of a dev container is you, and this computer's loopback is out of its reach.`,
    ),
  },
  {
    option: 'name=selinux',
    finding: warning(
      t`Engine`,
      t`It labels containers by SELinux. Those of kde-tp run without a label, which has not been tried.`,
      t`If a container is refused its files all the same, tell us what the computer's audit log says.`,
    ),
  },
]

const DESKTOP = warning(
  t`Engine`,
  t`It is Docker Desktop, for which there is code of its own here that has not been tried.`,
  t`If something fails there and not on Linux, tell us what.`,
)
