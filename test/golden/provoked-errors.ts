import { vi } from 'vitest'
import type { Command } from '../../cli-plugin/command.ts'
import { parseCommandLine } from '../../cli-plugin/command-line.ts'
import { clear } from '../../cli-plugin/commands/clear.ts'
import { detach } from '../../cli-plugin/commands/detach.ts'
import { env } from '../../cli-plugin/commands/env.ts'
import { exec } from '../../cli-plugin/commands/exec.ts'
import { intercept } from '../../cli-plugin/commands/intercept.ts'
import { setup } from '../../cli-plugin/commands/setup.ts'
import { use } from '../../cli-plugin/commands/use.ts'
import { unknownCommand } from '../../cli-plugin/commands.ts'
import { createDocker } from '../../cli-plugin/edges/docker.ts'
import { toFileError } from '../../cli-plugin/edges/file-errors.ts'
import { prompts } from '../../cli-plugin/edges/prompts.ts'
import { required } from '../../cli-plugin/required.ts'
import { t } from '../../language/t.ts'
import type { ClusterFacts, LookAnswer } from '../../session/facts.ts'
import type { ObservedContainer } from '../../session/observed.ts'
import { devContainer, holder, interceptOfApi, keeper, publisher, session } from '../fakes/containers.ts'
import { type Answer, fakeDocker } from '../fakes/docker.ts'
import { fakeEdges } from '../fakes/edges.ts'
import { fakeFiles } from '../fakes/files.ts'
import {
  beforeAnyChange,
  carryingOut,
  engineWithCompose,
  facts,
  interceptInAny,
  KUBECONFIG,
  listed,
  servingVolumes,
  workspace,
} from '../fakes/intercept-in-fake-world.ts'
import { fakePrompts, type Reply } from '../fakes/prompts.ts'
import { namespaceErrors } from './provoked-namespace-errors.ts'
import { setupErrors } from './provoked-setup-errors.ts'
import { uiErrors } from './provoked-ui-errors.ts'

/** Does what ends with an error of ours. */
export type Provocation = () => unknown

const call = ['myapp', 'api', '--project', 'shop', '-p', '8080:http', '--also-proxy', '']

interface Trouble {
  /** Docker's answers instead of the usual ones to the same calls. */
  readonly docker?: readonly Answer[]
  readonly facts?: Partial<ClusterFacts>
  readonly containers?: readonly ObservedContainer[]
  /** Texts of files; undefined for one that is not there. */
  readonly files?: Readonly<Record<string, string | undefined>>
  readonly words?: readonly string[]
  readonly hasTerminal?: true
  readonly directory?: string
}

/** A call of `intercept` that is right but for its trouble. */
const troubled =
  (trouble: Trouble): Provocation =>
  async () => {
    const seen = { ...facts, ...trouble.facts }
    const answers = [...(trouble.docker ?? []), ...beforeAnyChange(trouble.containers, seen), ...carryingOut]
    const { files = {}, words = call, directory = '/w' } = trouble
    const world = { answers, files, directory, ...(trouble.hasTerminal && { replies: [] }) }
    const { error } = await interceptInAny(world, ...words)
    if (error !== undefined) throw error
  }

const running = [keeper, holder, session]
const look = (answer: LookAnswer): Answer => ({ to: / look /, stdout: JSON.stringify(answer) })
const server = 'https://demo-control-plane:6443'
const THEIRS = 'conflict with intercept 1a2b:api on port 80 created by client "bob@desk": it has no filters'
const failing = (to: RegExp, error: string): Answer => ({
  to,
  stdout: JSON.stringify({ error }),
  exitCode: 1,
})
const revoke = (error: string): Answer => failing(/ telepresence revoke 1a2b:api /, error)
const attach = (error: string): Answer => failing(/ intercept api /, error)
const [api] = facts.workloads
const kubeconfig = (text: string | undefined) => ({ '/w/environments/demo/kubeconfig/config': text })
const withCredentialOf = (script: string) =>
  kubeconfig(`
current-context: demo
contexts: [{name: demo, context: {cluster: demo, user: me}}]
clusters: [{name: demo, cluster: {server: "${server}"}}]
users: [{name: me, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, args: [-c, "${script}"]}}}]
`)

