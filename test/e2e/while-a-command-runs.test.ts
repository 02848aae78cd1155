import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { APP_IMAGE } from './harness/app-image.ts'
import { NETWORK } from './harness/cluster.ts'
import { docker, inspect, namesOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { snapshotOf } from './harness/leftovers.ts'
import type { Ended, Started } from './harness/person.ts'
import { closeScenario, openScenario, type Scenario } from './harness/scenario.ts'
import { startServing } from './harness/serving.ts'

const SECRET = `secret-${randomBytes(8).toString('hex')}`
const NEIGHBOUR = `kde-tp-test-neighbour-${randomBytes(3).toString('hex')}`
const PUBLIC_NAMES = ['api.example.com', 'registry.example.dev']

let scenario: Scenario
let serving: Started | undefined
let before: Readonly<Record<string, string>>

beforeAll(async () => {
  const env = [{ name: 'PASSWORD', value: SECRET }]
  scenario = await openScenario({ workloads: [{ name: 'api', env }, { name: 'other' }] })
  const aliases = PUBLIC_NAMES.flatMap(name => ['--network-alias', name])
  const rest = ['--network', NETWORK, ...aliases, APP_IMAGE, 'serve']
  await docker(['run', '--detach', '--name', NEIGHBOUR, ...rest])
  before = snapshotOf(scenario.workspace)
  serving = await startServing(scenario)
})

afterAll(async () => {
  await docker(['rm', '--force', NEIGHBOUR])
  serving?.signal('SIGTERM')
  await serving?.ended
  await closeScenario(scenario)
})

/** Runs one more command beside the first. */
const runBeside = (command: readonly string[], input = ''): Promise<Ended> =>
  scenario.person.run(scenario.intercept({ command }), { input })

describe('in the engine', () => {
  // S-29
  test('there are a keeper, a holder, a session and a dev container, all of one Compose project', async () => {
    const { names, workspace } = scenario
    const expected = [names.keeper, names.holder, names.session, names.devContainer()].toSorted()
    expect(await namesOf('container', workspace.path)).toEqual(expected)
    const listed = await docker([
      'compose',
      '--project-name',
      names.composeProject,
      'ps',
      '--format',
      '{{.Names}}',
    ])
    expect(listed.split('\n').toSorted()).toEqual(expected)
  })

  test('exactly one container has the name by which KDE-cli finds sessions', async () => {
    const { names, workspace, namespace } = scenario
    const found = `name=kde-telepresence-session-${workspace.environment}-${namespace}`
    expect(await docker(['ps', '--all', '--filter', found, '--format', '{{.Names}}'])).toBe(names.session)
  })

  test('labels tell whose each container is and what it does', async () => {
    const { names, workspace, namespace, person } = scenario
    const everywhere = {
      'kde-tp.schema': '1',
      'kde-tp.workspace': workspace.path,
      'kde-tp.environment': workspace.environment,
      'kde-tp.owner': expect.stringMatching(`^${person.account.name}@.`),
    }
    const attachment = {
      mode: 'intercept',
      workload: 'api',
      ports: [{ local: 8080, remote: 'http' }],
      agent: 'sidecar',
    }
    const { 'kde-tp.engine': engine, ...ofKeeper } = await labelsOf(names.keeper)
    expect(ofKeeper).toEqual({ ...everywhere, 'kde-tp.role': 'keeper' })
    expect(JSON.parse(engine ?? '')).toMatchObject({ isHere: true, socket: expect.stringMatching(/^\//) })
    const here = { ...everywhere, 'kde-tp.namespace': namespace }
    expect(await labelsOf(names.holder)).toEqual({ ...here, 'kde-tp.role': 'holder' })
    expect(await labelsOf(names.session)).toEqual({
      ...here,
      'kde-tp.role': 'session',
      'kde-tp.also-proxy': '',
      'kde-tp.network': NETWORK,
    })
    const {
      'kde-tp.attachment': label,
      'kde-tp.session': made,
      ...others
    } = await labelsOf(names.devContainer())
    expect(others).toEqual({
      ...here,
      'kde-tp.role': 'dev',
      'kde-tp.project': 'web',
      'kde-tp.life': 'leased',
    })
    expect(JSON.parse(label ?? '')).toEqual(attachment)
    expect(JSON.parse(made ?? '')).toMatchObject({ namespace, containerName: names.session, alsoProxy: [] })
  })

  test('the keeper alone has the socket, and neither network nor rights', async () => {
    const { names } = scenario
    const { HostConfig, Mounts } = await inspect(names.keeper)
    expect(HostConfig).toMatchObject({
      ...NO_RIGHTS,
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapAdd: null,
    })
    expect(HostConfig.RestartPolicy.Name).toBe('unless-stopped')
    expect(Mounts.map(({ Destination }) => Destination)).toEqual(['/var/run/docker.sock'])
    for (const name of [names.holder, names.session, names.devContainer()]) {
      const { Mounts } = await inspect(name)
      expect(Mounts.filter(({ Source }) => Source.includes('docker.sock'))).toEqual([])
    }
  })

  test("the holder owns the network namespace on the environment's network, without rights or files", async () => {
    const { Config, HostConfig, Mounts, NetworkSettings } = await inspect(scenario.names.holder)
    expect(HostConfig).toMatchObject({ ...NO_RIGHTS, CapAdd: null, RestartPolicy: { Name: 'no' } })
    expect(Object.keys(NetworkSettings.Networks)).toEqual([NETWORK])
    expect(Config.Hostname).toMatch(new RegExp(`^${scenario.person.account.name}-`))
    expect(Mounts).toEqual([])
  })

  // S-67
  test("the session may manage its own network alone, and sees none of the person's files", async () => {
    const { names, workspace, person } = scenario
    const { Id } = await inspect(names.holder)
    const { Config, HostConfig, Mounts } = await inspect(names.session)
    expect(HostConfig).toMatchObject({
      ...NO_RIGHTS,
      Devices: [{ PathOnHost: '/dev/net/tun' }],
      NetworkMode: `container:${Id}`,
      GroupAdd: [String(person.account.groupId)],
      RestartPolicy: { Name: 'no' },
    })
    // Engines write it with and without "CAP_".
    expect(HostConfig.CapAdd?.map(name => name.replace('CAP_', ''))).toEqual(['NET_ADMIN'])
    expect(Config.User).toBe('')
    const telepresence = join(workspace.environmentPath, '.telepresence')
    expect(Mounts.map(({ Name, Source, RW }) => `${Name ?? Source} ${RW ? 'rw' : 'ro'}`).toSorted()).toEqual([
      `${telepresence}/logs rw`,
      `${telepresence}/run/kubeconfig ro`,
      `${names.composeProject}-cache-${scenario.namespace} rw`,
    ])
    const [volume] = await namesOf('volume', workspace.path)
    expect(volume).toBe(`${names.composeProject}-cache-${scenario.namespace}`)
  })

  test("the dev container is KDE-cli's: the person, their home and their project under the same path", async () => {
    const { names, workspace, namespace, person } = scenario
    const { account } = person
    const { Id } = await inspect(names.holder)
    const { Config, HostConfig, Mounts } = await inspect(names.devContainer())
    const project = join(workspace.environmentPath, 'namespaces/web')
    expect(HostConfig).toMatchObject({
      NetworkMode: `container:${Id}`,
      CapAdd: null,
      Privileged: false,
      Init: true,
      RestartPolicy: { Name: 'no' },
    })
    expect(Config).toMatchObject({
      ...{ User: `${account.userId}:${account.groupId}`, WorkingDir: join(project, 'app') },
      Image: 'kde-tp-sandbox/dev:1',
    })
    expect(Config.Env).toEqual(
      expect.arrayContaining([
        `HOME=/home/${account.name}`,
        'KUBECONFIG=/.kube/config',
        `PASSWORD=${SECRET}`,
      ]),
    )
    const telepresence = join(workspace.environmentPath, '.telepresence')
    const mounts = Mounts.map(({ Source, Destination, RW }) => `${Source} ${Destination} ${RW ? 'rw' : 'ro'}`)
    expect(mounts.toSorted()).toEqual(
      [
        `${project} ${project} rw`,
        `${telepresence}/run/kubeconfig /.kube ro`,
        `${telepresence}/mounts/local/${namespace} ${telepresence}/mounts/local/${namespace} rw`,
        '/etc/group /etc/group ro',
        '/etc/passwd /etc/passwd ro',
      ].toSorted(),
    )
  })

  test("no label and no log has a value of the pod's environment", async () => {
    const { names, workspace } = scenario
    for (const name of await namesOf('container', workspace.path)) {
      expect(JSON.stringify((await inspect(name)).Config.Labels)).not.toContain(SECRET)
    }
    expect(await docker(['logs', names.session])).not.toContain(SECRET)
    expect(await docker(['logs', names.keeper])).not.toContain(SECRET)
    expect([serving?.stdout(), serving?.stderr()].join()).not.toContain(SECRET)
    const logs = join(workspace.environmentPath, '.telepresence/logs')
    const files = readdirSync(logs, { recursive: true, withFileTypes: true }).filter(file => file.isFile())
    for (const { parentPath, name } of files) {
      expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain(SECRET)
    }
  })
})

describe('on the host', () => {
  // S-54, S-55, S-56, S-57
  test('the files have the rights that the design gives them, and are the person’s', () => {
    const { workspace, namespace, person } = scenario
    const owned = `${person.account.userId}:${person.account.groupId}`
    expect(filesOf(join(workspace.environmentPath, '.telepresence'))).toMatchObject({
      run: `700 ${owned}`,
      'run/kubeconfig': `750 ${owned}`,
      'run/kubeconfig/config': `640 ${owned}`,
      logs: `2770 ${owned}`,
      [`logs/${namespace}`]: `2770 ${owned}`,
      [`env-files/${namespace}`]: `700 ${owned}`,
      [`env-files/${namespace}/api.env`]: `600 ${owned}`,
      [`env-files/${namespace}/api.json`]: `600 ${owned}`,
      [`mounts/local/${namespace}`]: `755 ${owned}`,
    })
  })

  test('no other file of the workspace is changed', () => {
    expect(snapshotOf(scenario.workspace)).toEqual(before)
  })

  test('what is written in the dev container is the person’s', async () => {
    await runBeside(['touch', 'written'])
    const path = join(scenario.workspace.environmentPath, 'namespaces/web/app/written')
    expect(statSync(path).uid).toBe(scenario.person.account.userId)
    await runBeside(['rm', 'written'])
  })
})

describe('in the dev container', () => {
  test.for(['other', 'other.NAMESPACE', 'other.NAMESPACE.svc.cluster.local', 'traffic-manager.ambassador'])(
    'the name %s of the cluster resolves',
    async name => {
      const ended = await runBeside(['getent', 'hosts', name.replace('NAMESPACE', scenario.namespace)])
      expect(ended.exitCode, ended.stderr).toBe(0)
    },
  )

  test.for([NEIGHBOUR, ...PUBLIC_NAMES])('the name %s, which only Docker knows, resolves', async name => {
    const ended = await runBeside(['curl', '--silent', '--max-time', '10', `http://${name}:8080/`])
    expect(ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('answered by the cluster') })
  })

  test('services of the cluster answer', async () => {
    const ended = await runBeside([
      'curl',
      '--silent',
      '--max-time',
      '10',
      `http://other.${scenario.namespace}/`,
    ])
    expect(ended.stdout).toMatch(/^answered by the cluster: other-/)
  })
})

describe('one more command in the same dev container', () => {
  test('ends with its own exit code, and the first goes on', async () => {
    expect(await runBeside(['bash', '-c', 'exit 9'])).toMatchObject({ exitCode: 9 })
    expect(await scenario.answererOf()).toBe('the dev container')
  })

  test('gets its standard input to the last byte', async () => {
    const input = randomBytes(600_000).toString('base64')
    const sum = createHash('sha256').update(input).digest('hex')
    expect(await runBeside(['sha256sum'], input)).toMatchObject({ exitCode: 0, stdout: `${sum}  -\n` })
  })

  test('has its output and its errors apart, byte for byte', async () => {
    const script = 'printf "out\\n\\001\\r"; printf "err" >&2'
    const { stdout, stderr } = await runBeside(['bash', '-c', script])
    expect(stdout).toBe('out\n\u0001\r')
    expect(stderr.endsWith('err')).toBe(true)
  })

  test('gets its words as they were typed', async () => {
    const words = ['two words', '', '$HOME', "it's", '"', '\\', '*', '--help', '-d']
    const { stdout } = await runBeside(['printf', '%s\\0', ...words])
    expect(stdout.split('\0').slice(0, -1)).toEqual(words)
  })

  test('has a terminal where there is one', async () => {
    const shell = scenario.person.start(scenario.intercept(), { terminal: true })
    shell.write('tty; stty -a | grep -c rows; exit 5\n')
    const ended = await shell.ended
    expect(ended.exitCode, ended.stdout).toBe(5)
    expect(ended.stdout).toContain('/dev/pts/')
  })
})

test('the session has a bash', async () => {
  expect(await docker(['exec', scenario.names.session, 'bash', '-c', 'echo $((6 * 7))'])).toBe('42')
})

test('the session becomes healthy for Docker', async () => {
  await eventually(async () => {
    expect((await inspect(scenario.names.session)).State.Health?.Status).toBe('healthy')
  })
})

const NO_RIGHTS = {
  CapDrop: ['ALL'],
  SecurityOpt: ['no-new-privileges:true', 'label=disable'],
  Privileged: false,
}

async function labelsOf(container: string): Promise<Readonly<Record<string, string>>> {
  const { Labels } = (await inspect(container)).Config
  return Object.fromEntries(Object.entries(Labels).filter(([name]) => name.startsWith('kde-tp.')))
}

/** Rights and owner of everything in a directory. */
function filesOf(directory: string): Readonly<Record<string, string>> {
  const paths = readdirSync(directory, { recursive: true }).map(String)
  const entries = paths.map(path => {
    const { mode, uid, gid } = statSync(join(directory, path))
    return [path, `${(mode & 0o7777).toString(8)} ${uid}:${gid}`]
  })
  return Object.fromEntries(entries)
}
