import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { NETWORK, NODE } from './harness/cluster.ts'
import { inspect, namesOf, removeAllOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import type { Started } from './harness/person.ts'
import { withPublisher } from './harness/publisher.ts'
import { refusalOf } from './harness/refusal.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { giveTo } from './harness/workspace.ts'

const CONTEXT = 'arn:aws:eks:eu-west-1:1234:cluster/x'

test(
  'without KDE-cli two directories work on one context of a kubeconfig of two files, by one session',
  within({ workloads: [{ name: 'api' }, { name: 'worker' }] }, scenario =>
    withPublisher(async server => {
      const { person, namespace } = scenario
      const env = {
        KUBECONFIG: kubeconfigOfTwoFiles(scenario, server).join(':'),
        XDG_STATE_HOME: join(person.home, 'state'),
      }
      const shop = makeDirectory(scenario, 'my shop')
      const jobs = makeDirectory(scenario, 'elsewhere/my shop')
      const before = [contentOf(shop), contentOf(jobs)]

      const first = await serve(scenario, 'api', '8080:http', { directory: shop, env })
      const [data = '', ...others] = readdirSync(join(env.XDG_STATE_HOME, 'kde-tp'))
      expect(data).toMatch(/^arn-aws-eks-eu-west-1-1234-cluster-x-[0-9a-f]{6}-[0-9a-f]{6}$/)
      expect(others).toEqual([])
      const workspace = join(env.XDG_STATE_HOME, 'kde-tp', data)
      const second = await serve(scenario, 'worker', '9090:http', { directory: jobs, env }, '9090')

      const containers = await namesOf('container', workspace)
      expect(containers.filter(name => name.startsWith('kde-telepresence-session-'))).toHaveLength(1)
      const ours = containers.filter(name => name.includes(`-dev-${namespace}-my-shop-`))
      expect(ours).toHaveLength(2)
      for (const name of ours) {
        const { Config, Mounts } = await inspect(name)
        expect(Config.Labels).toMatchObject({ 'kde-tp.environment': CONTEXT, 'kde-tp.workspace': workspace })
        expect([shop, jobs]).toContain(Config.WorkingDir)
        expect(Mounts).toContainEqual(
          expect.objectContaining({ Source: Config.WorkingDir, Destination: Config.WorkingDir }),
        )
        expect(Config.Env).not.toContainEqual(expect.stringContaining('from the directory'))
      }

      const listed = await person.run(['kde-tp', 'list', namespace, '--format', 'json'], {
        directory: person.home,
        env,
      })
      expect(listed, listed.stderr).toMatchObject({ exitCode: 0 })
      for (const path of [shop, jobs]) expect(listed.stdout).toContain(JSON.stringify(path))

      await leave(first)
      await eventually(async () => expect(await scenario.answererOf('api')).toBe('the cluster'))
      expect(await scenario.answererOf('worker')).toBe('the dev container')
      await leave(second)
      await eventually(async () => expect(await scenario.answererOf('worker')).toBe('the cluster'))
      await expectNothingLeft(workspace)
      expect([contentOf(shop), contentOf(jobs)]).toEqual(before)
    }),
  ),
)

test(
  'without KDE-cli the usual kubeconfig’s context is named by --environment, and its credential program is run',
  within({}, scenario =>
    withPublisher(async server => {
      const { person, namespace } = scenario
      const directory = makeDirectory(scenario, 'shop')
      makeUsualKubeconfig(scenario, server)
      expect(workspacesIn(person.home)).toEqual([])
      const call = ['kde-tp', 'intercept', namespace, 'api', '--environment', 'user@host', '-p', '8080:http']
      const image = ['--image', 'kde-tp-sandbox/dev:1']

      const withoutImage = await refusalOf(scenario, [...call, '--', 'true'], { directory })
      expect(withoutImage).toMatchObject({ code: 'USAGE', exitCode: 2 })
      expect(withoutImage.message).toContain('--image')
      const ofProject = [...call, ...image, '--project', 'shop', '--', 'true']
      expect(await refusalOf(scenario, ofProject, { directory })).toMatchObject({ code: 'USAGE' })
      expect(workspacesIn(person.home)).toEqual([])

      const ended = await person.run(
        [...call, ...image, '--no-kubeconfig', '--docker-socket', '--', 'bash', '-c', LOOK_AROUND],
        {
          directory,
        },
      )
      expect(ended, ended.stderr).toMatchObject({
        exitCode: 0,
        stdout: `${directory}\nno kubeconfig\nthe engine\n`,
      })
      const [data = ''] = workspacesIn(person.home)
      expect(data).toMatch(/^user-host-[0-9a-f]{6}$/)
      await expectNothingLeft(join(person.home, '.local/state/kde-tp', data))
    }),
  ),
)

test(
  'without KDE-cli a server that is named as its container is reached on that container’s network',
  within({}, async scenario => {
    const { person, namespace } = scenario
    const directory = makeDirectory(scenario, 'shop')
    // As `kind export kubeconfig --internal` writes it.
    makeUsualKubeconfig(scenario, `https://${NODE}:6443`, 'user@host')
    const examined = await person.run(['kde-tp', 'doctor', namespace], { directory })
    expect(examined, examined.stdout).toMatchObject({ exitCode: 0 })
    const listed = await person.run(['kde-tp', 'list', namespace], { directory })
    expect(listed, listed.stderr).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('api') })

    const started = await serve(scenario, 'api', '8080:http', { directory, env: {} })
    const workspace = join(person.home, '.local/state/kde-tp', workspacesIn(person.home)[0] ?? '')
    expect(await namesOf('network', workspace)).toEqual([])
    const holder = (await namesOf('container', workspace)).find(name => name.includes(`-net-${namespace}`))
    expect(Object.keys((await inspect(holder ?? '')).NetworkSettings.Networks)).toEqual([NETWORK])
    await leave(started)
    await eventually(async () => expect(await scenario.answererOf('api')).toBe('the cluster'))
    await expectNothingLeft(workspace)
  }),
)

