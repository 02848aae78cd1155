import { LABEL, type Ownership, ownershipLabels, type Role, roleLabels } from './labels.ts'
import { inletName, publisherName } from './names.ts'
import type { ComposeProject, ComposeService } from './project.ts'
import { SECURITY } from './security.ts'

/** Where a publisher's two halves meet. */
const MEETING = '/kde-tp/publish'
const SOCKET = `${MEETING}/socket`
const NETWORK = 'session'

export interface PublisherInput {
  readonly project: string
  readonly ownership: Ownership
  readonly namespace: string
  readonly image: string
  /** The container in whose network the dev container is. */
  readonly holder: string
  readonly devContainer: string
  /** A network that containers can publish ports from: the session's. */
  readonly network: string
  readonly publications: readonly {
    readonly hostPort: number
    readonly port: number
    /** `ADDRESS:HOSTPORT:PORT` */
    readonly text: string
  }[]
}

/**
 * Publishes ports of a dev container. A container that runs gets no more ports, and one that joins another's network has
 * none, so each port has two of its own: a publisher that has it, and an inlet in the dev container's network, whence it
 * reaches what listens on the loopback only. They meet at a socket, which no other container can use.
 */
export function publisherProject(input: PublisherInput): ComposeProject {
  const names = input.publications.map(({ hostPort }) =>
    publisherName(input.project, input.namespace, hostPort),
  )
  return {
    name: input.project,
    services: Object.fromEntries(
      input.publications.flatMap(publication => {
        const { hostPort } = publication
        return [
          [`publish-${input.namespace}-${hostPort}`, publisher(input, publication)],
          [`inlet-${input.namespace}-${hostPort}`, inlet(input, publication)],
        ] as const
      }),
    ),
    networks: { [NETWORK]: { name: input.network, external: true } },
    volumes: Object.fromEntries(
      names.map(name => [
        name,
        { name, labels: { ...ownershipLabels(input.ownership), [LABEL.namespace]: input.namespace } },
      ]),
    ),
  }
}

type One = PublisherInput['publications'][number]

const publisher = (input: PublisherInput, { hostPort, port, text }: One): ComposeService => ({
  ...half(input, hostPort, true),
  container_name: publisherName(input.project, input.namespace, hostPort),
  labels: { ...labelsOf(input, 'publisher'), [LABEL.published]: text },
  command: ['relay', '--listen', `0.0.0.0:${port}`, '--to', SOCKET],
  networks: { [NETWORK]: null },
  ports: [text],
})

const inlet = (input: PublisherInput, { hostPort, port }: One): ComposeService => ({
  ...half(input, hostPort, false),
  container_name: inletName(input.project, input.namespace, hostPort),
  labels: labelsOf(input, 'inlet'),
  command: ['relay', '--listen', SOCKET, '--to', `localhost:${port}`],
  network_mode: `container:${input.holder}`,
})

const labelsOf = ({ ownership, namespace, devContainer }: PublisherInput, role: Role) => ({
  ...roleLabels(ownership, role, namespace),
  [LABEL.devContainer]: devContainer,
})

/** The inlet makes the socket, and the publisher finds it. */
const half = ({ image, project, namespace }: PublisherInput, hostPort: number, readOnly: boolean) =>
  ({
    image,
    init: true,
    cap_drop: ['ALL'],
    security_opt: SECURITY,
    read_only: true,
    volumes: [
      {
        type: 'volume',
        source: publisherName(project, namespace, hostPort),
        target: MEETING,
        read_only: readOnly,
      },
    ],
    restart: 'no',
  }) as const
