import { test } from 'vitest'
import { type DevContainerInput, devContainerProject } from '../../compose/dev-container.ts'
import { type KeeperInput, keeperProject } from '../../compose/keeper.ts'
import { bindMount } from '../../compose/project.ts'
import { sessionProject } from '../../compose/session.ts'
import type { SessionInput } from '../../compose/session-input.ts'
import { toComposeYaml } from '../../compose/yaml.ts'
import { toAttachmentLabel } from '../../session/attachment.ts'
import { interceptOfApi } from '../fakes/containers.ts'

const ownership = { workspacePath: '/home/ada/w', environment: 'demo', owner: 'ada@laptop' }
const image = 'ghcr.io/kde-tp/runtime:1.2.3'
const environmentPath = '/home/ada/w/environments/demo'

const keeper: KeeperInput = {
  project: 'kde-tp-demo',
  ownership,
  image,
  engineLabel: '{"isRootless":false}',
  socketPath: '/var/run/docker.sock',
  filesDirectory: `${environmentPath}/.telepresence`,
  user: '1000:1000',
}

const session: SessionInput = {
  project: 'kde-tp-demo',
  ownership,
  namespace: 'myapp',
  image,
  containerName: 'kde-telepresence-session-demo-myapp',
  hostname: 'ada-laptop',
  network: { kind: 'external', name: 'kde-demo' },
  relayPort: undefined,
  managerNamespace: 'ambassador',
  alsoProxy: ['10.0.0.0/8', '172.16.0.0/12'],
  kubeconfigDirectory: `${environmentPath}/.telepresence/run/kubeconfig`,
  logsDirectory: `${environmentPath}/.telepresence/logs`,
  groupId: '1000',
}
const behindRelay: SessionInput = {
  ...session,
  network: { kind: 'own', name: 'kde-tp-demo', subnet: '10.213.0.0/24' },
  relayPort: 6443,
}
const devContainer: DevContainerInput = {
  session,
  devProject: 'shop',
  image: 'node:22',
  life: 'leased',
  attachment: toAttachmentLabel(interceptOfApi),
  user: '1000:1000',
  groups: [],
  workingDirectory: `${environmentPath}/namespaces/shop/shop-app`,
  variables: { GREETING: 'a "b"\n$c', HOME: '/home/ada', KUBECONFIG: '/.kube/config' },
  mounts: [
    bindMount(`${environmentPath}/namespaces/shop`, `${environmentPath}/namespaces/shop`),
    bindMount('/etc/passwd', '/etc/passwd', true),
  ],
  tmpfs: ['/home/ada:uid=1000,gid=1000,mode=0755'],
  command: undefined,
}
const detached: DevContainerInput = {
  ...devContainer,
  life: 'detached',
  groups: ['998'],
  mounts: [
    { type: 'volume', source: 'cache', target: '/cache', read_only: false },
    bindMount('/var/run/docker.sock', '/var/run/docker.sock'),
  ],
  tmpfs: [],
  command: ['/entrypoint.sh', 'bash', '-c', 'exec "$@"', 'bash', 'npm', 'start'],
}

test.for([
  ['keeper', keeperProject(keeper)],
  ['session', sessionProject(session)],
  ['session-behind-relay', sessionProject(behindRelay)],
  ['dev-container', devContainerProject(devContainer)],
  ['detached-dev-container', devContainerProject(detached)],
] as const)('what Compose is given for: %s', async ([name, project], { expect }) => {
  await expect(toComposeYaml(project)).toMatchFileSnapshot(`compose/${name}.golden.yaml`)
})
