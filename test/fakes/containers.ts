import type { Attachment } from '../../session/attachment.ts'
import type { ObservedContainer } from '../../session/observed.ts'

/** Containers of environment "demo" of the workspace /w, as the engine would list them while all is well. */
export const ours: Omit<ObservedContainer, 'id' | 'name' | 'role'> = {
  state: 'running',
  composeProject: 'kde-tp-demo',
  workspacePath: '/w',
  environment: 'demo',
  namespace: 'myapp',
  project: undefined,
  life: undefined,
  attachment: undefined,
  alsoProxy: [],
  owner: 'ada@laptop',
  network: undefined,
  devContainer: undefined,
  published: undefined,
  schema: 1,
  engine: undefined,
}

export const keeper: ObservedContainer = {
  ...ours,
  id: 'id-keeper',
  name: 'kde-tp-demo-keeper',
  role: 'keeper',
  namespace: undefined,
}

export const holder: ObservedContainer = {
  ...ours,
  id: 'id-holder',
  name: 'kde-tp-demo-net-myapp',
  role: 'holder',
}

export const session: ObservedContainer = {
  ...ours,
  id: 'id-session',
  name: 'kde-telepresence-session-demo-myapp',
  role: 'session',
}

export const interceptOfApi: Attachment = {
  mode: 'intercept',
  workload: 'api',
  ports: [{ local: 8080, remote: 'http' }],
  agent: 'sidecar',
}

export const devContainer: ObservedContainer = {
  ...ours,
  id: 'id-dev',
  name: 'kde-tp-demo-dev-myapp-shop',
  role: 'dev',
  project: 'shop',
  life: 'leased',
  attachment: interceptOfApi,
}

/** Makes port 3000 of the dev container port 8080 of the host. */
export const publisher: ObservedContainer = {
  ...ours,
  id: 'id-publisher',
  name: 'kde-tp-demo-publish-myapp-8080',
  role: 'publisher',
  devContainer: devContainer.name,
  published: { address: '127.0.0.1', hostPort: 8080, port: 3000 },
}

export const inlet: ObservedContainer = {
  ...ours,
  id: 'id-inlet',
  name: 'kde-tp-demo-inlet-myapp-8080',
  role: 'inlet',
  devContainer: devContainer.name,
}

/** Mounts the volumes of "api". */
export const mounter: ObservedContainer = {
  ...ours,
  id: 'id-mounter',
  name: 'kde-tp-demo-mount-myapp-api',
  role: 'mounter',
  devContainer: devContainer.name,
}

/** A container that has nothing to do with us. */
export const foreign: ObservedContainer = {
  ...ours,
  id: 'id-foreign',
  name: 'postgres',
  role: undefined,
  composeProject: undefined,
  workspacePath: undefined,
  environment: undefined,
  namespace: undefined,
  owner: undefined,
  schema: undefined,
  engine: undefined,
}
