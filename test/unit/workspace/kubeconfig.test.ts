import { test } from 'vitest'
import { flattenKubeconfig, readContexts, withCredential } from '../../../workspace/kubeconfig.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const readable: Readonly<Record<string, string>> = {
  '/w/kubeconfig/ca.crt': base64('CA'),
  '/certs/client.crt': base64('CERTIFICATE'),
  '/w/kubeconfig/../client.key': base64('KEY'),
  '/run/token': base64('from-file\n'),
}
const options = { readBase64: (path: string) => readable[path] }
const file = (text: string, path = '/w/kubeconfig/config') => ({ path, text })

const text = `
apiVersion: v1
kind: Config
current-context: demo
preferences: {}
contexts:
- name: demo
  context: {cluster: kind, user: admin, namespace: myapp}
- name: cloud
  context: {cluster: eks, user: aws}
- name: robot
  context: {cluster: eks, user: robot}
- name: anonymous
  context: {cluster: eks}
- name: broken
  context: {cluster: gone, user: admin}
- name: old
  context: {cluster: eks, user: oidc}
clusters:
- name: kind
  cluster:
    server: https://demo-control-plane:6443
    certificate-authority: ca.crt
    extensions:
    - name: telepresence.io
      extension: {also-proxy: [10.0.0.0/8]}
- name: eks
  cluster:
    server: https://eks.example.test
    certificate-authority: /not/there
    certificate-authority-data: Q0E=
    tls-server-name: eks
    extensions: [{name: telepresence.io, extension: {}}]
users:
- name: admin
  user: {client-certificate: /certs/client.crt, client-key: ../client.key}
- name: aws
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      command: ./bin/aws
      args: [eks, get-token]
      env: [{name: AWS_PROFILE, value: dev}]
      provideClusterInfo: true
- name: robot
  user: {token: old, tokenFile: /run/token}
- name: oidc
  user: {auth-provider: {name: oidc}}
`

test('the current context stands alone, and its files are put in', ({ expect }) => {
  expect(flattenKubeconfig([file(text)], options)).toEqual({
    kind: 'flat',
    context: 'demo',
    server: 'https://demo-control-plane:6443',
    credential: { kind: 'static' },
    kubeconfig: {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'demo',
      contexts: [{ name: 'demo', context: { cluster: 'kind', user: 'admin', namespace: 'myapp' } }],
      clusters: [
        {
          name: 'kind',
          cluster: {
            server: 'https://demo-control-plane:6443',
            'certificate-authority-data': base64('CA'),
            extensions: [{ name: 'telepresence.io', extension: { 'also-proxy': ['10.0.0.0/8'] } }],
          },
        },
      ],
      users: [
        {
          name: 'admin',
          user: { 'client-certificate-data': base64('CERTIFICATE'), 'client-key-data': base64('KEY') },
        },
      ],
    },
  })
})

test('a credential program is described, and its answer takes its place', ({ expect }) => {
  const flat = flattenKubeconfig([file(text)], { ...options, context: 'cloud' })
  if (flat.kind === 'unusable') throw new Error(flat.problem)
  expect(flat.credential).toEqual({
    kind: 'exec',
    command: '/w/kubeconfig/./bin/aws',
    args: ['eks', 'get-token'],
    env: { AWS_PROFILE: 'dev' },
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    clusterInfo: {
      server: 'https://eks.example.test',
      'certificate-authority-data': 'Q0E=',
      'tls-server-name': 'eks',
    },
  })
  const unchanged = { ...flat.kubeconfig, users: undefined }
  const withToken = withCredential(flat.kubeconfig, { token: 't' })
  expect(withToken).toEqual({ ...unchanged, users: [{ name: 'aws', user: { token: 't' } }] })
  const pem = { clientCertificateData: 'CERTIFICATE', clientKeyData: 'KEY' }
  const certificate = { 'client-certificate-data': base64('CERTIFICATE'), 'client-key-data': base64('KEY') }
  expect(withCredential(flat.kubeconfig, pem)).toEqual({
    ...unchanged,
    users: [{ name: 'aws', user: certificate }],
  })
})

test('a token in a file wins over one that is written out', ({ expect }) => {
  expect(flattenKubeconfig([file(text)], { ...options, context: 'robot' })).toMatchObject({
    kubeconfig: { users: [{ name: 'robot', user: { token: 'from-file' } }] },
  })
})

