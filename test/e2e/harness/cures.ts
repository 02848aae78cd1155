import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorCode } from '../../../session/errors.ts'
import { APP_IMAGE } from './app-image.ts'
import { kubectl } from './cluster.ts'
import {
  bindingOf,
  type Cure,
  type CuredElsewhere,
  change,
  DRY,
  named,
  ofAlone,
  ofKubeconfig,
  ofNetwork,
  ofOptions,
  ofRunning,
  ofWeb,
  planned,
  project,
  real,
  scale,
  settings,
  typed,
  type Uncured,
  unbuilt,
} from './cure.ts'
import { docker } from './engine.ts'
import { withExpiredToken, withoutCertificate } from './kubeconfig.ts'
import { theRun } from './run.ts'

export const cures: Readonly<Record<ErrorCode, Cure | CuredElsewhere | Uncured>> = {
  TOOL_FAILED: { because: 'each tool fails in its own way, and its own words say what to do' },
  SETUP_FAILED: {
    says: 'Move away or make writable what it names, and run it again.',
    provoke({ person }) {
      mkdirSync(join(person.home, '.docker/cli-plugins'), { recursive: true })
      writeFileSync(join(person.home, '.docker/cli-plugins/docker-kdetp'), 'somebody else’s')
      return { words: ['kde-tp', 'setup'] }
    },
    cure(_, __, said) {
      rmSync(named(said, /(\/\S*docker-kdetp)/g))
      return [{ words: ['kde-tp', 'setup', '--dry-run'] }]
    },
  },
  SESSION_FAILED: { because: 'a cluster that answers us and not the session is no case that we can make' },
  ATTACH_FAILED: {
    because: 'what Telepresence cannot take, and is not refused before, is no case that we can make',
  },
  MOUNT_FAILED: { because: 'an agent that serves volumes and then fails is no case that we can make' },
  NOT_ENDED: { because: 'the keeper that would not act would have to be one of another program' },
  CLEARED: { file: 'clear.test.ts', title: 'while a command takes the workload' },
  USAGE: {
    says: '`--help` shows them all.',
    provoke: scenario => planned(scenario, '--agent', 'daemon'),
    cure: (scenario, [help = '']) => [{ words: ['kde-tp', 'intercept', help] }, planned(scenario)],
  },
  COMMAND_UNKNOWN: {
    says: 'Take the one that is suggested',
    provoke: scenario => ({ words: ['kde-tp', 'intercpt', ...planned(scenario).words.slice(2)] }),
    cure: (scenario, _, said) => [
      { words: ['kde-tp', named(said, /"([a-z]+)"/g), ...planned(scenario).words.slice(2)] },
    ],
  },
  OPTION_UNKNOWN: ofOptions(
    'Take the one that is suggested',
    ['--imaeg', 'kde-tp-sandbox/dev:1'],
    (_, said) => [named(said, /(--[a-z]+)/g), 'kde-tp-sandbox/dev:1'],
  ),
  NAME_UNUSABLE: {
    says: 'small letters, digits and hyphens only',
    provoke: scenario => ({ words: scenario.intercept({ workload: 'API', options: [DRY] }) }),
    cure: scenario => [planned(scenario)],
  },
  CIDR_UNUSABLE: ofOptions('wants a network', ['--also-proxy', 'office'], ([option = '', cidr = '']) => [
    option,
    cidr,
  ]),
  PORT_UNUSABLE: ofOptions('a number from 1 to 65535', ['--port', '99999:http'], () => []),
  PORT_TWICE: ofOptions('Each port can be named once.', ['--port', '8080:https'], () => []),
  WORKSPACE_MISSING: ofOptions(
    'Go into one, or give',
    ['--workspace', '/'],
    ([option = ''], _, { workspace }) => [option, workspace.path],
  ),
  WORKSPACE_INVALID: {
    says: 'Repair the line that is named.',
    provoke(scenario) {
      change(project(scenario), text => `${text}A=$(id)\n`)
      return planned(scenario)
    },
    cure(scenario, _, said) {
      const line = Number(named(said, /project\.env:(\d+)/g))
      change(project(scenario), text =>
        text
          .split('\n')
          .toSpliced(line - 1, 1)
          .join('\n'),
      )
      return [planned(scenario)]
    },
  },
  IMAGE_UNNAMED: {
    says: 'into its',
    provoke(scenario) {
      change(project(scenario), text => text.replace(/DEVELOP_IMAGE=.*\n/, ''))
      return planned(scenario)
    },
    cure(scenario, [line = '', file = '', option = '']) {
      const image = 'kde-tp-sandbox/dev:1'
      const byOption = planned(scenario, option, image)
      change(join(project(scenario), '..', file), text => `${text}${line.replace('…', image)}\n`)
      return [byOption, planned(scenario)]
    },
  },
  ENVIRONMENT_UNKNOWN: ofOptions(
    'Take one of those that are named.',
    ['--environment', 'staging'],
    (_, said) => ['--environment', named(said, /(test-\w+)/g)],
  ),
  PROJECT_UNKNOWN: ofOptions('Take one of those that are named', ['--project', 'shop'], (_, said) => [
    '--project',
    named(said, /\b(web)\b/g),
  ]),
  KUBECONFIG_MISSING: ofKubeconfig('Start it with KDE-cli.', path => rmSync(path)),
  KUBECONFIG_DIRECTORY: ofKubeconfig('Name the file in it.', path => {
    rmSync(path)
    mkdirSync(path)
  }),
  KUBECONFIG_EMPTY: ofKubeconfig('Start the environment, or get a new one.', path => writeFileSync(path, '')),
  KUBECONFIG_NOT_YAML: ofKubeconfig('Get a new one', (path, good) =>
    writeFileSync(path, `${good}\nusers: [`),
  ),
  KUBECONFIG_INVALID: ofKubeconfig('Repair what is named.', (path, good) =>
    writeFileSync(path, good.replace(/current-context: .*/, 'current-context: gone')),
  ),
  CREDENTIAL_EXPIRED: ofKubeconfig('Log in again, and run the command again.', (path, good) =>
    writeFileSync(path, withExpiredToken(good)),
  ),
  FILE_UNREADABLE: {
    says: 'Make it yours to read.',
    provoke(scenario) {
      chmodSync(project(scenario), 0)
      return planned(scenario)
    },
    cure(scenario) {
      chmodSync(project(scenario), 0o644)
      return [planned(scenario)]
    },
  },
  FILE_UNWRITABLE: {
    says: 'Make it yours to write.',
    provoke(scenario) {
      chmodSync(scenario.workspace.environmentPath, 0o555)
      return real(scenario)
    },
    cure(scenario) {
      chmodSync(scenario.workspace.environmentPath, 0o755)
      return [real(scenario)]
    },
  },
  DISK_FULL: {
    says: 'Make room, and run the command again.',
    provoke(scenario) {
      const place = join(scenario.workspace.environmentPath, '.telepresence')
      mkdirSync(place, { recursive: true })
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0777', 'tmpfs', place])
      writeFileSync(join(place, 'filler'), Buffer.alloc(4_194_304))
      return real(scenario)
    },
    cure(scenario) {
      rmSync(join(scenario.workspace.environmentPath, '.telepresence/filler'))
      return [real(scenario)]
    },
  },
  VARIABLES_MISSING: {
    says: 'Attach the workload first.',
    async provoke(scenario) {
      await scenario.person.run(typed(scenario, 'kde-tp clear'))
      return { words: typed(scenario, 'kde-tp env NAMESPACE api') }
    },
    cure: scenario => [real(scenario), { words: typed(scenario, 'kde-tp env NAMESPACE api') }],
  },
  ENGINE_UNSUPPORTED: { because: 'there is no such engine here: see never-run.md' },
  TOOL_MISSING: {
    says: 'Install what is named.',
    provoke(scenario) {
      // One that is not on PATH is looked for elsewhere, where a computer may have it; one that cannot run ends the search.
      const directory = join(scenario.directory, 'broken')
      mkdirSync(directory)
      writeFileSync(join(directory, 'docker'), '#!/nowhere/sh\n', { mode: 0o755 })
      const path = [directory, `${theRun().directory}/bin`].join(':')
      return { words: ['env', `PATH=${path}`, ...planned(scenario).words] }
    },
    cure: scenario => [planned(scenario)],
  },
  TOOL_TOO_OLD: { because: 'the computer has one Compose, and the sandbox no older one' },
  IMAGE_MISSING: {
    says: 'Build it, load it, or log in to its registry.',
    provoke: scenario => planned(scenario, '--image', unbuilt(scenario)),
    async cure(scenario) {
      await docker(['tag', 'kde-tp-sandbox/dev:1', unbuilt(scenario)])
      return [planned(scenario, '--image', unbuilt(scenario))]
    },
  },
  PAGE_MISSING: { because: 'a program that was built without its page is none of ours to release' },
  NO_BASH: ofOptions('Take one that has', ['--image', APP_IMAGE], ([option = '']) => [
    option,
    'kde-tp-sandbox/dev:1',
  ]),
  NO_TUN_DEVICE: { because: 'a module of the kernel that all tests run on would have to be taken out' },
  TRAFFIC_MANAGER_MISSING: {
    says: 'if it is elsewhere, set',
    provoke(scenario) {
      change(settings(scenario), text => `${text}TELEPRESENCE_MANAGER_NAMESPACE=${scenario.namespace}\n`)
      return real(scenario)
    },
    cure(scenario, [, variable = '']) {
      change(settings(scenario), text => text.replace(/TELEPRESENCE_MANAGER.*/, `${variable}=ambassador`))
      return [planned(scenario)]
    },
  },
  TRAFFIC_MANAGER_TOO_OLD: { because: 'the sandbox has one traffic-manager, and all tests share it' },
  ENGINE_UNREACHABLE: {
    says: 'Start Docker.',
    provoke: scenario => ({ ...planned(scenario), env: { DOCKER_HOST: 'unix:///nowhere/docker.sock' } }),
    cure: scenario => [planned(scenario)],
  },
  WORKSPACE_ELSEWHERE: {
    file: 'remote-engine.test.ts',
    title:
      'a remote engine that lacks the workspace is refused before anything is made, and one that has it works',
  },
  CLUSTER_UNREACHABLE: ofKubeconfig('See [above](#connection-failed).', (path, good) =>
    writeFileSync(path, good.replace(/server: .*/, 'server: https://demo-control-plane:9')),
  ),
  CLUSTER_FORBIDDEN: {
    says: 'Ask an administrator for them.',
    async provoke(scenario) {
      const { namespace, workspace } = scenario
      const token = await kubectl(['--namespace', namespace, 'create', 'token', 'default'])
      change(workspace.kubeconfigPath, text => withoutCertificate(text, token))
      return planned(scenario)
    },
    async cure(scenario) {
      await kubectl(bindingOf(scenario))
      return [planned(scenario)]
    },
  },
  NAMESPACE_UNKNOWN: {
    says: 'Look at the spelling.',
    provoke: scenario => ({
      words: planned(scenario).words.map(word => (word === scenario.namespace ? `${word}x` : word)),
    }),
    cure: scenario => [planned(scenario)],
  },
  WORKLOAD_UNKNOWN: {
    says: 'shows those that there are',
    provoke: scenario => ({ words: scenario.intercept({ workload: 'website', options: [DRY] }) }),
    cure: (scenario, [list]) => [{ words: typed(scenario, list) }, planned(scenario)],
  },
  WORKLOAD_NOT_READY: {
    says: 'See [above](#workload-not-ready).',
    async provoke(scenario) {
      await scale(scenario, 0)
      return { words: scenario.intercept({ workload: 'worker', options: [DRY] }) }
    },
    async cure(scenario) {
      await scale(scenario, 1)
      return [{ words: scenario.intercept({ workload: 'worker', options: [DRY] }) }]
    },
  },
  PORT_UNKNOWN: {
    says: 'Take one of those that are named.',
    provoke: scenario => ({ words: scenario.intercept({ port: '8080:metrics', options: [DRY] }) }),
    cure: (scenario, _, said) => [
      { words: scenario.intercept({ port: `8080:${named(said, /\b(http)\b/g)}`, options: [DRY] }) },
    ],
  },
  SERVICE_MISSING: {
    says: 'or annotate them with',
    provoke: scenario => ({ words: ofAlone(scenario) }),
    async cure(scenario, [annotation = '']) {
      const template = { template: { metadata: { annotations: { [annotation]: '8080' } } } }
      const patch = ['patch', 'deployment', 'alone', '--patch', JSON.stringify({ spec: template })]
      await kubectl(['--namespace', scenario.namespace, ...patch])
      await kubectl(['--namespace', scenario.namespace, 'rollout', 'status', 'deployment', 'alone'])
      return [{ words: ofAlone(scenario) }]
    },
  },
  CONTAINER_UNKNOWN: ofOptions('Take one of those that are named.', ['--container', 'side'], (_, said) => [
    '--container',
    named(said, /\b(api)\b/g),
  ]),
  UDP_UNSUPPORTED: {
    says: 'with its UDP port',
    provoke: scenario => ({
      words: scenario.attach('wiretap', { workload: 'mixed', options: [...ofWeb, '--port', '3001:http'] }),
    }),
    cure: (scenario, [words = '']) => [
      {
        words: typed(
          scenario,
          `kde-tp ${words.replace(' ', ' NAMESPACE mixed ')}`,
          ...ofWeb,
          ...['--port', '3001:datagram'],
        ),
      },
    ],
  },
  NOT_ATTACHED: ofRunning(
    'shows what is',
    scenario => typed(scenario, 'kde-tp detach NAMESPACE worker'),
    (scenario, [status = '']) => [
      status.split(' ').slice(1),
      [...typed(scenario, 'kde-tp exec NAMESPACE api'), '--', 'true'],
    ],
  ),
  REVOKE_FORBIDDEN: {
    file: 'taken.test.ts',
    title: 'who may not revoke is told what an administrator does, and takes it once that is done',
  },
  INTERCEPT_TAKEN: {
    file: 'failures.test.ts',
    title: 'a workload that somebody else holds is not taken from them',
  },
  PORT_TAKEN: ofRunning(
    'See [above](#address-already-in-use).',
    scenario => scenario.intercept({ workload: 'worker', project: 'jobs', options: [DRY] }),
    scenario => [
      scenario.intercept({ workload: 'worker', project: 'jobs', port: '9090:http', options: [DRY] }),
    ],
  ),
  ALREADY_ATTACHED: ofRunning(
    'Leave there first',
    scenario => scenario.intercept({ port: '9090:http', options: [DRY] }),
    (scenario, [detach = '']) => [
      typed(scenario, `${detach} NAMESPACE api`),
      scenario.intercept({ port: '9090:http', options: [DRY] }),
    ],
  ),
  PROJECT_IN_USE: ofRunning(
    'or take another project',
    scenario => scenario.intercept({ workload: 'worker', port: '9090:http', options: [DRY] }),
    scenario => [
      scenario.intercept({ workload: 'worker', project: 'jobs', port: '9090:http', options: [DRY] }),
    ],
  ),
  NOT_YOURS: {
    file: 'detach.test.ts',
    title: 'ends what a colleague on the same engine has attached only after a yes',
  },
  SESSION_DIFFERS: ofRunning(
    'to replace it',
    scenario => ofNetwork(scenario),
    (scenario, [yes = '']) => [ofNetwork(scenario, yes)],
  ),
  CANCELLED: { file: 'questions.test.ts', title: 'Ctrl-C at any question' },
}
