/**
 * Without a label of SELinux's. Where the engine gives them, one would keep a container from the engine's socket, from
 * /dev/net/tun and from a person's files, and to relabel those files would change them for everybody else.
 */
export const UNLABELLED = 'label=disable'

/** Of every container that runs our image. */
export const SECURITY = ['no-new-privileges:true', UNLABELLED] as const
