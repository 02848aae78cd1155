import type { ClusterFacts } from '../../session/facts.ts'
import type { AskApi } from './api.ts'

interface Container {
  readonly image: string
  readonly env?: readonly { readonly name: string; readonly value?: string }[]
}

interface Deployment {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly Container[] } }
  }
}

/** The traffic-manager of a namespace. Forbidden is not absent: its Service, which every user may read, is asked then. */
export async function readManager(ask: AskApi, namespace: string): Promise<ClusterFacts['manager']> {
  const deployment = await ask(`/apis/apps/v1/namespaces/${namespace}/deployments/traffic-manager`)
  if (deployment.status === 404) return { found: 'no' }
  if (deployment.status === 200) return { found: 'yes', ...readDeployment(deployment.body as Deployment) }
  const service = await ask(`/api/v1/namespaces/${namespace}/services/traffic-manager`)
  return service.status === 404 ? { found: 'no' } : { found: 'forbidden' }
}

type Found = Extract<ClusterFacts['manager'], { found: 'yes' }>

/** Its version is the tag of its image; what it allows its clients is in its environment (chart 2.31.2). */
function readDeployment({ spec }: Deployment): Omit<Found, 'found'> {
  const [container] = spec.template.spec.containers
  const valueIn = (variable: string): string | undefined =>
    container?.env?.find(({ name }) => name === variable)?.value
  const timeToLive = valueIn('CLIENT_CONNECTION_TTL')
  return {
    version: container?.image.split('@')[0]?.split(':').at(-1) ?? '',
    hasNodeAgents: valueIn('NODE_AGENT_ENABLED') === 'true',
    ...(timeToLive !== undefined && { connectionTimeToLive: timeToLive }),
  }
}
