import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { parse } from 'yaml'
import { lookFromContainer } from '../../../cli-plugin/surroundings/look.ts'
import { type ClientPlace, readClients } from '../../../session/commands/agents.ts'
import { helmInstall } from '../../../session/commands/helm.ts'
import { keepLines } from '../../../session/commands/keep-lines.ts'
import { unmountVolumes } from '../../../session/commands/mount-volumes.ts'
import {
  readSession,
  releaseSession,
  type StoppedSession,
} from '../../../session/commands/release-session.ts'
import { NETWORK } from './cluster.ts'
import { docker, removeAllOf } from './engine.ts'
import type { GrantStage } from './grant-stage.ts'
import { withoutCertificate } from './kubeconfig.ts'
import { leftoversOf } from './leftovers.ts'
import { RUNTIME_IMAGE } from './publisher.ts'
import type { Scenario } from './scenario.ts'
import { giveTo } from './workspace.ts'

export const filesOf = ({ workspace }: Scenario): string => join(workspace.environmentPath, '.telepresence')

/** A shell's script that says all that a person cannot do in a dev container. */
const DEVELOP = `
failed=0
can() { local what=$1; shift; "$@" > /dev/null || { echo "cannot $what"; failed=1; }; }
connect='import socket; socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock")'
can 'find the project' test -f "$1/project.env"
can 'write in the project' touch "$1/written"
can 'keep things beside the project' touch "$2/written"
can 'find the kubeconfig' grep server /.kube/config
can 'be called by name' test "$(id -un)" = "$3"
can 'be in a group with a name' test "$(id -gn)" = "$4"
can 'log in with docker' touch ~/.docker/written
can 'find a docker login' test -f ~/.docker/config.json
can 'find passwords of hosts' grep machine ~/.netrc
can 'keep passwords of hosts' bash -c 'echo "# kept" >> ~/.netrc'
can 'write in its home' touch ~/written
can 'use the engine' python3 -c "$connect"
can 'write a temporary file' touch /tmp/written
can 'read the volumes' test -s "$TELEPRESENCE_ROOT/var/run/secrets/kubernetes.io/serviceaccount/token"
[ "$5" = live ] || can 'write in the copy' touch "$TELEPRESENCE_ROOT/written"
exit $failed
`

async function develop({ run, scenario }: GrantStage, mount: 'copy' | 'live'): Promise<void> {
  const { intercept, workspace, namespace, person } = scenario
  const project = join(workspace.environmentPath, 'namespaces/web')
  const local = join(filesOf(scenario), 'mounts/local', namespace)
  const { name } = person.account
  const group = execFileSync('id', ['-gn', name], { encoding: 'utf8' }).trim()
  const command = ['bash', '-c', DEVELOP, 'bash', project, local, name, group, mount]
  const { exitCode, stdout, stderr } = await run(
    intercept({ options: [`--mount=${mount}`, '--docker-socket'], command }),
  )
  if (exitCode !== 0) throw new Error(`${stdout}\n${stderr}`)
}

/** As who installs a package in a dev container is. */
async function administer({ start, scenario }: GrantStage): Promise<void> {
  const started = start(scenario.intercept({ command: ['bash', '-c', 'echo; read'] }))
  await soon(() => expect(started.stdout(), started.stderr()).toBe('\n'))
  const script = 'touch /tmp/a && chown 1:1 /tmp/a && su --shell /bin/sh --command true nobody'
  try {
    await docker(['exec', '--user', '0', scenario.names.devContainer(), 'sh', '-c', script])
  } finally {
    started.endInput()
    await started.ended
  }
}

/** A session comes up, leaves its log on the host, and nothing else. */
async function connect({ run, scenario }: GrantStage): Promise<void> {
  const log = connectorLog(scenario)
  rmSync(log, { force: true })
  const { exitCode, stderr } = await run(scenario.intercept({ command: ['true'] }))
  if (exitCode !== 0) throw new Error(stderr)
  if (!existsSync(log)) throw new Error('no log is on the host')
  await soon(async () => expect(await leftoversOf(scenario.workspace), 'what is left').toEqual([]), 5)
}

const connectorLog = (scenario: Scenario): string =>
  join(filesOf(scenario), 'logs', scenario.namespace, 'connector.log')

/** A session that is removed comes back with its attachment. */
async function heal({ start, scenario }: GrantStage): Promise<void> {
  const { intercept, answererOf, names } = scenario
  const started = start(intercept({ command: ['python3', 'serve.py'] }))
  try {
    await soon(async () => expect(await answererOf()).toBe('the dev container'), 150)
    await docker(['rm', '--force', names.session])
    await soon(() => docker(['exec', names.session, 'session-state']), 60)
    await soon(async () => expect(await answererOf()).toBe('the dev container'), 30)
  } catch (error) {
    throw new Error(`${String(error)}\n${started.stderr()}`)
  } finally {
    await scenario.person.killAll()
    await soon(async () => expect(await leftoversOf(scenario.workspace)).toEqual([]))
  }
}

