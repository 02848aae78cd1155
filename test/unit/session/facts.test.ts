import { test } from 'vitest'
import { remotePorts, type Workload } from '../../../session/facts.ts'

const workload: Workload = {
  kind: 'Deployment',
  name: 'api',
  desired: 1,
  ready: 1,
  reason: '',
  containers: [
    {
      name: 'app',
      ports: [{ containerPort: 3000 }, { name: 'web', containerPort: 8080 }],
      declared: [],
      declaredIsWhole: true,
    },
    { name: 'side', ports: [{ name: 'metrics', containerPort: 9102 }], declared: [], declaredIsWhole: true },
  ],
  services: [
    {
      name: 'api',
      ports: [
        { name: 'http', port: 80, targetPort: 'web', protocol: 'TCP' },
        { port: 443, targetPort: 8443, protocol: 'TCP' },
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
}

test('a remote port is known by number and name, and leads to the container port behind it', ({ expect }) => {
  expect(remotePorts(workload)).toEqual([
    { identifiers: ['80', 'http'], shown: 'http (80) of service api', target: '8080' },
    { identifiers: ['443'], shown: '443 of service api', target: '8443' },
    { identifiers: ['9000', 'prom'], shown: 'prom (9000) of service api-metrics', target: '9102' },
    { identifiers: ['9001', 'gone'], shown: 'gone (9001) of service api-metrics', target: '9001' },
  ])
  expect(remotePorts({ ...workload, services: [] })).toEqual([])
})
