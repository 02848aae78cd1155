import { test } from 'vitest'
import type { Attachment } from '../../../session/attachment.ts'
import type { ClusterFacts, Workload } from '../../../session/facts.ts'
import {
  assertContainer,
  assertNamespace,
  assertRights,
  assertUdpGoesOn,
  findRemotePort,
  findWorkload,
  lacksTrafficManager,
  portsFor,
  toFacts,
} from '../../../session/judge-facts.ts'

const api: Workload = {
  kind: 'Deployment',
  name: 'api',
  desired: 2,
  ready: 1,
  reason: '',
  containers: [],
  services: [{ name: 'api', ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }] }],
  annotatedPorts: [],
}
const facts: ClusterFacts = {
  serverAddress: '10.0.0.1',
  namespaces: ['default', 'myapp'],
  namespaceExists: true,
  workloads: [api, { ...api, name: 'broken', ready: 0, reason: 'ImagePullBackOff' }],
  hasOnlyAgents: false,
  hasSidecar: false,
  manager: { found: 'yes', version: '2.31.2', hasNodeAgents: false },
  lackingRights: [],
  subnets: [],
}
const asked = { namespace: 'myapp', managerNamespace: 'ambassador' }

test.for(['unreachable', 'unauthorized'] as const)(
  'an API server that is %s gives no facts',
  (kind, { expect }) => {
    const code = kind === 'unreachable' ? 'CLUSTER_UNREACHABLE' : 'CLUSTER_FORBIDDEN'
    const answer = { kind, server: 'https://k:6443', reason: 'said so' }
    expect(() => toFacts(answer, '/w/kubeconfig')).toThrow(
      expect.objectContaining({ code, detail: 'said so' }),
    )
    expect(toFacts({ kind: 'facts', facts }, '/w/kubeconfig')).toBe(facts)
  },
)

test('only a namespace that is known to be missing is refused', ({ expect }) => {
  const missing = { ...facts, namespaceExists: false }
  expect(() => assertNamespace(missing, 'shop')).toThrow(
    expect.objectContaining({ code: 'NAMESPACE_UNKNOWN', hint: 'Name one of: default, myapp.' }),
  )
  assertNamespace(facts, 'myapp')
  const { namespaceExists, ...unreadable } = facts
  expect(namespaceExists).toBe(true)
  assertNamespace(unreadable, 'anything')
})

test('every right that is lacking is named', ({ expect }) => {
  const lacking = {
    ...facts,
    lackingRights: ['create pods/portforward in ambassador', 'list pods in ambassador'],
  }
  expect(() => assertRights(lacking)).toThrow(
    expect.objectContaining({
      code: 'CLUSTER_FORBIDDEN',
      message: 'You may not: create pods/portforward in ambassador; list pods in ambassador.',
    }),
  )
  assertRights(facts)
})

test.for([
  ['2.21.0', false],
  ['2.31.2', false],
  ['v3.0.0', false],
  ['2.31.2-rc.1', false],
  ['latest', false],
  ['2.20.9', 'TRAFFIC_MANAGER_TOO_OLD'],
  ['v1.99.99', 'TRAFFIC_MANAGER_TOO_OLD'],
] as const)('a traffic-manager of version %s: %s', ([version, verdict], { expect }) => {
  const judge = () =>
    lacksTrafficManager({ ...facts, manager: { found: 'yes', version, hasNodeAgents: false } }, asked)
  if (verdict === false) expect(judge()).toBe(false)
  else expect(judge).toThrow(expect.objectContaining({ code: verdict }))
})

test('a manager that may not be read is not a missing one', ({ expect }) => {
  expect(lacksTrafficManager({ ...facts, manager: { found: 'forbidden' } }, asked)).toBe(false)
  expect(lacksTrafficManager({ ...facts, manager: { found: 'no' } }, asked)).toBe(true)
})

test('a workload with one ready pod will do, and one with none is refused with what Kubernetes says', ({
  expect,
}) => {
  expect(findWorkload(facts, 'myapp', 'api')).toBe(api)
  expect(() => findWorkload(facts, 'myapp', 'broken')).toThrow(
    expect.objectContaining({ code: 'WORKLOAD_NOT_READY', detail: 'ImagePullBackOff' }),
  )
  expect(() => findWorkload(facts, 'myapp', 'nothing')).toThrow(
    expect.objectContaining({ code: 'WORKLOAD_UNKNOWN', hint: 'Name one of: api, broken.' }),
  )
})

test('a port of a service is known by its name and by its number, and no other', ({ expect }) => {
  const ports = portsFor('intercept', api)
  expect(['http', '80', '80/tcp'].map(remote => findRemotePort(api, ports, remote).target)).toEqual([
    8080, 8080, 8080,
  ])
  expect(() => findRemotePort(api, ports, '8080')).toThrow(
    expect.objectContaining({ code: 'PORT_UNKNOWN', hint: 'Name one of: http (80) of service api.' }),
  )
})

test.for(['intercept', 'wiretap', 'replace'] as const)(
  'a workload that no service selects has no port for %s',
  (mode, { expect }) => {
    expect(() => portsFor(mode, { ...api, services: [] })).toThrow(
      expect.objectContaining({ code: 'SERVICE_MISSING' }),
    )
  },
)

test('a container is known by its name', ({ expect }) => {
  const containers = [{ name: 'app', ports: [], declared: [], declaredIsWhole: true }]
  assertContainer({ ...api, containers }, 'app')
  expect(() => assertContainer({ ...api, containers }, 'web')).toThrow(
    expect.objectContaining({ code: 'CONTAINER_UNKNOWN', hint: 'Name one of: app.' }),
  )
})

const dns = { name: 'dns', port: 53, targetPort: 5353, protocol: 'UDP' }
const withUdp: Workload = {
  ...api,
  services: [{ name: 'api', ports: [...(api.services[0]?.ports ?? []), dns] }],
}
const both = [
  { local: 8080, remote: 'http' },
  { local: 5353, remote: 'dns' },
]
const taken = { mode: 'intercept', workload: 'api', agent: 'node', ports: both } as const

test.for([
  ['a sidecar, which would stay', { agent: 'sidecar' }],
  ['another mode', { mode: 'wiretap' }],
  ['its UDP port left out', { ports: both.slice(0, 1) }],
] as const)('a workload that answers UDP is refused with %s', ([, change], { expect }) => {
  expect(() => assertUdpGoesOn(withUdp, { ...taken, ports: [...both], ...change } as Attachment)).toThrow(
    expect.objectContaining({ code: 'UDP_UNSUPPORTED' }),
  )
})

test('UDP that goes on, or that there is not, is no hindrance', () => {
  assertUdpGoesOn(withUdp, { ...taken, ports: [...both] })
  assertUdpGoesOn(api, { ...taken, mode: 'ingest', agent: 'sidecar', ports: [] })
})