const engineOf = (differing: object): Answer => {
  const usual = engineWithCompose('2.40.3')
  return { ...usual, stdout: JSON.stringify({ ...JSON.parse(usual.stdout ?? ''), ...differing }) }
}
const DENIED =
  'Error response from daemon: enhanced container isolation: docker socket mount denied for container with image'

const withoutProjects = Object.fromEntries(
  ['jobs', 'shop'].map(name => [`/w/environments/demo/namespaces/${name}/project.env`, undefined]),
)

const noContainerOfItsName: Answer = { to: /^container ls --no-trunc --filter name=/ }
const inStandalone = ['myapp', 'api', '-p', '8080:http']
const usual = (text: string) => ({ '/home/ada/.kube/config': text })
const standalone = (trouble: Trouble) =>
  troubled({
    directory: '/src/shop',
    words: inStandalone,
    docker: [noContainerOfItsName],
    ...trouble,
  })

const fileError =
  (code: string, doing: 'read' | 'write'): Provocation =>
  () => {
    throw toFileError(Object.assign(new Error(code), { code }), '/w/environments/demo/.env', doing)
  }

const workspaceErrors: readonly Provocation[] = [
  troubled({ words: [...call, '--workspace', '/elsewhere'] }),
  troubled({ words: [...call, '--workspace', '/w/environments'] }),
  standalone({}),
  standalone({ directory: '/' }),
  standalone({ files: usual('contexts: []') }),
  standalone({ files: usual('contexts: []'), words: [...inStandalone, '--environment', 'demo'] }),
  standalone({ files: usual(KUBECONFIG), words: call }),
  standalone({ files: usual(KUBECONFIG) }),
  troubled({ words: [...call, '--environment', 'staging'] }),
  troubled({ files: { '/w/current.env': '' } }),
  troubled({ files: { '/w/environments/demo/.env': 'A=$(id)' } }),
  troubled({ words: [...call, '--project', 'website'] }),
  troubled({
    files: withoutProjects,
    words: call.filter(word => !/project|shop/.test(word)),
    hasTerminal: true,
  }),
  troubled({ files: { '/w/environments/demo/namespaces/shop/project.env': '' } }),
  troubled({ files: kubeconfig(undefined) }),
  troubled({ files: kubeconfig('') }),
  troubled({ files: { ...kubeconfig(undefined), '/w/environments/demo/kubeconfig/config/file': '' } }),
  troubled({ files: kubeconfig('users: [') }),
  troubled({ files: kubeconfig(KUBECONFIG.replace('secret', `x.${btoa('{"exp":-60}')}.x`)) }),
  troubled({
    files: withCredentialOf(`echo '{\\"status\\":{\\"expirationTimestamp\\":\\"1969-12-31T23:00:00Z\\"}}'`),
  }),
  fileError('EACCES', 'read'),
  fileError('EROFS', 'write'),
  fileError('ENOSPC', 'write'),
  troubled({ files: kubeconfig('current-context: nothing') }),
  troubled({ files: withCredentialOf('echo log in first >&2; exit 1') }),
  troubled({ files: withCredentialOf('echo no JSON') }),
]

