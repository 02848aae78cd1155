import type { EnvironmentStatus } from '../../session/engine-status.ts'
import type { SessionEvent } from '../../session/events.ts'
import type { ListedWorkload } from '../../session/listing.ts'
import { workloadState } from '../fakes/workload-state.ts'

type DevContainer = EnvironmentStatus['devContainers'][number]

/** What our commands tell of one environment with two attachments, in the shape that the compiler keeps. */
const api: DevContainer = {
  container: 'kde-tp-demo-dev-myapp-shop',
  namespace: 'myapp',
  owner: 'ada@laptop',
  createdAt: '2026-11-27T09:00:00.000Z',
  project: 'shop',
  state: 'running',
  life: 'detached',
  published: ['127.0.0.1:18080:8080'],
  attachment: {
    mode: 'intercept',
    workload: 'api',
    ports: [
      { local: 8080, remote: 'http' },
      { local: 9090, remote: 'metrics' },
    ],
    agent: 'sidecar',
  },
}

const worker: DevContainer = {
  ...api,
  container: 'kde-tp-demo-dev-myapp-jobs',
  owner: 'bob@desk',
  project: 'jobs',
  published: [],
  attachment: { mode: 'ingest', workload: 'worker', ports: [], agent: 'node', mount: 'live' },
}

export const demo: EnvironmentStatus = {
  workspace: '/w',
  environment: 'demo',
  composeProject: 'kde-tp-demo',
  keeper: 'running',
  sessions: [
    {
      container: 'kde-telepresence-session-demo-myapp',
      namespace: 'myapp',
      owner: 'ada@laptop',
      createdAt: '2026-11-27T08:59:00.000Z',
      state: 'connected',
      alsoProxy: ['10.20.0.0/16'],
    },
  ],
  repairs: [
    {
      at: '2026-11-27T09:10:00.000Z',
      namespace: 'myapp',
      kind: 'repair',
      what: 'started kde-telepresence-session-demo-myapp',
      because: 'it has ended with exit code 137',
    },
  ],
  devContainers: [worker, api],
}

export const status = (...environments: EnvironmentStatus[]): SessionEvent => ({
  type: 'status',
  environments,
})

export const listed = (name: string, differing: Partial<ListedWorkload> = {}): ListedWorkload => ({
  ...workloadState(name),
  holdings: [],
  isHeld: false,
  ...differing,
})

export const workloads: SessionEvent = {
  type: 'workloads',
  environment: 'demo',
  namespace: 'myapp',
  workloads: [
    listed('api', { agent: 'sidecar', isHeld: 'unknown' }),
    listed('web', { ready: 0, reasons: [{ reason: 'CrashLoopBackOff' }] }),
    listed('worker', { agent: 'sidecar' }),
  ],
}

export const choices: SessionEvent = {
  type: 'choices',
  workspace: '/w',
  environments: ['demo', 'staging'],
  environment: 'demo',
  isStandalone: false,
  projects: ['jobs', 'shop'],
  alsoProxy: [],
  namespaces: ['default', 'myapp'],
  ports: {
    service: [{ remote: 'http', shown: 'http (80) of service api', target: 8080 }],
    container: [{ remote: 'web', shown: 'web (8080) of container app', target: 8080 }],
  },
  containers: ['app'],
}

export const plan: SessionEvent = {
  type: 'plan',
  steps: [
    { name: 'Take a lease on namespace myapp', because: 'the keeper takes away what nobody holds' },
    { name: 'Take the requests of api', because: 'they are to arrive at 8080:http' },
  ],
}

export const attached: readonly SessionEvent[] = [
  { type: 'step', name: 'Take a lease on namespace myapp', because: 'nobody holds it', state: 'started' },
  { type: 'step', name: 'Take a lease on namespace myapp', state: 'done' },
  { type: 'step', name: 'Take the requests of api', because: 'they are to arrive here', state: 'started' },
  { type: 'step', name: 'Take the requests of api', state: 'done' },
  { type: 'remark', message: 'Requests arrive here.' },
  { type: 'result', exitCode: 0, devContainer: api.container },
]

export const variables = (isRevealed: boolean): SessionEvent => ({
  type: 'variables',
  namespace: 'myapp',
  workload: 'api',
  output: 'json',
  variables: {
    DATABASE_PASSWORD: isRevealed ? 'correct horse' : '********',
    GREETING: isRevealed ? 'hello' : '********',
  },
  leftOut: [],
})

/** Of `api`, with copied volumes. */
export const mounts: SessionEvent = {
  type: 'mounts',
  namespace: 'myapp',
  workload: 'api',
  mounts: [
    {
      ...{ kind: 'remote', remote: '/etc/settings', how: 'copy', isReadOnly: false },
      target: '/w/mounts/remote/myapp/api/etc/settings',
      source: '/w/mounts/remote/myapp/api/etc/settings',
    },
    { kind: 'bind', target: '/.kube', source: '/w/run/kubeconfig', isReadOnly: true },
    { kind: 'bind', target: '/w/shop', source: '/w/shop', isReadOnly: false },
    { kind: 'volume', target: '/cache', source: 'shop-cache', isReadOnly: false },
  ],
}

export const findings: SessionEvent = {
  type: 'findings',
  findings: [
    { subject: 'Engine', state: 'ok', message: 'Docker 28.1 on Linux.' },
    { subject: 'API server', state: 'failed', message: 'No answer.', hint: 'Start the cluster.' },
    {
      subject: 'Leftovers',
      state: 'warning',
      message: 'A container has ended.',
      hint: 'docker kde-tp clear',
    },
  ],
}

export const notYours: SessionEvent = {
  type: 'error',
  code: 'NOT_YOURS',
  message: 'bob@desk has attached "worker" for project "jobs".',
  exitCode: 7,
  hint: 'Ask them, or give --yes to end it all the same.',
  left: 'Nothing was changed.',
}

/** The dev container of `api`. */
export const gone = {
  type: 'happening',
  at: '2026-11-27T09:20:00.000Z',
  workspace: '/w',
  environment: 'demo',
  source: 'engine',
  kind: 'gone',
  what: api.container,
} as const
