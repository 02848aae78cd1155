import { roleLabels } from './labels.ts'
import { relayName } from './names.ts'
import type { ComposeService } from './project.ts'
import { SECURITY } from './security.ts'
import type { SessionInput } from './session-input.ts'

/** The first address of a subnet, which Docker gives to the network's gateway: the host, as its containers see it. */
export const gatewayOf = (subnet: string): string => subnet.replace(/\d+\/\d+$/, '1')

export const relayService = (namespace: string): string => `relay-${namespace}`

/**
 * Leads from the session's network to a port of the host's own loopback. It is on the host's network, and listens only
 * where the session's network has its gateway.
 */
export function relay(input: SessionInput, subnet: string, port: number): ComposeService {
  return {
    image: input.image,
    container_name: relayName(input.project, input.namespace),
    labels: roleLabels(input.ownership, 'relay', input.namespace),
    command: ['relay', '--listen', `${gatewayOf(subnet)}:${port}`, '--to', `127.0.0.1:${port}`],
    init: true,
    network_mode: 'host',
    cap_drop: ['ALL'],
    security_opt: SECURITY,
    read_only: true,
    restart: 'no',
  }
}
