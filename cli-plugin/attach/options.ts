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
    summary: 'Also reach this network through the cluster',
  },
  container: { type: 'string', value: 'string', summary: "The pod's container that is meant" },
  detach: { type: 'boolean', short: 'd', summary: 'Leave the dev container running in the background' },
  'docker-socket': {
    type: 'boolean',
    summary: "Give the dev container the engine's socket, and with it all rights on this computer",
  },
  'dry-run': { type: 'boolean', summary: 'Print the plan and change nothing' },
  env: {
    type: 'string',
    short: 'e',
    multiple: true,
    value: 'NAME=VALUE',
    summary: 'Set a variable in the dev container',
  },
  image: {
    type: 'string',
    value: 'string',
    summary: "Image of the dev container instead of the project's DEVELOP_IMAGE",
  },
  'install-traffic-manager': {
    type: 'boolean',
    summary: 'Install the traffic-manager where the cluster has none',
  },
  'no-docker-config': { type: 'boolean', summary: 'Keep your ~/.docker out of the dev container' },
  'no-kubeconfig': { type: 'boolean', summary: 'Keep your kubeconfig out of the dev container' },
  'no-netrc': { type: 'boolean', summary: 'Keep your ~/.netrc out of the dev container' },
  project: { type: 'string', value: 'string', summary: 'Project whose dev container is opened' },
  yes: { type: 'boolean', short: 'y', summary: 'Answer yes to every question' },
} as const satisfies Options

const agent = {
  agent: {
    type: 'string',
    value: 'node|sidecar',
    summary: 'Agent in the cluster (default: what restarts no pod, where the cluster allows it)',
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
    summary: "Reach a port of the pod's other containers on localhost",
  },
} as const satisfies Options

const filter = {
  header: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    summary: 'Take only requests that have this header',
  },
  'path-prefix': { type: 'string', value: 'string', summary: 'Take only requests whose path starts so' },
  'path-regex': { type: 'string', value: 'string', summary: 'Take only requests whose path matches' },
} as const satisfies Options

const SERVICE_PORT = "Local port for a service port's name or number"
const CONTAINER_PORT = "Local port for a container port's name or number"

type AttachOptions = typeof shared & typeof agent & ReturnType<typeof port> & typeof toPod & typeof filter

/** What was typed for any of the modes; what a mode does not take is not there. */
export type AttachTyped = Typed<AttachOptions>

export function optionsOf(mode: Mode): Options {
  const { ports, canFilter, agents } = traitsOf[mode]
  return {
    ...shared,
    ...(agents.length > 1 && agent),
    ...(ports !== 'none' && port(ports === 'service' ? SERVICE_PORT : CONTAINER_PORT)),
    ...(mode !== 'wiretap' && toPod),
    ...(canFilter && filter),
  }
}