const engineErrors: readonly Provocation[] = [
  // As the manual of Docker's API has it; never seen.
  troubled({ docker: [engineOf({ osType: 'windows' })] }),
  // As an engine 20.10 answered that was started with --userns-remap=default.
  troubled({ docker: [engineOf({ securityOptions: ['name=seccomp,profile=default', 'name=userns'] })] }),
  // As Docker's manual of Enhanced Container Isolation quotes it; never seen.
  troubled({ docker: [{ to: / keeper$/, exitCode: 1, stderr: DENIED }] }),
  troubled({ docker: [engineWithCompose('')] }),
  troubled({ docker: [engineWithCompose('2.20.0')] }),
  troubled({ containers: [keeper, { ...holder, schema: 2 }] }),
  troubled({ docker: [{ to: /^image /, exitCode: 1, stderr: 'pull access denied' }] }),
  troubled({ docker: [{ to: /--entrypoint bash/, exitCode: 127 }] }),
  troubled({
    docker: [{ to: / look /, exitCode: 125, stderr: 'error gathering device information: /dev/net/tun' }],
  }),
  troubled({ docker: [{ to: / look /, exitCode: 125, stderr: 'bind source path does not exist: /w' }] }),
  troubled({ docker: [{ to: / look /, exitCode: 125, stderr: 'network kind not found' }] }),
  troubled({ docker: [{ to: / look /, exitCode: 1, stderr: 'segmentation fault' }] }),
  troubled({ docker: [{ to: / lease / }, { to: /^container logs /, stdout: 'it crashed' }] }),
]

const dns = { name: 'dns', ports: [{ name: 'dns', port: 53, targetPort: 53, protocol: 'UDP' }] }

const clusterErrors: readonly Provocation[] = [
  troubled({ docker: [look({ kind: 'unreachable', server, reason: 'connect ECONNREFUSED' })] }),
  troubled({ docker: [look({ kind: 'unauthorized', server, reason: 'Unauthorized' })] }),
  troubled({ facts: { namespaceExists: false } }),
  troubled({ facts: { lackingRights: ['create pods/portforward in namespace ambassador'] } }),
  troubled({ facts: { manager: { found: 'no' } } }),
  troubled({ facts: { manager: { found: 'yes', version: '2.20.3', hasNodeAgents: false } } }),
  troubled({
    facts: { manager: { found: 'no' } },
    words: [...call, '--install-traffic-manager'],
    docker: [{ to: / helm install /, exitCode: 1, stderr: 'forbidden' }],
  }),
  troubled({ words: call.map(word => (word === 'api' ? 'website' : word)) }),
  troubled({
    facts: { workloads: [] },
    docker: [{ to: / --listing /, stdout: '{"kind":"facts","facts":{"workloads":[],"refusals":[]}}' }],
    words: ['myapp'],
    hasTerminal: true,
  }),
  troubled({ facts: { workloads: api === undefined ? [] : [{ ...api, ready: 0, reason: 'no image' }] } }),
  troubled({ words: [...call.slice(0, 4), '-p', '8080:metrics'] }),
  troubled({ facts: { workloads: api === undefined ? [] : [{ ...api, services: [] }] } }),
  troubled({ words: [...call, '--container', 'web'] }),
  troubled({ facts: { workloads: api === undefined ? [] : [{ ...api, services: [...api.services, dns] }] } }),
]

const jobs: ObservedContainer = { ...devContainer, project: 'jobs', name: 'kde-tp-demo-dev-myapp-jobs' }
const worker = { ...interceptOfApi, workload: 'worker' }

const refusals: readonly Provocation[] = [
  troubled({ containers: [...running, { ...jobs, attachment: worker }] }),
  troubled({ containers: [...running, jobs] }),
  troubled({
    containers: [...running, { ...publisher, devContainer: jobs.name }],
    words: [...call, '--publish', '8080:3000'],
  }),
  troubled({
    docker: [
      { to: /^compose .* up .* publish-/, exitCode: 1, stderr: 'port is already allocated' },
      { to: /^(container|volume) rm / },
    ],
    words: [...call, '--publish', '8080:3000'],
  }),
  troubled({ containers: [...running, { ...devContainer, attachment: worker }] }),
  troubled({ containers: running, words: [...call.slice(0, -1), '10.0.0.0/8'] }),
  troubled({ docker: [attach('conflict with intercept created by client "bob-desk"')] }),
  troubled({ docker: [attach(THEIRS)], words: [...call, '--take-over'] }),
  ...['configmaps "traffic-manager" is forbidden', 'timeout'].map(error =>
    troubled({ docker: [attach(THEIRS), revoke(error)], words: [...call, '--take-over', '--yes'] }),
  ),
  troubled({ docker: [attach('found no interceptable port matching http')] }),
  troubled({ docker: [attach('timeout')] }),
  troubled({
    containers: [...running, { ...devContainer, attachment: { ...interceptOfApi, headers: ['x-user'] } }],
    words: [...call, '--header', 'x-user=ada'],
    docker: [{ to: / telepresence list /, stdout: '[]' }],
  }),
  troubled({
    docker: [{ to: / intercept api /, stderr: 'not connected (failed: no route to host)', exitCode: 1 }],
  }),
  troubled({
    docker: [
      { to: /session-state --wait$/, exitCode: 1 },
      { to: /^container logs /, stdout: 'no route to host' },
    ],
  }),
  troubled({
    files: { '/w/environments/demo/k8s.env': 'ENV_TYPE=k8s\n' },
    docker: [
      noContainerOfItsName,
      { to: /^network inspect .*Id/, exitCode: 1 },
      { to: /^network (ls|inspect)/, stdout: '10.0.0.0/8\n192.168.0.0/16\n172.16.0.0/12\n' },
    ],
  }),
]

