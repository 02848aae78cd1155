import { test } from 'vitest'
import {
  beforeAnyChange,
  carryingOut,
  interceptIn,
  interceptInAny,
  KUBECONFIG,
} from '../fakes/intercept-in-fake-world.ts'

const directory = '/home/ada/src/my shop'
const call = ['myapp', 'api', '-p', '8080:http', '--image', 'dev:1', '--also-proxy', '']
const files = { '/home/ada/.kube/config': KUBECONFIG, [`${directory}/.env`]: 'GREETING=$(rm -rf .)\n' }
const data = '/home/ada/.local/state/kde-tp/demo'

const noContainerOfItsName = { to: /^container ls --no-trunc --filter name=\^[a-z-]+\$ / }
const before = [noContainerOfItsName, ...beforeAnyChange()]
const ownNetwork = [
  { to: /^network inspect .*Id/, exitCode: 1 },
  { to: /^network ls /, stdout: 'abc\n' },
  { to: /^network inspect /, stdout: '172.17.0.0/16\n' },
]
const answers = [
  ...ownNetwork,
  ...before,
  ...carryingOut.filter(({ to }) => !to.source.includes('dev-myapp-shop')),
  { to: /^compose .* up .* dev-myapp-my-shop-[0-9a-f]{4}$/ },
]

const contextsOf = (server: string, name = 'demo') =>
  KUBECONFIG.replaceAll('demo-control-plane', server).replace('name: demo, context', `name: ${name}, context`)

test('the current context and directory are taken, and nothing is written in that directory', async ({
  expect,
}) => {
  const outcome = await interceptIn({ answers, files, directory }, ...call, '--detach')
  expect(outcome).toMatchObject({ exitCode: 0, error: undefined })
  const dev = outcome.inputs.at(-1) ?? ''
  expect(dev).toContain('"kde-tp.environment": "demo"')
  expect(dev).toContain(`"kde-tp.workspace": "${data}"`)
  expect(dev).toContain(`"kde-tp.project": "${directory}"`)
  expect(dev).toContain(`"working_dir": "${directory}"`)
  expect(dev).toMatch(/"environment":\s+"GREETING": "hello"\s+"HOME": "\/home\/ada"\s+"KUBECONFIG"/)
  const written = Object.keys(outcome.files).filter(path => !path.startsWith('/w/') && !(path in files))
  expect(written.filter(path => !path.includes('/.cache/'))).toEqual([
    `${data}/run/kubeconfig/config`,
    `${data}/env-files/myapp/api.env`,
    `${data}/env-files/myapp/api.json`,
  ])
})

test('it is told which context and directory that is', async ({ expect }) => {
  const world = { answers: before, files, directory }
  const { events } = await interceptIn(world, ...call, '--dry-run')
  const message = `No KDE-cli workspace is here: this is about context "demo" of /home/ada/.kube/config and the directory ${directory}.`
  expect(events).toContainEqual({ type: 'remark', message })
})

test('an answer to the question for networks is kept beside the data, and read there', async ({ expect }) => {
  const replies = [
    ['Internal network to proxy (CIDR), or Enter for none:', '10.1.0.0/16'],
    ['Image of the dev container:', 'dev:1'],
  ] as const
  const asking = { answers, files, directory, replies: [...replies].reverse() }
  const outcome = await interceptIn(asking, ...call.slice(0, 4), '--detach')
  expect(outcome.files[`${data}/.env`]).toBe('0600 TELEPRESENCE_ALSO_PROXY_CIDR=10.1.0.0/16\n')
  const again = { answers, files: { ...files, [`${data}/.env`]: 'TELEPRESENCE_ALSO_PROXY_CIDR=10.2.0.0/16' } }
  const { inputs } = await interceptIn({ ...again, directory }, ...call.slice(0, 6), '--detach')
  expect(inputs.join()).toContain('"kde-tp.also-proxy": "10.2.0.0/16"')
})

test('a server that is named as a container is reached on its network', async ({ expect }) => {
  const found = {
    to: /^container ls --no-trunc --filter name=\^demo-control-plane\$ /,
    stdout: 'bridge,kind\n',
  }
  const making = carryingOut.filter(({ to }) => !to.source.includes('dev-myapp-shop'))
  const dev = { to: /^compose .* up .* dev-myapp-my-shop-[0-9a-f]{4}$/ }
  const world = { answers: [found, ...beforeAnyChange(), ...making, dev], files, directory }
  const { calls, inputs } = await interceptIn(world, ...call, '--detach')
  expect(calls.find(each => each.includes(' look '))).toContain('--network kind')
  expect(inputs.at(-1)).toMatch(/"networks":\s+"session":\s+"name": "kind"\s+"external": true/)
})

