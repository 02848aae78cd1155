import { LABEL, type Ownership, roleLabels } from './labels.ts'
import { mounterName } from './names.ts'
import { type ComposeProject, sharedMount } from './project.ts'
import { SECURITY } from './security.ts'

/** Where it mounts, inside; on the host it is there too. */
const VOLUMES = '/volumes'

export interface MounterInput {
  readonly project: string
  readonly ownership: Ownership
  readonly namespace: string
  readonly workload: string
  readonly image: string
  /** The container whose network leads to the pod. */
  readonly holder: string
  readonly devContainer: string
  /** An SFTP server without ssh around it; empty where none is known yet. */
  readonly volumes: { readonly host: string; readonly port: number | ''; readonly directory: string }
  /** On the engine's machine, and on a mount that is shared. */
  readonly directory: string
  /** `uid:gid` of whose the volumes are to be here. */
  readonly user: string
}

const mounterService = (namespace: string, workload: string): string => `mount-${namespace}-${workload}`

/**
 * Mounts the volumes of a workload for as long as it runs. To mount takes the right to, and the device: it alone has
 * them, and it has no kubeconfig and nothing of the person's.
 */
export const mounterProject = (input: MounterInput): ComposeProject => ({
  name: input.project,
  services: {
    [mounterService(input.namespace, input.workload)]: {
      image: input.image,
      container_name: mounterName(input.project, input.namespace, input.workload),
      labels: {
        ...roleLabels(input.ownership, 'mounter', input.namespace),
        [LABEL.devContainer]: input.devContainer,
      },
      entrypoint: ['mount-volumes', VOLUMES, ...input.user.split(':')],
      command: [],
      environment: {
        FROM_HOST: input.volumes.host,
        FROM_PORT: String(input.volumes.port),
        FROM_DIRECTORY: input.volumes.directory,
      },
      init: true,
      network_mode: `container:${input.holder}`,
      cap_drop: ['ALL'],
      cap_add: ['SYS_ADMIN'],
      devices: ['/dev/fuse:/dev/fuse'],
      // Docker's profile for AppArmor lets nobody mount.
      security_opt: [...SECURITY, 'apparmor=unconfined'],
      read_only: true,
      volumes: [sharedMount(input.directory, VOLUMES, 'rshared', true)],
      restart: 'no',
    },
  },
})