const typed = (...words: readonly string[]) => troubled({ words })

const CALLED = { calledAs: 'docker kde-tp' }

const usageErrors: readonly Provocation[] = [
  () => parseCommandLine(intercept, ['--nothing']),
  () => parseCommandLine(intercept, ['--porject']),
  async () => {
    throw await unknownCommand('intercpt', CALLED)
  },
  async () => {
    throw await unknownCommand('kubectl', CALLED)
  },
  typed('MyApp'),
  typed('myapp', 'API'),
  typed('my_app'),
  () => parseCommandLine(intercept, ['--project']),
  () => parseCommandLine(intercept, ['a', 'b', 'c']),
  () => parseCommandLine(setup, ['a']),
  () => required(undefined, 'namespace'),
  typed(),
  troubled({ docker: [listed], words: ['myapp'] }),
  typed('myapp', 'api'),
  typed('myapp', 'api', '-p', '8080:http'),
  typed('--port', '8080'),
  typed('--port', '99999:http'),
  typed('--port', '1:a', '--port', '1:b'),
  typed('--port', '1:a', '--port', '2:a'),
  typed('--agent', 'nodes'),
  typed('--env', '1A=x'),
  typed('--header', 'x-user'),
  typed('--path-prefix', 'a'),
  typed('--to-pod', 'http'),
  typed('--mount=often'),
  typed('--mount=copy', '--agent', 'node'),
  troubled({
    docker: [servingVolumes, { to: / copy-volumes /, exitCode: 1, stderr: 'max-retries exceeded' }],
    words: [...call, '--mount=copy'],
  }),
  troubled({
    files: { '/proc/self/mountinfo': '25 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw' },
    docker: [
      servingVolumes,
      { to: /^container rm .* kde-tp-demo-mount-myapp-api$/ },
      { to: /^compose .* up .* mount-myapp-api$/ },
      { to: /^exec kde-tp-demo-mount-myapp-api /, exitCode: 137 },
      { to: /^container logs .* kde-tp-demo-mount-myapp-api$/, stdout: 'read: Connection reset by peer' },
    ],
    words: [...call, '--mount'],
  }),
  troubled({
    files: { '/proc/self/mountinfo': '25 1 8:1 / / rw - ext4 /dev/sda1 rw' },
    words: [...call, '--mount'],
  }),
  typed('--also-proxy', 'office'),
  typed('--format', 'json'),
  typed('--'),
]

/** Another command than `intercept`, where docker says what is given. */
const called = (
  command: Command,
  words: readonly string[],
  answers: readonly Answer[],
  replies?: readonly Reply[],
): Provocation => {
  const { docker, engine } = fakeDocker([...answers, ...carryingOut])
  const edges = fakeEdges({ docker, engine, files: fakeFiles(workspace), prompts: fakePrompts(replies) })
  return () => command.run(parseCommandLine(command, words), edges)
}

