import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { type Grant, grantsOf } from '../worlds/grants.ts'
import { type AlteredCompose, alterCompose } from './harness/altered-compose.ts'
import { NODE } from './harness/cluster.ts'
import { docker, inspect, removeAllOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { leftoversOf } from './harness/leftovers.ts'
import { partOf } from './harness/random.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { startWorkload } from './harness/workload.ts'
import { giveTo } from './harness/workspace.ts'

/** In what a dev container has of the person, and then to answer: the port is published too. */
const USE_ALL = `set -e
touch used "$HOME/used"
grep --quiet server "$KUBECONFIG"
touch "$LOCAL_MOUNTS/used"
[ "$(id --user --name)" = "$PERSON" ]
[ "$(id --group --name)" = "$PERSON" ]
grep --quiet auths "$HOME/.docker/config.json"
grep --quiet machine "$HOME/.netrc"
grep --quiet served "$TELEPRESENCE_ROOT/data/word"
exec python3 serve.py`

const PORT = 24_381
/** A removal shows within this, or not at all. */
const PATIENCE = 90_000

test(
  'nothing is granted in vain: without any one right, device, mount or writable path of a container something fails',
  onSharedMount(async scenario => {
    givePersonalFiles(scenario)
    const compose = alterCompose(scenario)
    expect(await whatFails(scenario, compose)).toBeUndefined()
    const grants = Object.entries(compose.rendered()).flatMap(([service, spec]) =>
      grantsOf(service, spec, hardening),
    )
    expect(grants.map(({ name }) => name)).toContain('the capability NET_ADMIN')
    const inVain: string[] = []
    for (const grant of partOf(grants, 1)) {
      compose.remove(grant)
      const failure = await whatFails(scenario, compose)
      console.log(`${grant.service} without ${grant.name}: ${failure ?? 'nothing fails'}`)
      expect(compose.isRemoved(), tell(grant)).toBe(true)
      if (failure === undefined) inVain.push(tell(grant))
    }
    expect(inVain).toEqual([])
  }),
  1_800_000,
)

const tell = ({ service, name }: Grant): string => `${service}: ${name}`

const hardening = {
  apparmor: existsSync('/sys/module/apparmor/parameters/enabled'),
  selinux: (await docker(['info', '--format', '{{.SecurityOptions}}'])).includes('name=selinux'),
}

/** In a workspace in which live volumes can be mounted, with a workload that has one. */
function onSharedMount(body: (scenario: Scenario) => Promise<void>): () => Promise<void> {
  return within({ workloads: [] }, async scenario => {
    const { namespace, workspace } = scenario
    const volume = `/var/tmp/${namespace}`
    await docker(['exec', NODE, 'sh', '-c', `mkdir -p ${volume} && echo served > ${volume}/word`])
    await execa('mount', ['--bind', workspace.path, workspace.path])
    await execa('mount', ['--make-shared', workspace.path])
    try {
      const volumes = [{ path: '/data', source: { hostPath: { path: volume } } }]
      await startWorkload(namespace, { name: 'api', volumes })
      await body(scenario)
    } finally {
      await execa('umount', ['--lazy', workspace.path])
      await docker(['exec', NODE, 'rm', '-rf', volume])
    }
  })
}

/** KDE-cli mounts them where they are there. */
function givePersonalFiles({ person }: Scenario): void {
  mkdirSync(join(person.home, '.docker'), { recursive: true })
  writeFileSync(join(person.home, '.docker/config.json'), '{"auths":{}}')
  writeFileSync(join(person.home, '.netrc'), 'machine example.org\n')
  giveTo(person.account, person.home)
}

/** Uses all that the product promises of one attachment, and says what did not come; undefined where all did. */
async function whatFails(scenario: Scenario, compose: AlteredCompose): Promise<string | undefined> {
  const { person, workspace } = scenario
  const started = person.start(wordsOf(scenario), { env: compose.env })
  try {
    const ended = started.ended.then(
      ({ exitCode, stderr }) => `it ended with ${exitCode}: ${stderr.slice(-400)}`,
    )
    const late = (promise: string) => `${promise}: not in time`
    for (const [promise, isKept] of whileItRuns(scenario)) {
      const failure = await Promise.race([
        ended,
        comes(isKept).then(came => (came ? undefined : late(promise))),
      ])
      if (failure !== undefined) return failure
    }
    started.signal('SIGTERM')
    if ((await started.ended).exitCode !== 143) return ended
    for (const [promise, isKept] of afterwards(scenario)) if (!(await comes(isKept))) return late(promise)
    return undefined
  } finally {
    // In order, or the cluster would keep for a day what the next one wants.
    await person.run(['kde-tp', 'clear', '--yes', '--workspace', workspace.path])
    await person.killAll()
    await removeAllOf(workspace.path)
  }
}

function wordsOf({ intercept, workspace, namespace, person }: Scenario): readonly string[] {
  const localMounts = join(workspace.environmentPath, '.telepresence/mounts/local', namespace)
  const variables = { LOCAL_MOUNTS: localMounts, PERSON: person.account.name }
  const options = [
    ...Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...['--publish', `${PORT}:8080`, '--mount'],
  ]
  return intercept({ options, command: ['bash', '-c', USE_ALL] })
}

type Promised = readonly [string, () => Promise<boolean>]

/** One after another. */
function whileItRuns({ workspace, names, namespace, person, answererOf }: Scenario): readonly Promised[] {
  const log = join(workspace.environmentPath, '.telepresence/logs', `${namespace}.log`)
  const isHere = async () => (await answererOf()) === 'the dev container'
  return [
    ['a request that arrives', isHere],
    ['a published port', isPublished],
    ['a log that the person can read', async () => statSync(log).gid === person.account.groupId],
    ['a session to remove', async () => (await docker(['rm', '--force', names.session])) !== ''],
    ['a session that is made again', async () => (await inspect(names.session)).State.Status === 'running'],
    ['a request that arrives by that', isHere],
  ]
}

const afterwards = ({ workspace, answererOf }: Scenario): readonly Promised[] => [
  ['a cluster that answers by itself', async () => (await answererOf()) === 'the cluster'],
  ['a clean place', async () => (await leftoversOf(workspace)).length === 0],
]

const isPublished = (): Promise<boolean> =>
  fetch(`http://127.0.0.1:${PORT}/`).then(
    async response => (await response.text()).startsWith('answered by the dev container'),
    () => false,
  )

/** Whether it comes in time. */
async function comes(isKept: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + PATIENCE
  while (Date.now() < end) {
    if (await isKept().catch(() => false)) return true
    await sleep(300)
  }
  return false
}

test(
  'a dev container reaches neither the engine, nor the session’s kubeconfig, nor the network of another environment',
  within({}, async scenario => {
    const other = await startElsewhere()
    try {
      const { person, intercept, names, workspace } = scenario
      const look = ['python3', '-c', LOOK, workspace.path, other.address]
      const started = person.start(
        intercept({
          options: ['--no-kubeconfig', '--no-docker-config'],
          command: ['bash', '-c', 'echo; read'],
        }),
      )
      await eventually(() => expect(started.stdout(), started.stderr()).toBe('\n'))
      const seen = await docker(['exec', names.devContainer(), ...look])
      expect(JSON.parse(seen)).toEqual({ sockets: [], kubeconfigs: [], elsewhere: false, itself: true })
      started.endInput()
      await started.ended
    } finally {
      await other.remove()
    }
  }),
)

/** Searches all files, and asks an address of the other network; and itself, to see that to ask is possible. */
const LOOK = `
import json, os, socket, stat, sys, threading
found = {'sockets': [], 'kubeconfigs': []}
for top, directories, files in os.walk('/'):
    if top in ('/proc', '/sys', '/dev'): directories[:] = []; continue
    for name in files:
        path = os.path.join(top, name)
        try:
            kind = os.stat(path)
            if stat.S_ISSOCK(kind.st_mode): found['sockets'].append(path)
            elif kind.st_size < 100000 and b'client-key-data' in open(path, 'rb').read(): found['kubeconfigs'].append(path)
        except OSError: pass
def reaches(address):
    try: socket.create_connection((address, 8099), 3).close(); return True
    except OSError: return False
server = socket.create_server(('127.0.0.1', 8099))
print(json.dumps({**found, 'elsewhere': reaches(sys.argv[2]), 'itself': reaches('127.0.0.1')}))
`

/** Something that listens, on a network as another environment has it. */
async function startElsewhere() {
  const name = `kde-tp-test-elsewhere-${randomBytes(3).toString('hex')}`
  await docker(['network', 'create', name])
  const serve = ['python3', '-m', 'http.server', '8099']
  await docker(['run', '--detach', '--name', name, '--network', name, 'kde-tp-sandbox/dev:1', ...serve])
  const address = await docker([
    'inspect',
    '--format',
    `{{(index .NetworkSettings.Networks "${name}").IPAddress}}`,
    name,
  ])
  return {
    address,
    async remove() {
      await docker(['rm', '--force', name])
      await docker(['network', 'rm', name])
    },
  }
}
