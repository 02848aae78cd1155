import { t } from '../../language/t.ts'
import { type Mode, traitsOf } from '../../session/mode.ts'
import type { Options, Typed } from '../command.ts'
import { placeOptions } from '../surroundings/options.ts'

/** What every mode takes. */
const shared = {
  ...placeOptions,
  'also-proxy': {
    type: 'string',
    multiple: true,
    value: 'CIDR',
    summary: t`Also reach this network through the cluster`,
  },
  container: { type: 'string', value: 'string', summary: t`The pod's container that is meant` },
  detach: { type: 'boolean', short: 'd', summary: t`Leave the dev container running in the background` },
  'docker-socket': {
    type: 'boolean',
    summary: t`Give the dev container the engine's socket, and with it all rights on this computer`,
  },
  'dry-run': { type: 'boolean', summary: t`Print the plan and change nothing` },
  env: {
    type: 'string',
    short: 'e',
    multiple: true,
    value: 'NAME=VALUE',
    summary: t`Set a variable in the dev container`,
  },
  image: {
    type: 'string',
    value: 'string',
    summary: t`Image of the dev container instead of the project's DEVELOP_IMAGE`,
  },
  'install-traffic-manager': {
    type: 'boolean',
    summary: t`Install the traffic-manager where the cluster has none`,
  },
  mount: {
    type: 'string',
    value: 'live|copy',
    valueWhenBare: 'live',
    summary: t`Bring the remote container's volumes into the dev container, live or copied once`,
  },
  'no-docker-config': { type: 'boolean', summary: t`Keep your ~/.docker out of the dev container` },
  'no-kubeconfig': { type: 'boolean', summary: t`Keep your kubeconfig out of the dev container` },
  'no-netrc': { type: 'boolean', summary: t`Keep your ~/.netrc out of the dev container` },
  project: { type: 'string', value: 'string', summary: t`Project whose dev container is opened` },
  publish: {
    type: 'string',
    multiple: true,
    value: '[HOSTPORT:]PORT',
    summary: t`Make a port of the dev container reachable on this computer`,
  },
  yes: { type: 'boolean', short: 'y', summary: t`Answer yes to every question` },
} as const satisfies Options

const agent = {
  agent: {
    type: 'string',
    value: 'node|sidecar',
    summary: t`Agent in the cluster (default: sidecar; for ingest node, where the cluster allows it)`,
  },
} as const satisfies Options

const port = (summary: string) =>
  ({
    port: { type: 'string', short: 'p', multiple: true, value: 'LOCAL:REMOTE', summary },
  }) as const satisfies Options

const toPod = {
  'to-pod': {
    type: 'string',
    multiple: true,
    value: 'PORT[/udp]',
    summary: t`Reach a port of the pod's other containers on localhost`,
  },
} as const satisfies Options

const takeOver = {
  'take-over': {
    type: 'boolean',
    summary: t`End the attachment of somebody else who holds the workload, after a yes`,
  },
} as const satisfies Options

const filter = {
  header: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    summary: t`Take only requests that have this header`,
  },
  'path-prefix': { type: 'string', value: 'string', summary: t`Take only requests whose path starts so` },
  'path-regex': { type: 'string', value: 'string', summary: t`Take only requests whose path matches` },
} as const satisfies Options

const SERVICE_PORT = t`Local port for a service port's name or number`
const CONTAINER_PORT = t`Local port for a container port's name or number`

type AttachOptions = typeof shared &
  typeof agent &
  ReturnType<typeof port> &
  typeof toPod &
  typeof takeOver &
  typeof filter

/** What was typed for any of the modes; what a mode does not take is not there. */
export type AttachTyped = Typed<AttachOptions>

export function optionsOf(mode: Mode): Options {
  const { ports, canFilter, reachesPod, agents, isExclusive } = traitsOf[mode]
  return {
    ...shared,
    ...(agents.length > 1 && agent),
    ...(ports !== 'none' && port(ports === 'service' ? SERVICE_PORT : CONTAINER_PORT)),
    ...(reachesPod && toPod),
    ...(isExclusive && takeOver),
    ...(canFilter && filter),
  }
}