const bobs: ObservedContainer = { ...devContainer, owner: 'bob@desk' }
const there = [...running, devContainer]
const detachCommand = detach as Command
/** A session that another project keeps. */
const paused = [
  ...there.map(container => (container.role === 'session' ? { ...container, state: 'paused' } : container)),
  { ...devContainer, name: 'kde-tp-demo-dev-myapp-jobs', project: 'jobs' },
]

const owned: readonly Answer[] = [
  {
    to: /^container ls --all --filter label=kde-tp.schema /,
    stdout: '["kde-tp-demo-keeper","/w","demo","ada@laptop"]\n',
  },
  { to: /^(network|volume) ls / },
]

const endings: readonly Provocation[] = [
  called(
    exec as Command,
    ['myapp', 'api'],
    [...beforeAnyChange(there), { to: /^container inspect /, stdout: '[false,"sha256:1","/"]' }],
  ),
  called(exec as Command, [], beforeAnyChange([])),
  called(exec as Command, ['--format', 'json'], []),
  called(exec as Command, ['--'], []),
  called(use as Command, ['staging'], []),
  called(use as Command, [], []),
  called(use as Command, ['--workspace', '/home/ada'], []),
  called(clear as Command, ['--environment', 'staging'], owned),
  called(env as Command, [], []),
  called(env as Command, ['myapp', 'api'], []),
  called(detachCommand, ['myapp', 'web'], beforeAnyChange(there)),
  called(detachCommand, [], beforeAnyChange(there)),
  called(detachCommand, ['myapp'], beforeAnyChange(there)),
  called(detachCommand, ['myapp', 'api'], beforeAnyChange([...running, bobs])),
  called(detachCommand, ['myapp', 'api'], beforeAnyChange([...running, bobs]), [
    [t`${t`${'bob@desk'} has attached "${'api'}" for project "${'shop'}".`} End it all the same?`, false],
  ]),
  called(detachCommand, ['myapp', 'api'], beforeAnyChange(there)),
  called(detachCommand, ['myapp', 'api'], beforeAnyChange(paused)),
  called(
    detachCommand,
    ['myapp', 'api'],
    [{ to: / lease / }, { to: /^container (rm|logs) / }, ...beforeAnyChange(there)],
  ),
  called(clear as Command, [], [...owned, { to: /^container rm / }, ...beforeAnyChange(there)]),
  troubled({
    docker: [
      { to: / lease /, stdout: 'granted\n', exitCode: 3, endsAtOnce: true },
      { to: /^container inspect /, exitCode: 1 },
    ],
  }),
]

const sh = (script: string, timeoutSeconds = 10, cancel?: AbortSignal): Provocation => {
  const docker = createDocker({ program: 'sh', dockerOptions: ['-c', script] }, cancel)
  return () => docker({ args: ['compose', 'up'], timeoutSeconds, parse: () => undefined })
}

async function leftAtAQuestion(): Promise<void> {
  const screen = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const asked = prompts(true).confirm('Go on?')
  process.stdin.emit('keypress', '\x03', { name: 'c', ctrl: true })
  await asked.finally(() => screen.mockRestore())
}

const toolErrors: readonly Provocation[] = [
  () =>
    createDocker({ program: 'docker-of-nobody', dockerOptions: [] })({ args: [], parse: () => undefined }),
  sh('echo "Cannot connect to the Docker daemon at unix:///var/run/docker.sock." >&2; exit 1'),
  sh('echo "permission denied while trying to connect to the Docker daemon socket" >&2; exit 1'),
  sh('echo "no space left on device" >&2; exit 1'),
  sh('exec sleep 10', 0.2),
  sh('kill -9 $$'),
  sh('exec sleep 10', 10, AbortSignal.abort('SIGINT')),
  leftAtAQuestion,
]

export const provocations: readonly Provocation[] = [
  ...[...toolErrors, ...usageErrors, ...workspaceErrors],
  ...[...engineErrors, ...clusterErrors, ...namespaceErrors],
  ...[...refusals, ...endings, ...setupErrors, ...uiErrors],
]
