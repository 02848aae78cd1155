import { test } from 'vitest'
import { loadEnvironment, withAlsoProxy } from '../../../workspace/environment.ts'
import { filesInMemory } from './files-in-memory.ts'

const texts = {
  '/w/kde.env': 'KDE_DEPLOY_ENV_IMAGE=deploy:1\nDOCKER_NETWORK=from-kde-env\n',
  '/w/ngrok.env': 'NGROK_TOKEN=t\n',
  '/w/current.env': 'CUR_ENV=other\n',
  '/w/environments/demo/k8s.env': 'ENV_NAME=demo\nENV_TYPE=kind\nDOCKER_NETWORK=kde-${CUR_ENV}\n',
  '/w/environments/demo/.env':
    'VOLUMES_PATH=${ENV_PATH}/${VOLUMES_DIR}\nTELEPRESENCE_MANAGER_NAMESPACE=telepresence\nWHO=$(whoami)\n',
}

test('later files overwrite earlier ones and the inherited variables', ({ expect }) => {
  const inherited = { HOME: '/home/ada', DOCKER_NETWORK: 'inherited', CUR_ENV: 'inherited' }
  expect(loadEnvironment('/w', 'Demo', filesInMemory(texts), inherited)).toEqual({
    name: 'demo',
    path: '/w/environments/demo',
    filesDirectory: '/w/environments/demo/.telepresence',
    workspacePath: '/w',
    type: 'kind',
    dockerNetwork: 'kde-demo',
    kubeconfigPath: '/w/environments/demo/kubeconfig/config',
    standalone: undefined,
    managerNamespace: 'telepresence',
    alsoProxy: [],
    variables: {
      HOME: '/home/ada',
      KDE_PATH: '/w',
      KDE_ENV_FILE: '/w/kde.env',
      ENVIROMENTS_PATH: '/w/environments',
      ENV_PATH: '/w/environments/demo',
      KUBECONFIG: '/w/environments/demo/kubeconfig/config',
      CUR_ENV: 'demo',
      KUBE_CONFIG_DIR: 'kubeconfig',
      VOLUMES_DIR: 'namespaces',
      KDE_DEPLOY_ENV_IMAGE: 'deploy:1',
      NGROK_TOKEN: 't',
      ENV_NAME: 'demo',
      ENV_TYPE: 'kind',
      DOCKER_NETWORK: 'kde-demo',
      VOLUMES_PATH: '/w/environments/demo/namespaces',
      TELEPRESENCE_MANAGER_NAMESPACE: 'telepresence',
    },
    problems: ['environments/demo/.env:3:5: a command would be run here'],
  })
})

test.for([
  { type: 'kind', dockerNetwork: 'kde-demo' },
  { type: 'k3d', dockerNetwork: 'kde-demo' },
  { type: 'k8s', dockerNetwork: 'bridge' },
])(
  'a $type environment that names no network is on $dockerNetwork',
  ({ type, dockerNetwork }, { expect }) => {
    const files = filesInMemory({ '/w/environments/demo/k8s.env': `ENV_TYPE=${type}` })
    const environment = loadEnvironment('/w', 'demo', files, {})
    expect(environment).toMatchObject({ type, dockerNetwork, managerNamespace: 'ambassador', problems: [] })
  },
)

test('an unknown type is reported, and taken for an outside cluster', ({ expect }) => {
  const files = filesInMemory({ '/w/environments/demo/k8s.env': 'ENV_TYPE=minikube' })
  expect(loadEnvironment('/w', 'demo', files, {})).toMatchObject({
    type: 'k8s',
    dockerNetwork: 'bridge',
    problems: ['environments/demo/k8s.env: ENV_TYPE is none of kind, k3d, k8s; k8s is assumed'],
  })
})

test.for(['', '.', '..', '../demo', 'demo/', 'nothing', 'half-made'])(
  '"%s" is no environment',
  (name, { expect }) => {
    const files = filesInMemory({ ...texts, '/w/environments/half-made/.env': '' })
    expect(loadEnvironment('/w', name, files, {})).toBeUndefined()
  },
)

test('networks behind the cluster come from outside, else from the last answer; empty means none', ({
  expect,
}) => {
  const files = filesInMemory({
    ...texts,
    '/w/environments/demo/.env': 'TELEPRESENCE_ALSO_PROXY_CIDR="10.0.0.0/8, 192.168.0.0/16"',
  })
  const alsoProxyWith = (inherited: Record<string, string>) =>
    loadEnvironment('/w', 'demo', files, inherited)?.alsoProxy
  expect(alsoProxyWith({})).toEqual(['10.0.0.0/8', '192.168.0.0/16'])
  expect(alsoProxyWith({ TELEPRESENCE_ALSO_PROXY_CIDR: '172.16.0.0/12' })).toEqual(['172.16.0.0/12'])
  expect(alsoProxyWith({ TELEPRESENCE_ALSO_PROXY_CIDR: '' })).toEqual([])
})

test.for([
  { before: '', after: 'TELEPRESENCE_ALSO_PROXY_CIDR=10.0.0.0/8\n' },
  { before: 'A=1', after: 'A=1\nTELEPRESENCE_ALSO_PROXY_CIDR=10.0.0.0/8\n' },
  {
    before: 'A="x\r\n"\nexport TELEPRESENCE_ALSO_PROXY_CIDR="1.2.3.0/24" # office\nB=2',
    after: 'A="x\r\n"\nexport TELEPRESENCE_ALSO_PROXY_CIDR=10.0.0.0/8 # office\nB=2',
  },
  {
    before: "NOTE='\nTELEPRESENCE_ALSO_PROXY_CIDR=x'\n",
    after: "NOTE='\nTELEPRESENCE_ALSO_PROXY_CIDR=x'\nTELEPRESENCE_ALSO_PROXY_CIDR=10.0.0.0/8\n",
  },
  {
    before: 'TELEPRESENCE_ALSO_PROXY_CIDR=1.2.3.0/24\nTELEPRESENCE_ALSO_PROXY_CIDR=\n',
    after: 'TELEPRESENCE_ALSO_PROXY_CIDR=1.2.3.0/24\nTELEPRESENCE_ALSO_PROXY_CIDR=10.0.0.0/8\n',
  },
])('the last answer is kept, and all else of $before stays', ({ before, after }, { expect }) => {
  expect(withAlsoProxy(before, '10.0.0.0/8')).toBe(after)
})
