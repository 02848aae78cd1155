import { t } from '../language/t.ts'
import { KdeTpError } from './errors.ts'

export interface MountingPlace {
  /** The engine runs on this computer, and not in a machine of its own. */
  readonly isHere: boolean
  readonly isDesktop: boolean
  readonly isRootless: boolean
  /** This computer's `/proc/self/mountinfo`; undefined where it has none. */
  readonly mounts: string | undefined
  /** Where the volumes are to be. */
  readonly directory: string
}

/**
 * Live volumes are mounted in one container and seen from another and the host, which takes one kernel, one root, and a
 * mount that tells the others of what is mounted below it. Throws ENGINE_UNSUPPORTED.
 */
export function assertMountsLive({ isHere, isDesktop, isRootless, mounts, directory }: MountingPlace): void {
  if (isDesktop) throw unsupported(t`Docker Desktop's engine is in a machine of its own.`)
  if (isRootless) throw unsupported(t`A rootless engine may not mount what the host sees.`)
  if (!isHere || mounts === undefined) throw unsupported(t`The engine is on another computer.`)
  const mount = mountOf(directory, mounts)
  if (!mount.isShared)
    throw unsupported(
      t`${mount.path} is a private mount of this computer.`,
      t`Or make it shared, as root: mount --make-rshared ${mount.path}`,
    )
}

const unsupported = (reason: string, otherwise?: string): KdeTpError =>
  new KdeTpError('ENGINE_UNSUPPORTED', t`Volumes cannot be shown live here. ${reason}`, {
    hint: [t`Run with --mount=copy, which copies them once.`, otherwise ?? []].flat().join(' '),
  })

interface MountPoint {
  readonly path: string
  readonly isShared: boolean
}

/** What a path lies on: of `mountinfo`, in which a later mount covers an earlier one. */
export function mountOf(path: string, mountinfo: string): MountPoint {
  const above = mountinfo
    .split('\n')
    .map(toMountPoint)
    .filter(mount => isBelow(path, mount.path))
  const longest = Math.max(...above.map(mount => mount.path.length))
  return above.findLast(mount => mount.path.length === longest) ?? { path: '/', isShared: false }
}

/** `36 35 98:0 /mnt1 /mnt2 rw,noatime shared:1 - ext3 /dev/root rw`; blanks in a path are octal. */
function toMountPoint(line: string): MountPoint {
  const [before = ''] = line.split(' - ')
  const [, , , , path = '', , ...optional] = before.split(' ')
  return { path: unescaped(path), isShared: optional.some(field => field.startsWith('shared:')) }
}

const unescaped = (path: string): string =>
  path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

const isBelow = (path: string, directory: string): boolean =>
  directory !== '' && (path === directory || directory === '/' || path.startsWith(`${directory}/`))

/** Where something is mounted below a directory. */
export const mountPointsBelow = (directory: string, mountinfo: string): readonly string[] =>
  mountinfo
    .split('\n')
    .map(line => toMountPoint(line).path)
    .filter(path => path !== directory && isBelow(path, directory))

/** Whether something is mounted just there: what a mounter that was removed by somebody has left. */
export const isMountPoint = (path: string, mountinfo: string): boolean =>
  mountOf(path, mountinfo).path === path
