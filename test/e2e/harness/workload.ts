import { expect } from 'vitest'
import { apply, askInCluster, kubectl } from './cluster.ts'
import { eventually } from './eventually.ts'

/** A Deployment that answers `answered by the cluster: <pod>` on port 8080, and its Service. */
export interface WorkloadWish {
  readonly name: string
  /** Default: `http`, 80 in the Service, 8080 in the container. */
  readonly ports?: readonly Port[]
  /** As a pod's container has them. */
  readonly env?: readonly object[]
  readonly envFrom?: readonly object[]
  readonly replicas?: number
}

interface Port {
  readonly name: string
  readonly port: number
  readonly containerPort: number
}

const HTTP: Port = { name: 'http', port: 80, containerPort: 8080 }

/** Applies it and waits until it answers in the cluster. */
export async function startWorkload(namespace: string, wish: WorkloadWish): Promise<void> {
  await apply([deployment(namespace, wish), service(namespace, wish.name, wish.ports)])
  await kubectl(['--namespace', namespace, 'rollout', 'status', '--timeout=120s', `deployment/${wish.name}`])
  const url = `http://${wish.name}.${namespace}/`
  await eventually(async () => expect((await askInCluster(url)).status).toBe(200))
}

export function deployment(
  namespace: string,
  { name, ports = [HTTP], env = [], envFrom = [], replicas = 1 }: WorkloadWish,
): object {
  const container = {
    name,
    image: 'kde-tp-sandbox/app:1',
    imagePullPolicy: 'Never',
    ports: ports.map(({ name, containerPort }) => ({ name, containerPort })),
    readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 1 },
    env,
    envFrom,
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { terminationGracePeriodSeconds: 1, containers: [container] },
      },
    },
  }
}

export const service = (namespace: string, name: string, ports: readonly Port[] = [HTTP]): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: {
    selector: { app: name },
    ports: ports.map(({ name, port }) => ({ name, port, targetPort: name })),
  },
})