test('a context needs no user', ({ expect }) => {
  expect(flattenKubeconfig([file(text)], { ...options, context: 'anonymous' })).toMatchObject({
    kind: 'flat',
    kubeconfig: { users: [] },
    credential: { kind: 'static' },
  })
})

test.for([
  { context: 'nowhere', problem: 'it has no context "nowhere"' },
  { context: 'broken', problem: 'it has no cluster "gone"' },
  {
    context: 'old',
    problem:
      'its user has an auth-provider, which Kubernetes 1.26 took out; log in anew with a credential program',
  },
])('context "$context" cannot be used: $problem', ({ context, problem }, { expect }) => {
  expect(flattenKubeconfig([file(text)], { ...options, context })).toMatchObject({
    kind: 'unusable',
    problem,
  })
})

test.for([
  { kubeconfig: ' \n', problem: 'it is empty' },
  { kubeconfig: 'hello', problem: 'it is not a kubeconfig' },
  { kubeconfig: 'apiVersion: v1\nclusters: null\n', problem: 'it has no current context' },
  {
    kubeconfig: text.replace('server: https://demo', 'service: https://demo'),
    problem: 'server of cluster "kind" is missing or not as it should be',
  },
  {
    kubeconfig: text.replace('ca.crt', 'lost.crt'),
    problem: 'it names the file /w/kubeconfig/lost.crt, which is not there',
  },
])('a file is unusable: $problem', ({ kubeconfig, problem }, { expect }) => {
  expect(flattenKubeconfig([file(kubeconfig)], options)).toMatchObject({ kind: 'unusable', problem })
})

test('what is wrong with the YAML is said without quoting it', ({ expect }) => {
  const flat = flattenKubeconfig([file('users:\n- token: "s3cret')], options)
  expect(flat).toEqual({
    kind: 'unusable',
    reason: 'not YAML',
    problem: 'it is not YAML: Missing closing "quote at line 2, column 17',
  })
})

const contextOf = (cluster: string, user: string) =>
  `contexts: [{name: demo, context: {cluster: ${cluster}, user: ${user}}}]`

test('of several files the first that names a thing counts, and paths start where they stand', ({
  expect,
}) => {
  const files = [
    file(`current-context: ""\n${contextOf('one', 'robot')}`, '/first/config'),
    file(
      `current-context: demo\n${contextOf('two', 'nobody')}\nclusters: [{name: one, cluster: {server: "https://1"}}]`,
      '/second/config',
    ),
    file('', '/third/config'),
    file(
      'current-context: other\nusers: [{name: robot, user: {tokenFile: token}}]\nclusters: [{name: one, cluster: {server: "https://2"}}]',
      '/fourth/config',
    ),
  ]
  const readBase64 = (path: string) => (path === '/fourth/token' ? base64('t') : undefined)
  expect(flattenKubeconfig(files, { readBase64 })).toMatchObject({
    kind: 'flat',
    context: 'demo',
    server: 'https://1',
    kubeconfig: { users: [{ name: 'robot', user: { token: 't' } }] },
  })
})

test('of several files the one that is not YAML is named', ({ expect }) => {
  const flat = flattenKubeconfig([file(text), file('a: "', '/b/config')], options)
  expect(flat).toMatchObject({ problem: expect.stringMatching(/^\/b\/config is not YAML: /) })
})

test('contexts of one name that lead to different servers or users are told apart', ({ expect }) => {
  const identity = (server: string, user: string) => {
    const contexts = readContexts([
      file(`${contextOf('one', user)}\nclusters: [{name: one, cluster: {server: "${server}"}}]`),
    ])
    if (contexts.kind === 'unusable') throw new Error(contexts.problem)
    expect(contexts).toMatchObject({ current: '', names: ['demo'] })
    expect(contexts.identityOf('other')).toBeUndefined()
    return contexts.identityOf('demo')
  }
  expect(identity('https://1', 'ada')).toBe(identity('https://1', 'ada'))
  const all = [identity('https://1', 'ada'), identity('https://1', 'bob'), identity('https://2', 'ada')]
  expect(new Set(all).size).toBe(3)
})
