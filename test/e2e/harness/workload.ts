import { expect } from 'vitest'
import { APP_IMAGE } from './app-image.ts'
import { apply, askInCluster, kubectl } from './cluster.ts'
import { eventually } from './eventually.ts'

/** Something that answers `answered by the cluster: <pod>` by HTTP on port 8080, by UDP on 8081, and its Service. */
export interface WorkloadWish {
  readonly name: string
  /** Default: a Deployment. */
  readonly kind?: 'Deployment' | 'StatefulSet' | 'ReplicaSet'
  /** Default: `http`, 80 in the Service, 8080 in the container. */
  readonly ports?: readonly Port[]
  /** As a pod's container has them. */
  readonly env?: readonly object[]
  readonly envFrom?: readonly object[]
  readonly replicas?: number
  /** What is mounted where, as a pod has it, beside the service account's token. */
  readonly volumes?: readonly { readonly path: string; readonly source: object }[]
  /** Instead of a Service: the ports that the annotation of Telepresence names; empty for none. */
  readonly annotatedPorts?: string
  /** A second container, named `side`, that answers on port 9090 and has a port of the Service too. */
  readonly hasSide?: boolean
}

interface Port {
  readonly name: string
  readonly port: number
  readonly containerPort: number
  readonly protocol?: 'TCP' | 'UDP'
}

const HTTP: Port = { name: 'http', port: 80, containerPort: 8080 }
const SIDE: Port = { name: 'side', port: 90, containerPort: 9090 }

/** Applies it and waits until it answers in the cluster. */
export async function startWorkload(namespace: string, wish: WorkloadWish): Promise<void> {
  const { name, ports = [HTTP], hasSide, annotatedPorts, replicas = 1 } = wish
  const served = [...ports, ...(hasSide ? [SIDE] : [])]
  const leading = annotatedPorts === undefined ? [service(namespace, name, served)] : []
  await apply([manifestOf(namespace, wish), ...leading])
  await eventually(async () => expect(await readyPodsOf(namespace, name)).toBe(replicas))
  if (annotatedPorts !== undefined) return
  const url = `http://${name}.${namespace}/`
  await eventually(async () => expect((await askInCluster(url)).status).toBe(200))
}

async function readyPodsOf(namespace: string, workload: string): Promise<number> {
  const conditions = '{.items[*].status.conditions[?(@.type=="Ready")].status}'
  const selection = ['get', 'pods', '--selector', `app=${workload}`, '--output', `jsonpath=${conditions}`]
  const ready = await kubectl(['--namespace', namespace, ...selection])
  return ready.split(' ').filter(status => status === 'True').length
}

export function manifestOf(namespace: string, wish: WorkloadWish): object {
  const { name, kind = 'Deployment', replicas = 1, annotatedPorts, hasSide } = wish
  const labels = { app: name }
  const annotations =
    annotatedPorts === undefined || annotatedPorts === ''
      ? {}
      : { 'telepresence.io/inject-container-ports': annotatedPorts }
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      ...(kind === 'StatefulSet' && { serviceName: name }),
      template: {
        metadata: { labels, annotations },
        spec: {
          terminationGracePeriodSeconds: 1,
          volumes: (wish.volumes ?? []).map(({ source }, index) => ({ name: `v${index}`, ...source })),
          containers: [mainContainer(wish), ...(hasSide ? [SIDE_CONTAINER] : [])],
        },
      },
    },
  }
}

const IMAGE = { image: APP_IMAGE, imagePullPolicy: 'Never' }

const mainContainer = ({
  name,
  ports = [HTTP],
  env = [],
  envFrom = [],
  volumes = [],
}: WorkloadWish): object => ({
  name,
  ...IMAGE,
  ports: ports.map(containerPort),
  readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
  env,
  envFrom,
  volumeMounts: volumes.map(({ path }, index) => ({ name: `v${index}`, mountPath: path })),
})

const SIDE_CONTAINER = {
  name: 'side',
  ...IMAGE,
  args: ['serve', ':9090'],
  ports: [containerPort(SIDE)],
  env: [{ name: 'GREETING', value: 'hello from the side' }],
}

function containerPort({ name, containerPort, protocol = 'TCP' }: Port): object {
  return { name, containerPort, protocol }
}

export const service = (namespace: string, name: string, ports: readonly Port[] = [HTTP]): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: {
    selector: { app: name },
    ports: ports.map(({ name, port, protocol = 'TCP' }) => ({ name, port, protocol, targetPort: name })),
  },
})