const LOOK_AROUND = [
  'pwd; [ -e /.kube ] || echo "no kubeconfig${KUBECONFIG:+, and a variable for it}"',
  `python3 -c 'import socket; socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock"); print("the engine")'`,
].join('; ')

const workspacesIn = (home: string): readonly string[] => {
  const state = join(home, '.local/state/kde-tp')
  return existsSync(state) ? readdirSync(state) : []
}

/** With a program, and with a `.env` that has nothing to do with us. */
function makeDirectory({ person }: Scenario, name: string): string {
  const directory = join(person.home, name)
  mkdirSync(directory, { recursive: true })
  const program = new URL(
    '../../sandbox/workspace/environments/demo/namespaces/myapp/app/serve.py',
    import.meta.url,
  )
  cpSync(program, join(directory, 'serve.py'))
  writeFileSync(join(directory, '.env'), 'GREETING=from the directory\n')
  giveTo(person.account, person.home)
  return directory
}

interface Kubeconfig {
  readonly clusters: readonly { readonly cluster: Readonly<Record<string, string>> }[]
  readonly users: readonly { readonly user: Readonly<Record<string, string>> }[]
}

function administrator({ workspace }: Scenario) {
  const { clusters, users } = parse(readFileSync(workspace.kubeconfigPath, 'utf8')) as Kubeconfig
  const user = users[0]?.user
  const pem = (key: string): string => Buffer.from(user?.[key] ?? '', 'base64').toString('utf8')
  return {
    cluster: clusters[0]?.cluster,
    certificate: pem('client-certificate-data'),
    key: pem('client-key-data'),
  }
}

/** The context in one file, and what it leads to in the other, whose certificate is in files beside it. */
function kubeconfigOfTwoFiles(scenario: Scenario, server: string): readonly string[] {
  const { cluster, certificate, key } = administrator(scenario)
  const folder = join(scenario.person.home, 'kube configs')
  mkdirSync(folder)
  const paths = [join(folder, 'contexts'), join(folder, 'clusters')] as const
  const contexts = [{ name: CONTEXT, context: { cluster: 'eks', user: 'admin' } }]
  const users = [{ name: 'admin', user: { 'client-certificate': 'admin.crt', 'client-key': './admin.key' } }]
  writeFileSync(paths[0], stringify({ 'current-context': CONTEXT, contexts }))
  writeFileSync(
    paths[1],
    stringify({
      'current-context': 'gone',
      clusters: [{ name: 'eks', cluster: { ...cluster, server } }],
      users,
    }),
  )
  writeFileSync(join(folder, 'admin.crt'), certificate)
  writeFileSync(join(folder, 'admin.key'), key, { mode: 0o600 })
  giveTo(scenario.person.account, folder)
  return paths
}

function makeUsualKubeconfig(scenario: Scenario, server: string, current = 'gone'): void {
  const { cluster, certificate, key } = administrator(scenario)
  const path = join(scenario.person.home, '.kube/config')
  mkdirSync(dirname(path))
  const status = { clientCertificateData: certificate, clientKeyData: key }
  const answer = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status }
  writeFileSync(`${path}.json`, JSON.stringify(answer))
  const program = join(dirname(path), 'credential')
  writeFileSync(program, `#!/bin/sh\nexec cat '${path}.json'\n`, { mode: 0o755 })
  const exec = { apiVersion: answer.apiVersion, command: './credential', interactiveMode: 'Never' }
  const kubeconfig = {
    'current-context': current,
    contexts: [{ name: 'user@host', context: { cluster: 'demo', user: 'robot' } }],
    clusters: [{ name: 'demo', cluster: { ...cluster, server } }],
    users: [{ name: 'robot', user: { exec } }],
  }
  writeFileSync(path, stringify(kubeconfig), { mode: 0o600 })
  giveTo(scenario.person.account, scenario.person.home)
}

async function serve(
  { person, namespace, answererOf }: Scenario,
  workload: string,
  port: string,
  options: { readonly directory: string; readonly env: Readonly<Record<string, string>> },
  ...args: readonly string[]
): Promise<Started> {
  const call = ['kde-tp', 'intercept', namespace, workload, '--image', 'kde-tp-sandbox/dev:1', '-p', port]
  const started = person.start([...call, '--', 'python3', 'serve.py', ...args], options)
  await eventually(async () =>
    expect(await answererOf(workload), started.stdout() + started.stderr()).toBe('the dev container'),
  )
  return started
}

async function leave(started: Started): Promise<void> {
  started.signal('SIGTERM')
  expect((await started.ended).exitCode).toBe(143)
}

async function expectNothingLeft(workspace: string): Promise<void> {
  try {
    for (const kind of ['container', 'network', 'volume'] as const)
      await eventually(async () => expect(await namesOf(kind, workspace)).toEqual([]))
  } finally {
    await removeAllOf(workspace)
  }
  expect(readdirSync(workspace).toSorted()).toEqual(['env-files', 'logs'])
}

/** Names, rights and contents. */
const contentOf = (directory: string): readonly string[] =>
  readdirSync(directory).map(name => {
    const { mode } = statSync(join(directory, name))
    return `${name} ${mode.toString(8)} ${readFileSync(join(directory, name), 'base64')}`
  })
