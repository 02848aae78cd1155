import { LABEL, type Ownership, roleLabels } from './labels.ts'
import { keeperName } from './names.ts'
import { bindMount, type ComposeProject } from './project.ts'
import { SECURITY } from './security.ts'

export const KEEPER_SERVICE = 'keeper'
/** Where a keeper has the engine's socket. */
export const KEEPER_SOCKET = '/var/run/docker.sock'

export interface KeeperInput {
  readonly project: string
  readonly ownership: Ownership
  readonly image: string
  /** The engine's socket as the engine's own machine names it. */
  readonly socketPath: string
  /** What is known of the engine, for the next commands. */
  readonly engineLabel: string
  /** Where the environment's files of ours lie, and `uid:gid` of the person whose they are. */
  readonly filesDirectory: string
  readonly user: string
}

/** The keeper alone. It has the engine's socket, and so neither network nor rights nor anything to write to. */
export function keeperProject(input: KeeperInput): ComposeProject {
  const name = keeperName(input.project)
  const { workspacePath, environment } = input.ownership
  return {
    name: input.project,
    services: {
      [KEEPER_SERVICE]: {
        image: input.image,
        container_name: name,
        labels: { ...roleLabels(input.ownership, 'keeper'), [LABEL.engine]: input.engineLabel },
        command: [
          ...['keeper', '--name', name, '--workspace', workspacePath, '--environment', environment],
          ...['--image', input.image, '--files', input.filesDirectory, '--user', input.user],
        ],
        init: true,
        network_mode: 'none',
        cap_drop: ['ALL'],
        security_opt: SECURITY,
        read_only: true,
        tmpfs: ['/run/kde-tp:mode=0700'],
        // One that cannot be written to is talked to all the same.
        volumes: [bindMount(input.socketPath, KEEPER_SOCKET, true)],
        // Not after a person has stopped it.
        restart: 'unless-stopped',
      },
    },
  }
}
