import { LABEL, type Life, roleLabels } from './labels.ts'
import { devContainerName, namePart } from './names.ts'
import type { ComposeMount, ComposeProject } from './project.ts'
import { UNLABELLED } from './security.ts'
import { holder, holderService, NETWORK, network } from './session.ts'
import { type SessionInput, toSessionLabel } from './session-input.ts'

/** Waits for ever with bash alone, which is all that a development image must have. Ends at once on SIGTERM. */
const WAIT = ['bash', '-c', 'exec {never}<> <(:); while :; do read -r -u "$never"; done']

export interface DevContainerInput {
  readonly session: SessionInput
  /** The project's directory name. */
  readonly devProject: string
  readonly image: string
  readonly life: Life
  /** The attachment as JSON, for the label. Holds no header's value. */
  readonly attachment: string
  /** `uid:gid` */
  readonly user: string
  /** Ids of further groups. */
  readonly groups: readonly string[]
  readonly workingDirectory: string
  readonly variables: Readonly<Record<string, string>>
  readonly mounts: readonly ComposeMount[]
  /** Compose's short form, as `/home/me:uid=1000,gid=1000`. */
  readonly tmpfs: readonly string[]
  /** The main process of a detached container, entrypoint included; undefined where it only waits for shells. */
  readonly command: readonly string[] | undefined
}

export const devService = (namespace: string, devProject: string): string =>
  `dev-${namespace}-${namePart(devProject)}`

/** The dev container with the holder whose network it joins. The holder is there already and is not touched. */
export function devContainerProject(input: DevContainerInput): ComposeProject {
  const { session, devProject } = input
  const volumes = input.mounts.filter(({ type }) => type === 'volume').map(({ source }) => source)
  return {
    name: session.project,
    services: {
      [holderService(session.namespace)]: holder(session),
      [devService(session.namespace, devProject)]: {
        image: input.image,
        container_name: devContainerName(session.project, session.namespace, devProject),
        labels: {
          ...roleLabels(session.ownership, 'dev', session.namespace),
          [LABEL.project]: devProject,
          [LABEL.life]: input.life,
          [LABEL.attachment]: input.attachment,
          [LABEL.session]: toSessionLabel(session),
        },
        entrypoint: input.command ?? WAIT,
        command: [],
        init: true,
        user: input.user,
        ...(input.groups.length > 0 && { group_add: input.groups }),
        working_dir: input.workingDirectory,
        environment: input.variables,
        network_mode: `service:${holderService(session.namespace)}`,
        volumes: input.mounts,
        ...(input.tmpfs.length > 0 && { tmpfs: input.tmpfs }),
        security_opt: [UNLABELLED],
        restart: 'no',
      },
    },
    networks: { [NETWORK]: network(session) },
    ...(volumes.length > 0 && { volumes: Object.fromEntries(volumes.map(name => [name, { name }])) }),
  }
}