test.for([
  ['arn:aws:eks:eu-west-1:1234:cluster/x', /^arn-aws-eks-eu-west-1-1234-cluster-x-[0-9a-f]{6}$/],
  ['user@host', /^user-host-[0-9a-f]{6}$/],
  ['Dev', /^dev-[0-9a-f]{6}$/],
  ['..', /^--[0-9a-f]{6}$/],
  ['a'.repeat(60), /^a{40}-[0-9a-f]{6}$/],
  ['dev_1', /^dev_1$/],
] as const)('context %s gets a name that Docker takes', async ([name, expected], { expect }) => {
  const world = {
    answers: before,
    files: { '/home/ada/.kube/config': contextsOf('server', `"${name}"`) },
    directory,
    environment: { TELEPRESENCE_MANAGER_NAMESPACE: 'telepresence' },
  }
  const { calls, events } = await interceptIn(world, ...call, '--environment', name, '--dry-run')
  expect(calls.join()).toContain('--manager-namespace telepresence')
  const [step] = events.flatMap(event => (event.type === 'plan' ? event.steps : []))
  const keeper = /Start the keeper kde-tp-(.*)-keeper/.exec(step?.name ?? '')?.[1]
  expect(keeper).toMatch(expected)
})

test('contexts of one name in kubeconfigs of different clusters are not one environment', async ({
  expect,
}) => {
  const workspaceOf = async (server: string, path: string) => {
    const environment = { KUBECONFIG: path, XDG_STATE_HOME: '/state' }
    const world = { files: { [path]: contextsOf(server) }, directory, environment }
    const { inputs } = await interceptIn({ ...world, answers }, ...call, '--detach')
    return /"kde-tp.workspace": "(.*)"/.exec(inputs.at(-1) ?? '')?.[1]
  }
  const [one, copy, other] = [
    await workspaceOf('one', '/tmp/a'),
    await workspaceOf('one', '/tmp/b'),
    await workspaceOf('other', '/tmp/a'),
  ]
  expect(one).toMatch(/^\/state\/kde-tp\/demo-[0-9a-f]{6}$/)
  expect(copy).toBe(one)
  expect(other).not.toBe(one)
})

test('of a list in KUBECONFIG what is not there is passed over, and paths start where the person is', async ({
  expect,
}) => {
  const world = { files: { [`${directory}/own`]: KUBECONFIG }, directory, answers: before }
  const environment = { KUBECONFIG: '/nowhere::own:own' }
  const { exitCode } = await interceptIn({ ...world, environment }, ...call, '--dry-run')
  expect(exitCode).toBe(0)
})

test.for([
  ['USAGE', { words: [...call, '--project', 'shop'] }],
  ['USAGE', { words: call.slice(0, 4) }],
  ['WORKSPACE_MISSING', { files: {} }],
  ['WORKSPACE_MISSING', { directory: '/' }],
  ['WORKSPACE_MISSING', { words: [...call, '--workspace', '/not/there'] }],
  ['WORKSPACE_MISSING', { words: [...call, '--workspace', '/w/environments'] }],
  ['ENVIRONMENT_UNKNOWN', { words: [...call, '--environment', 'other'] }],
  ['ENVIRONMENT_UNKNOWN', { files: { '/home/ada/.kube/config': 'contexts: []' } }],
  ['KUBECONFIG_NOT_YAML', { files: { '/home/ada/.kube/config': '{' } }],
  ['KUBECONFIG_EMPTY', { files: { '/home/ada/.kube/config': '' } }],
  ['KUBECONFIG_DIRECTORY', { files: { '/home/ada/.kube/config/cache': 'docker made a directory' } }],
] as const)('%s is said before anything is asked of docker: %j', async ([code, differing], { expect }) => {
  const { words = call, ...world } = { words: undefined, ...differing }
  const { refusal, calls } = await interceptIn({ answers: [], files, directory, ...world }, ...words)
  expect(refusal).toBe(code)
  expect(calls).toEqual([])
})

test('a context that leads nowhere is told as what it is', async ({ expect }) => {
  for (const context of ['null', '5', '{cluster: lost}']) {
    const kubeconfig = `{current-context: demo, contexts: [{name: demo, context: ${context}}]}`
    const world = { answers: beforeAnyChange(), files: { '/home/ada/.kube/config': kubeconfig }, directory }
    const { refusal } = await interceptInAny(world, ...call)
    expect(refusal).toBe('KUBECONFIG_INVALID')
  }
})

test('--workspace names a directory without KDE-cli too', async ({ expect }) => {
  const world = { answers: before, files }
  const outcome = await interceptIn(world, ...call, '--workspace', directory, '--dry-run')
  expect(outcome).toMatchObject({ exitCode: 0 })
  expect(outcome.events).toContainEqual(
    expect.objectContaining({ message: expect.stringContaining(`the directory ${directory}.`) }),
  )
})
