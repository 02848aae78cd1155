import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Mode } from '../../session/mode.ts'
import { kubectl, NODE } from './harness/cluster.ts'
import { docker, inspect } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { partOf } from './harness/random.ts'
import { refusalOf } from './harness/refusal.ts'
import { type Scenario, within } from './harness/scenario.ts'
import { startWorkload } from './harness/workload.ts'

test.concurrent(
  'with --mount what changes in the remote volume is seen in the dev container and on the host (S-58, D-09, D-19)',
  within({ workloads: [] }, async scenario => {
    await onMount('--make-shared', scenario, async () => {
      const { person, attach, names, namespace } = scenario
      const untilChanged =
        'cd "$TELEPRESENCE_ROOT/data" && cat word; until grep -q last word; do sleep 0.2; done; cat word; touch own; exec sleep 120'
      const attached = person.start(
        attach('intercept', {
          options: [...PROJECT, '--port', '8080:http', '--mount'],
          command: ['bash', '-c', untilChanged],
        }),
      )
      await eventually(() => expect(attached.stdout()).toBe('first\n'))
      writeRemotely(namespace, 'last')
      await eventually(() => expect(attached.stdout()).toBe('first\nlast\n'))
      expect(readFileSync(join(rootOf(scenario), 'data/word'), 'utf8')).toBe('last\n')
      await eventually(() => expect(attached.stderr()).toContain('Read-only file system'))
      expect(await rightsToMount(names.session)).toEqual({ mayMount: false, hasFuse: false })
      expect(await rightsToMount(names.devContainer())).toEqual({ mayMount: false, hasFuse: false })
      expect(await rightsToMount(mounterOf(scenario))).toEqual({ mayMount: true, hasFuse: true })
      attached.signal('SIGTERM')
      await attached.ended
      expect(mountedIn(scenario)).toEqual([])
    })
  }),
)

interface Mishap {
  readonly mode: Mode
  readonly mishap: string
  readonly befall: (scenario: Scenario) => Promise<unknown>
}

const MISHAPS: readonly Mishap[] = [
  { mode: 'replace', mishap: 'docker kill of the mounter', befall: it => docker(['kill', mounterOf(it)]) },
  { mode: 'intercept', mishap: 'its pod is deleted', befall: deletePod },
  {
    mode: 'wiretap',
    mishap: 'docker rm -f of the mounter',
    befall: it => docker(['rm', '-f', mounterOf(it)]),
  },
  {
    mode: 'ingest',
    mishap: 'docker restart of the session',
    befall: it => docker(['restart', it.names.session]),
  },
  { mode: 'replace', mishap: 'its pod is deleted', befall: deletePod },
  { mode: 'wiretap', mishap: 'docker kill of the session', befall: it => docker(['kill', it.names.session]) },
  { mode: 'ingest', mishap: 'a rollout', befall: rollOut },
  { mode: 'intercept', mishap: 'a fall of the engine', befall: fallOfEngine },
]

test.concurrent.for(partOf(MISHAPS, 1))(
  '$mode: live volumes are there, and after $mishap they are back in the same dev container and on the host',
  ({ mode, befall }) =>
    within({ workloads: [] }, async scenario => {
      await onMount('--make-shared', scenario, async () => {
        const { person, attach, names, namespace, workspace } = scenario
        const port = mode === 'ingest' ? [] : ['--port', '8080:http']
        const options = [...PROJECT, ...port, '--mount', '--detach']
        const attached = await person.run(attach(mode, { options, command: ['bash', '-c', TELLS_CHANGES] }))
        expect(attached.exitCode, attached.stderr).toBe(0)
        await eventually(async () => expect(await docker(['logs', names.devContainer()])).toBe('first'))
        const { Id: devContainer } = await inspect(names.devContainer())
        const { Id: lost } = await inspect(mounterOf(scenario))
        await befall(scenario)
        await eventually(async () => expect((await inspect(mounterOf(scenario))).Id).not.toBe(lost))
        writeRemotely(namespace, 'last')
        await eventually(async () =>
          expect((await docker(['logs', devContainer])).split('\n').at(-1)).toBe('last'),
        )
        expect(readFileSync(join(rootOf(scenario), 'data/word'), 'utf8')).toBe('last\n')
        await person.run(['kde-tp', 'detach', namespace, 'api', '--workspace', workspace.path])
        expect(mountedIn(scenario)).toEqual([])
      })
    })(),
)

/** All containers end at once, and the engine starts the keeper again. */
async function fallOfEngine(scenario: Scenario): Promise<void> {
  const { keeper, session, holder, devContainer } = scenario.names
  await docker(['kill', keeper, mounterOf(scenario), devContainer(), session, holder])
  await docker(['start', keeper])
}

const TELLS_CHANGES = `while sleep 0.2; do
  word=$(cat "$TELEPRESENCE_ROOT/data/word" 2>/dev/null) && [ "$word" != "$told" ] && echo "$word" && told=$word
done`

