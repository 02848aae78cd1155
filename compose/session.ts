import { LABEL, ownershipLabels, roleLabels } from './labels.ts'
import { cacheVolumeName, holderName } from './names.ts'
import { bindMount, type ComposeNetwork, type ComposeProject, type ComposeService } from './project.ts'
import { relay, relayService } from './relay.ts'
import { SECURITY } from './security.ts'
import type { SessionInput } from './session-input.ts'

export const NETWORK = 'session'
const CACHE = 'cache'

/** Where things lie inside a session's container. */
export const SESSION_PATHS = {
  kubeconfigDirectory: '/kde-tp/kubeconfig',
  logs: '/kde-tp/logs',
  cache: '/root/.cache/telepresence',
  /** A file that is there while the session is connected. */
  connected: '/run/kde-tp/connected',
} as const

/**
 * A file is looked for, which costs next to nothing. Engines from 25 on look every 5 s while the start may take, without
 * `start_interval`, for which Compose refuses older ones.
 */
const HEALTHCHECK = {
  test: ['CMD', 'test', '-e', SESSION_PATHS.connected],
  interval: '60s',
  timeout: '5s',
  retries: 1,
  start_period: '150s',
} as const

export const holderService = (namespace: string): string => `net-${namespace}`
const sessionService = (namespace: string): string => `session-${namespace}`

/** Holder and session of one namespace: the same input gives the same bytes. */
export function sessionProject(input: SessionInput): ComposeProject {
  return {
    name: input.project,
    services: {
      [holderService(input.namespace)]: holder(input),
      [sessionService(input.namespace)]: session(input),
      ...relays(input),
    },
    networks: { [NETWORK]: network(input) },
    volumes: {
      [CACHE]: {
        name: cacheVolumeName(input.project, input.namespace),
        labels: { ...ownershipLabels(input.ownership), [LABEL.namespace]: input.namespace },
      },
    },
  }
}

/** The holder owns the network namespace, so that the session may crash or be replaced under a running dev container. */
export function holder(input: SessionInput): ComposeService {
  return {
    image: input.image,
    container_name: holderName(input.project, input.namespace),
    labels: roleLabels(input.ownership, 'holder', input.namespace),
    entrypoint: ['sleep', 'infinity'],
    init: true,
    hostname: input.hostname,
    networks: { [NETWORK]: null },
    cap_drop: ['ALL'],
    security_opt: SECURITY,
    read_only: true,
    restart: 'no',
  }
}

function relays(input: SessionInput): ComposeProject['services'] {
  const { network, relayPort, namespace } = input
  if (network.kind === 'external' || relayPort === undefined) return {}
  return { [relayService(namespace)]: relay(input, network.subnet, relayPort) }
}

function session(input: SessionInput): ComposeService {
  return {
    image: input.image,
    container_name: input.containerName,
    labels: {
      ...roleLabels(input.ownership, 'session', input.namespace),
      [LABEL.alsoProxy]: input.alsoProxy.join(','),
      [LABEL.network]: input.network.name,
    },
    command: [
      'session',
      ...['--namespace', input.namespace],
      ...['--manager-namespace', input.managerNamespace],
      ...input.alsoProxy.flatMap(cidr => ['--also-proxy', cidr]),
    ],
    init: true,
    network_mode: `service:${holderService(input.namespace)}`,
    cap_drop: ['ALL'],
    cap_add: ['NET_ADMIN'],
    devices: ['/dev/net/tun:/dev/net/tun'],
    security_opt: SECURITY,
    group_add: [input.groupId],
    volumes: [
      { type: 'volume', source: CACHE, target: SESSION_PATHS.cache },
      bindMount(input.kubeconfigDirectory, SESSION_PATHS.kubeconfigDirectory, true),
      bindMount(input.logsDirectory, SESSION_PATHS.logs),
    ],
    healthcheck: HEALTHCHECK,
    stop_grace_period: '30s',
    restart: 'no',
  }
}

export function network({ network, ownership }: SessionInput): ComposeNetwork {
  if (network.kind === 'external') return { name: network.name, external: true }
  return {
    name: network.name,
    labels: ownershipLabels(ownership),
    ipam: { config: [{ subnet: network.subnet }] },
  }
}
