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
 * Throws ENGINE_UNSUPPORTED for an engine on which nothing could work. With users remapped, root of a container is nobody
 * on the computer: the keeper may not use the engine's socket, and the session may not read the kubeconfig.
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
      t`The engine remaps users, so the keeper may not use its socket, nor the session read your kubeconfig.`,
      { hint: t`Start the engine without userns-remap, or use another one.` },
    )
}

/** As `docker info` names them in its security options. */
const KINDS: readonly { readonly option: string; readonly finding: Finding }[] = [
  {
    option: 'name=rootless',
    finding: warning(
      t`Engine`,
      t`It is rootless: uid 0 of a dev container is you. That has a code of its own here, and has not been tried.`,
      t`If /dev/net/tun is refused, use an engine that runs as root.`,
    ),
  },
  {
    option: 'name=selinux',
    finding: warning(
      t`Engine`,
      t`It labels files by SELinux: containers may be refused what they mount. That has not been tried.`,
      t`Start the engine without selinux-enabled, if a container is refused its files.`,
    ),
  },
]

const DESKTOP = warning(
  t`Engine`,
  t`It is Docker Desktop, for which there is code of its own here that has not been tried.`,
  t`If something fails there and not on Linux, tell us what.`,
)
