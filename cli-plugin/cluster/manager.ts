import type { ClusterFacts } from '../../session/facts.ts'
import type { AskApi } from './api.ts'

interface Deployment {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } }
  }
}

/** The traffic-manager of a namespace. Forbidden is not absent: its Service, which every user may read, is asked then. */
export async function readManager(ask: AskApi, namespace: string): Promise<ClusterFacts['manager']> {
  const deployment = await ask(`/apis/apps/v1/namespaces/${namespace}/deployments/traffic-manager`)
  if (deployment.status === 404) return { found: 'no' }
  if (deployment.status === 200) return { found: 'yes', version: versionOf(deployment.body as Deployment) }
  const service = await ask(`/api/v1/namespaces/${namespace}/services/traffic-manager`)
  return service.status === 404 ? { found: 'no' } : { found: 'forbidden' }
}

/** The tag of its image, which is the manager's version. */
const versionOf = ({ spec }: Deployment): string =>
  spec.template.spec.containers[0]?.image.split('@')[0]?.split(':').at(-1) ?? ''