/** What listens on the loopback of a dev container is reached from the host. */
async function publish({ run, scenario }: GrantStage): Promise<void> {
  const { namespace, workspace, names } = scenario
  const port = await freePort()
  const publisher = `${names.composeProject}-publish-${namespace}-${port}`
  try {
    const { exitCode, stderr } = await run([
      ...['kde-tp', 'publish', namespace, 'base', '--workspace', workspace.path, `${port}:3000`],
    ])
    if (exitCode !== 0) throw new Error(stderr)
    await soon(async () => expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200), 4)
  } finally {
    await docker(['rm', '--force', publisher, publisher.replace('-publish-', '-inlet-')])
    await docker(['volume', 'rm', '--force', publisher])
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** A client of its own says who holds what. */
async function ask({ call, scenario }: GrantStage): Promise<void> {
  await call('client', readClients(placeIn(scenario)))
}

function placeIn({ namespace, workspace }: Scenario): ClientPlace {
  const kubeconfig = JSON.stringify(parse(readFileSync(workspace.kubeconfigPath, 'utf8')))
  return {
    ...{ image: RUNTIME_IMAGE, network: NETWORK, namespace, managerNamespace: 'ambassador' },
    kubeconfig,
  }
}

/** A look finds out that the engine's machine lacks a directory. */
async function missDirectory({ call }: GrantStage): Promise<void> {
  const looked = call('looker', lookFromContainer({ ...NOWHERE, directory: '/not/there' }, NOTHING))
  await expect(looked).rejects.toMatchObject({ code: 'WORKSPACE_ELSEWHERE' })
}

/** A look finds out that the engine's machine cannot make networks. */
async function missDevice({ call }: GrantStage): Promise<void> {
  const elsewhere = (word: string) => (word === '/dev/net/tun' ? '/dev/net/tun-is-not-there' : word)
  const looked = call('looker', lookFromContainer(NOWHERE, NOTHING), elsewhere)
  await expect(looked).rejects.toMatchObject({ code: 'NO_TUN_DEVICE' })
}

const NOWHERE = { image: RUNTIME_IMAGE, network: 'none', kubeconfig: '' }
const NOTHING = { words: [], answer: { parse: () => undefined } } as never

/** What a session held that did not quit is given back, and the log tells of it. */
async function release(stage: GrantStage): Promise<void> {
  const { scenario, call, remove, start } = stage
  const { intercept, answererOf, names, workspace } = scenario
  const started = start(intercept({ command: ['python3', 'serve.py'] }))
  await soon(async () => expect(await answererOf(), started.stderr()).toBe('the dev container'), 150)
  started.signal('SIGKILL')
  await docker(['rm', '--force', names.keeper])
  const session = await docker(['container', 'inspect', names.session]).then(
    stdout => readSession('').parse({ stdout, stderr: '', exitCode: 0 }) as StoppedSession,
  )
  await docker(['rm', '--force', names.session])
  const log = connectorLog(scenario)
  const before = statSync(log).mtimeMs
  try {
    await call('releaser', releaseSession(session))
    await soon(async () => expect(await answererOf()).toBe('the cluster'), 5)
    expect(statSync(log).mtimeMs, 'when the log was last written').toBeGreaterThan(before)
  } finally {
    remove(undefined)
    await call('releaser', releaseSession(session))
    await removeAllOf(workspace.path)
  }
}

/** The keeper's lines get into the log files. */
async function keep({ call, scenario }: GrantStage): Promise<void> {
  const { userId, groupId } = scenario.person.account
  const filesDirectory = filesOf(scenario)
  const log = join(filesDirectory, 'logs/kept.log')
  mkdirSync(join(filesDirectory, 'logs'), { recursive: true })
  giveTo(scenario.person.account, filesDirectory)
  rmSync(log, { force: true })
  const files = { image: RUNTIME_IMAGE, user: `${userId}:${groupId}`, filesDirectory }
  await call('filer', keepLines(files, ['kept a line']))
  if (!existsSync(log)) throw new Error('the line was not kept')
}

/** What is left mounted on the host is taken away, in a directory that is its person's alone. */
async function unmount({ call, scenario }: GrantStage): Promise<void> {
  const above = join(filesOf(scenario), 'mounts/remote/left')
  const left = join(above, 'api')
  mkdirSync(left, { recursive: true })
  giveTo(scenario.person.account, filesOf(scenario))
  chmodSync(above, 0o700)
  execFileSync('mount', ['--types', 'tmpfs', 'left', left])
  try {
    await call('unmounter', unmountVolumes(RUNTIME_IMAGE, left))
    if (isMounted(left)) throw new Error('it is still mounted')
  } finally {
    if (isMounted(left)) execFileSync('umount', [left])
    rmSync(above, { recursive: true })
  }
}

const isMounted = (path: string): boolean =>
  readFileSync('/proc/self/mountinfo', 'utf8').includes(` ${path} `)

/** Telepresence's Helm comes as far as to the API server, which does not know this person. */
async function install({ call, scenario }: GrantStage): Promise<void> {
  const { kubeconfig, ...place } = placeIn(scenario)
  const nobody = withoutCertificate(readFileSync(scenario.workspace.kubeconfigPath, 'utf8'))
  const { stdout, stderr } = await call('installer', helmInstall({ ...place, kubeconfig: nobody }))
  if (!stderr.includes('authentication was rejected')) throw new Error(stdout + stderr)
}

/** A check that must hold after so many seconds at most: what lacks something never gets there. */
async function soon(check: () => unknown, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    try {
      return void (await check())
    } catch (error) {
      if (Date.now() > end) throw error
    }
    await sleep(300)
  }
}

/** The smallest of what a person sees, each of which takes some of what containers are given. Throws where it fails. */
export const PLAYS = {
  connect,
  heal,
  'develop with a copy': (stage: GrantStage) => develop(stage, 'copy'),
  'develop with live volumes': (stage: GrantStage) => develop(stage, 'live'),
  administer,
  publish,
  ask,
  missDirectory,
  missDevice,
  release,
  keep,
  unmount,
  install,
} as const

export type Play = keyof typeof PLAYS