async function deletePod({ namespace }: Scenario): Promise<void> {
  await kubectl(['--namespace', namespace, 'delete', 'pod', '--selector', 'app=api', '--wait=false'])
}

async function rollOut({ namespace }: Scenario): Promise<void> {
  await kubectl(['--namespace', namespace, 'rollout', 'restart', 'deployment/api'])
}

interface Death {
  readonly what: string
  readonly befall: (scenario: Scenario) => Promise<unknown>
  /** The command goes on, until it is asked to end. */
  readonly isOutlived: boolean
}

const DEATHS: readonly Death[] = [
  { what: 'the session is killed', befall: it => docker(['kill', it.names.session]), isOutlived: true },
  { what: 'the mounter is killed', befall: it => docker(['kill', mounterOf(it)]), isOutlived: true },
  {
    what: 'mounter and dev container are removed',
    befall: it => docker(['rm', '-f', mounterOf(it), it.names.devContainer()]),
    isOutlived: false,
  },
  {
    what: 'the keeper is removed too, and clear called',
    async befall({ names, person, workspace, ...it }) {
      await docker(['rm', '-f', names.keeper, mounterOf({ names, ...it }), names.devContainer()])
      const { exitCode, stderr } = await person.run(['kde-tp', 'clear', '--workspace', workspace.path])
      expect(exitCode, stderr).toBe(0)
    },
    isOutlived: false,
  },
]

test.concurrent.for(partOf(DEATHS, 1))(
  'when $what, nothing stays mounted on the host',
  ({ befall, isOutlived }) =>
    within({ workloads: [] }, async scenario => {
      await onMount('--make-shared', scenario, async () => {
        const { person, attach } = scenario
        const command = ['bash', '-c', 'cat "$TELEPRESENCE_ROOT/data/word"; exec sleep 120']
        const attached = person.start(attach('ingest', { options: [...PROJECT, '--mount=live'], command }))
        await eventually(() => expect(attached.stdout()).toBe('first\n'))
        expect(mountedIn(scenario)).toEqual([rootOf(scenario)])
        await befall(scenario)
        if (isOutlived) attached.signal('SIGTERM')
        await attached.ended
        await eventually(() => expect(mountedIn(scenario)).toEqual([]))
      })
    })(),
)

test.concurrent(
  'where the host would not see what a container mounts, live volumes are refused, and a copy is named',
  within({}, async scenario => {
    await onMount('--make-private', scenario, async () => {
      const words = scenario.attach('ingest', { options: [...PROJECT, '--mount'], command: ['true'] })
      expect(await refusalOf(scenario, words)).toMatchObject({
        code: 'ENGINE_UNSUPPORTED',
        exitCode: 4,
        message: expect.stringContaining(`${scenario.workspace.path} is a private mount of this computer.`),
        hint: expect.stringContaining('--mount=copy'),
        left: 'Nothing was changed.',
      })
    })
  }),
)

const PROJECT = ['--project', 'web', '--also-proxy', '']

const rootOf = ({ workspace, namespace }: Scenario): string =>
  join(workspace.environmentPath, '.telepresence/mounts/remote', namespace, 'api')

const mounterOf = ({ names, namespace }: Pick<Scenario, 'names' | 'namespace'>): string =>
  `${names.composeProject}-mount-${namespace}-api`

/** The workspace on a mount of its own, as this computer's root directory may be private or shared; and `api` with a volume. */
async function onMount(kind: string, scenario: Scenario, body: () => Promise<void>): Promise<void> {
  const { path } = scenario.workspace
  execFileSync('mount', ['--bind', path, path])
  execFileSync('mount', [kind, path])
  writeRemotely(scenario.namespace, 'first')
  try {
    const source = { hostPath: { path: volumeOf(scenario.namespace) } }
    await startWorkload(scenario.namespace, { name: 'api', volumes: [{ path: '/data', source }] })
    await body()
  } finally {
    execFileSync('umount', ['--lazy', path])
    execFileSync('docker', ['exec', NODE, 'rm', '-rf', volumeOf(scenario.namespace)])
  }
}

const volumeOf = (namespace: string): string => `/var/tmp/${namespace}`

/** As another program of the cluster does. */
function writeRemotely(namespace: string, word: string): void {
  const script = 'mkdir -p "$1" && echo "$2" > "$1/word"'
  execFileSync('docker', ['exec', NODE, 'sh', '-c', script, 'sh', volumeOf(namespace), word])
}

/** What is mounted below a workspace on the host. */
const mountedIn = ({ workspace }: Scenario): readonly string[] =>
  readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map(line => line.split(' ')[4] ?? '')
    .filter(path => path.startsWith(`${workspace.path}/`))

async function rightsToMount(container: string): Promise<object> {
  const { CapAdd, Devices } = (await inspect(container)).HostConfig
  return {
    mayMount: CapAdd?.some(name => name.endsWith('SYS_ADMIN')) ?? false,
    hasFuse: Devices?.some(({ PathOnHost }) => PathOnHost === '/dev/fuse') ?? false,
  }
}
