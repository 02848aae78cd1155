import { test } from 'vitest'
import { listNamespace } from '../../../cli-plugin/cluster/list-namespace.ts'

const input = { namespace: 'myapp', managerNamespace: 'ambassador' }
const apps = '/apis/apps/v1/namespaces/myapp'

const workload = (name: string, differing: object = {}) => ({
  metadata: { name },
  spec: { template: { metadata: {}, spec: { containers: [{ name }] } } },
  status: { readyReplicas: 1 },
  ...differing,
})
const notReady = { status: {} }
const pod = (owner: string, differing: object = {}, metadata: object = {}) => ({
  metadata: { ownerReferences: [{ kind: 'ReplicaSet', name: owner }], ...metadata },
  spec: { containers: [{ name: 'app' }] },
  status: {},
  ...differing,
})
const withAgent = { spec: { containers: [{ name: 'app' }, { name: 'traffic-agent' }] } }
const waiting = (reason: string, message?: string) => ({
  status: { containerStatuses: [{ state: { waiting: { reason, message } } }] },
})
const unready = (type: string, reason: string) => ({
  status: {
    containerStatuses: [{ state: { running: {} } }],
    conditions: [{ type, status: 'False', reason, message: '' }],
  },
})

/** An API server that has these lists, refuses those that are undefined, and knows nothing else. */
const serving = (lists: Readonly<Record<string, readonly object[] | undefined>>) => {
  const asked: string[] = []
  const ask = async (path: string) => {
    asked.push(path)
    if (Object.hasOwn(lists, path) && lists[path] === undefined)
      return { status: 403, body: { message: `${path} is forbidden` } }
    return { status: 200, body: { items: lists[path] ?? [] } }
  }
  return { ask, asked }
}
const nodeAgentsPath = '/api/v1/namespaces/ambassador/pods?labelSelector=app%3Dtraffic-node-agent'
const nodeAgent = (agentName: string, workloadNamespace = 'myapp') => ({
  metadata: {
    labels: {
      'telepresence.io/agentName': agentName,
      'telepresence.io/workloadNamespace': workloadNamespace,
    },
  },
})

test('a workload’s agent is seen in its pods, or in the pod of a node agent', async ({ expect }) => {
  const { ask } = serving({
    [`${apps}/deployments`]: ['api', 'mail', 'web', 'ending', 'far'].map(name => workload(name)),
    [`${apps}/replicasets`]: [workload('api-web')],
    '/api/v1/namespaces/myapp/pods': [
      pod('api-6d6f', withAgent, { annotations: { 'telepresence.io/replaced-container.app': '{}' } }),
      // Of a ReplicaSet that looks like one of Deployment "api".
      pod('api-web', withAgent),
      pod('ending-12ab', withAgent, { deletionTimestamp: '2026-11-26T12:00:00Z' }),
      pod('ending-34cd'),
      { metadata: {}, spec: { containers: [] }, status: {} },
    ],
    [nodeAgentsPath]: [nodeAgent('mail'), nodeAgent('far', 'elsewhere')],
  })
  const { workloads } = await listNamespace(ask, input)
  expect(workloads.map(({ name, agent, isReplaced }) => [name, agent, isReplaced])).toEqual([
    ['api', 'sidecar', true],
    ['api-web', 'sidecar', false],
    ['ending', 'none', false],
    ['far', 'none', false],
    ['mail', 'node', false],
    ['web', 'none', false],
  ])
})

test('why a workload is not ready is what its pods say, each reason once, else what it says itself', async ({
  expect,
}) => {
  const quota = {
    status: {
      conditions: [
        { type: 'Available', status: 'False', message: 'Deployment does not have minimum availability.' },
        { type: 'ReplicaFailure', status: 'True', message: 'exceeded quota' },
      ],
    },
  }
  const { ask } = serving({
    [`${apps}/deployments`]: [
      workload('crash', notReady),
      workload('image', notReady),
      workload('node', notReady),
      workload('probe', notReady),
      workload('quota', quota),
      workload('ready'),
    ],
    '/api/v1/namespaces/myapp/pods': [
      pod('crash-1', {
        status: { containerStatuses: [{ state: { terminated: { reason: 'Error', exitCode: 2 } } }] },
      }),
      pod('image-1', waiting('ImagePullBackOff', 'Back-off pulling')),
      pod('image-1', waiting('ImagePullBackOff', 'Back-off pulling')),
      pod('node-1', unready('PodScheduled', 'Unschedulable')),
      pod('probe-1', unready('Ready', 'ContainersNotReady')),
      pod('ready-1', waiting('ContainerCreating')),
    ],
  })
  const { workloads } = await listNamespace(ask, input)
  expect(workloads.map(({ reasons }) => reasons)).toEqual([
    [{ reason: 'Error' }],
    [{ reason: 'ImagePullBackOff', message: 'Back-off pulling' }],
    [{ reason: 'Unschedulable' }],
    [{ reason: 'ContainersNotReady' }],
    [{ reason: 'exceeded quota' }],
    [],
  ])
})

test('what may not be read is not known, and said', async ({ expect }) => {
  const { ask } = serving({
    [`${apps}/deployments`]: [workload('api')],
    [`${apps}/statefulsets`]: undefined,
    '/api/v1/namespaces/myapp/pods': undefined,
  })
  const { workloads, refusals } = await listNamespace(ask, input)
  expect(workloads).toEqual([expect.not.objectContaining({ agent: expect.anything() })])
  expect(refusals.toSorted()).toEqual([
    '/api/v1/namespaces/myapp/pods is forbidden',
    `${apps}/statefulsets is forbidden`,
  ])
  const withoutNodeAgents = serving({
    [`${apps}/deployments`]: [workload('api')],
    [nodeAgentsPath]: undefined,
  })
  expect(await listNamespace(withoutNodeAgents.ask, input)).toMatchObject({
    workloads: [expect.not.objectContaining({ agent: expect.anything() })],
    refusals: [],
  })
})

test('however many workloads there are, there are as many calls as kinds of objects', async ({ expect }) => {
  const names = Array.from({ length: 200 }, (_, index) => `workload-${index}`)
  const { ask, asked } = serving({
    [`${apps}/deployments`]: names.map(name => workload(name)),
    '/api/v1/namespaces/myapp/pods': names.map(name => pod(`${name}-1a2b`)),
  })
  expect((await listNamespace(ask, input)).workloads).toHaveLength(200)
  expect(asked).toHaveLength(7)
})

test('of a namespace that is not there, and of none, those that there are are told', async ({ expect }) => {
  const items = [{ metadata: { name: 'default' } }]
  const ask = async (path: string) =>
    path === '/api/v1/namespaces'
      ? { status: 200, body: { items } }
      : { status: 404, body: { message: 'none' } }
  const nothing = { namespaces: ['default'], workloads: [], refusals: [] }
  expect(await listNamespace(ask, input)).toEqual({ ...nothing, namespaceExists: false })
  expect(await listNamespace(ask, { ...input, namespace: undefined })).toEqual(nothing)
})
