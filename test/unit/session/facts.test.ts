import { test } from 'vitest'
import { containerPorts, servicePorts, type Workload } from '../../../session/facts.ts'

const workload: Workload = {
  kind: 'Deployment',
  name: 'api',
  desired: 1,
  ready: 1,
  reason: '',
  containers: [
    {
      name: 'app',
      ports: [
        { containerPort: 3000, protocol: 'TCP' },
        { name: 'web', containerPort: 8080, protocol: 'TCP' },
        { name: 'dns', containerPort: 53, protocol: 'UDP' },
      ],
      declared: [],
      declaredIsWhole: true,
    },
    {
      name: 'side',
      ports: [{ name: 'metrics', containerPort: 9102, protocol: 'TCP' }],
      declared: [],
      declaredIsWhole: true,
    },
  ],
  services: [
    {
      name: 'api',
      ports: [
        { name: 'http', port: 80, targetPort: 'web', protocol: 'TCP' },
        { port: 443, targetPort: 8443, protocol: 'TCP' },
        { port: 53, targetPort: 'dns', protocol: 'UDP' },
      ],
    },
    {
      name: 'api-metrics',
      ports: [
        { name: 'prom', port: 9000, targetPort: 'metrics', protocol: 'TCP' },
        { name: 'gone', port: 9001, targetPort: 'no-container-has-it', protocol: 'TCP' },
      ],
    },
  ],
  annotatedPorts: [],
}

test('a remote port is known by number and name, and leads to the container port behind it', ({ expect }) => {
  expect(servicePorts(workload)).toMatchObject([
    { identifiers: ['80/tcp', '80', 'http/tcp', 'http'], shown: 'http (80) of service api', target: 8080 },
    { identifiers: ['443/tcp', '443'], shown: '443 of service api', target: 8443 },
    { identifiers: ['53/udp', '53'], shown: '53/udp of service api', target: 53, isUdp: true },
    { shown: 'prom (9000) of service api-metrics', target: 9102 },
    { shown: 'gone (9001) of service api-metrics', target: 9001 },
  ])
})

test('of a container those ports can be taken that a service leads to', ({ expect }) => {
  const shown = (container?: string) => containerPorts(workload, container).map(port => port.shown)
  expect(shown('app')).toEqual(['web (8080) of container app', 'dns (53/udp) of container app'])
  expect(shown('side')).toEqual(['metrics (9102) of container side'])
  expect(shown()).toHaveLength(3)
})

test('without a service the annotation tells the ports', ({ expect }) => {
  const annotated = { ...workload, services: [], annotatedPorts: ['web', '3000', '9999/UDP'] }
  expect(servicePorts({ ...workload, services: [] })).toEqual([])
  expect(servicePorts(annotated).map(port => port.shown)).toEqual([
    'web (8080) of container app',
    '3000 of container app',
    '9999/udp of its annotation',
  ])
  expect(containerPorts(annotated, 'app').map(({ target }) => target)).toEqual([3000, 8080])
})
