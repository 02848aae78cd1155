import type { Command, Edges } from '../../cli-plugin/command.ts'
import { parseCommandLine } from '../../cli-plugin/command-line.ts'
import { commands } from '../../cli-plugin/commands.ts'
import { type ErrorCode, KdeTpError } from '../../session/errors.ts'
import type { SessionEvent } from '../../session/events.ts'
import type { ClusterFacts, LookAnswer } from '../../session/facts.ts'
import type { NamespaceFacts } from '../../session/listing.ts'
import type { Mode } from '../../session/mode.ts'
import type { ObservedContainer } from '../../session/observed.ts'
import { publicationText } from '../../session/publication.ts'
import { type Answer, fakeDocker } from './docker.ts'
import { fakeEdges } from './edges.ts'
import { fakeFiles } from './files.ts'
import { type FakePrompts, fakePrompts, type Reply } from './prompts.ts'

export const KUBECONFIG = `
current-context: demo
contexts: [{name: demo, context: {cluster: demo, user: admin}}]
clusters: [{name: demo, cluster: {server: "https://demo-control-plane:6443", certificate-authority-data: Q0E=}}]
users: [{name: admin, user: {token: secret}}]
`

/** A workspace with two projects, on whose computer everything is as it should be. */
export const workspace: Readonly<Record<string, string>> = {
  '/w/kde.env': '',
  '/w/current.env': 'CUR_ENV=demo\n',
  '/w/environments/demo/k8s.env': 'ENV_TYPE=kind\nDOCKER_NETWORK=kind\n',
  '/w/environments/demo/.env': 'TELEPRESENCE_ALSO_PROXY_CIDR=\n',
  '/w/environments/demo/kubeconfig/config': KUBECONFIG,
  '/w/environments/demo/namespaces/jobs/project.env': 'DEVELOP_IMAGE=dev:1\n',
  '/w/environments/demo/namespaces/shop/project.env': 'DEVELOP_IMAGE=dev:1\n',
}

export const facts: ClusterFacts = {
  serverAddress: '172.18.0.2',
  namespaces: ['default', 'myapp'],
  namespaceExists: true,
  workloads: [
    {
      kind: 'Deployment',
      name: 'api',
      desired: 1,
      ready: 1,
      reason: '',
      containers: [
        {
          name: 'app',
          ports: [{ name: 'web', containerPort: 3000, protocol: 'TCP' }],
          declared: ['GREETING'],
          declaredIsWhole: true,
        },
      ],
      services: [{ name: 'api', ports: [{ name: 'http', port: 80, targetPort: 'web', protocol: 'TCP' }] }],
      annotatedPorts: [],
    },
  ],
  hasOnlyAgents: false,
  hasSidecar: false,
  manager: { found: 'yes', version: '2.31.2', hasNodeAgents: false },
  lackingRights: [],
  subnets: ['10.244.0.0/24'],
}

const image: Answer = { to: /^image inspect /, stdout: '["sha256:1234",["/entrypoint.sh"]]' }

export const engineWithCompose = (composeVersion: string): Answer => ({
  to: /^info /,
  stdout: JSON.stringify({
    version: '28.0.0',
    operatingSystem: 'Debian',
    osType: 'linux',
    securityOptions: ['name=seccomp'],
    composeVersion,
  }),
})

/** Where the engine is. */
export const endpoint: Answer = { to: /^context inspect /, stdout: 'unix:///var/run/docker.sock' }

const api = { kind: 'Deployment', name: 'api', desired: 1, ready: 1 } as const
const worker = { kind: 'StatefulSet', name: 'worker', desired: 2, ready: 1 } as const
const listing: NamespaceFacts = {
  namespaceExists: true,
  workloads: [
    { ...api, reasons: [], agent: 'none', isReplaced: false },
    { ...worker, reasons: [{ reason: 'ErrImagePull' }], agent: 'sidecar', isReplaced: false },
  ],
  refusals: [],
}

/** What a workload is chosen by where none is named. */
export const listed: Answer = {
  to: / look --listing /,
  stdout: JSON.stringify({ kind: 'facts', facts: listing }),
}

/** What docker says before anything is changed. */
export const beforeAnyChange = (
  containers: readonly ObservedContainer[] = [],
  seen = facts,
): readonly Answer[] => [
  engineWithCompose('2.40.3'),
  endpoint,
  image,
  { to: /^run --rm --network none .* --entrypoint bash dev:1 /, exitCode: 11 },
  { to: /^container ls --all /, stdout: containers.map(toListed).join('') },
  {
    to: /^(run|exec) .* look (?!.*--until-arrival)/,
    stdout: JSON.stringify({ kind: 'facts', facts: seen } satisfies LookAnswer),
  },
]

/** There is none, stopped or not. */
export const startingKeeper: readonly Answer[] = [
  { to: /^container rm --volumes kde-tp-demo-keeper$/, exitCode: 1 },
  { to: /^compose .* up .* keeper$/ },
]

/** What docker says while a call is carried out. */
export const carryingOut: readonly Answer[] = [
  ...startingKeeper,
  { to: /^exec -i kde-tp-demo-keeper lease /, stdout: 'granted\n' },
  { to: /^container inspect --format \{\{\.Id\}\} kde-tp-demo-net-myapp$/, exitCode: 1 },
  { to: /^volume rm kde-tp-demo-cache-myapp$/, exitCode: 1 },
  { to: /^compose .* up .* net-myapp session-myapp$/ },
  { to: /^exec kde-telepresence-session-demo-myapp session-state --wait$/ },
  {
    to: /^exec kde-telepresence-session-demo-myapp attach api intercept api /,
    stdout: '{"environment":{"GREETING":"hello","PATH":"/app/bin"}}',
  },
  { to: /^exec kde-telepresence-session-demo-myapp kde-tp look .* --until-arrival api( --replaced app)?$/ },
  { to: /^compose .* up .* dev-myapp-shop$/ },
]

/** What a session tells of its ingest or intercept of `api`, whose container has volumes. */
export const servingVolumes: Answer = {
  to: /^exec \S+ telepresence list /,
  stdout: JSON.stringify([
    {
      ingest_info: [
        {
          workload: 'api',
          ...{ pod_ip: '10.1.2.3', sftp_port: 9001, mount_point: '/exports/app', mounts: { '/etc/app': 0 } },
        },
      ],
    },
  ]),
}

export interface World {
  /** Default: intercept. */
  readonly mode?: Mode
  readonly answers: readonly Answer[]
  /** Beside the workspace's, or instead of them; undefined for one that is not there. */
  readonly files?: Readonly<Record<string, string | undefined>>
  /** With it there is a terminal. */
  readonly replies?: readonly Reply[]
  readonly environment?: Readonly<Record<string, string>>
  /** Where the command is called; default: in the workspace. */
  readonly directory?: string
  /** Else as ever. */
  readonly edges?: Partial<Edges>
}

export interface Outcome {
  readonly exitCode: number | undefined
  readonly refusal: ErrorCode | undefined
  readonly error: KdeTpError | undefined
  readonly calls: readonly string[]
  /** What Compose was given. */
  readonly inputs: readonly string[]
  /** What was said in leases. */
  readonly said: readonly unknown[]
  readonly events: readonly SessionEvent[]
  readonly files: Readonly<Record<string, string>>
  readonly offered: readonly (readonly string[])[]
  readonly hints: FakePrompts['hints']
  readonly refused: readonly string[]
}

/** Runs a mode's command in a world that holds just this. What it did not ask for is a failure too. */
export const interceptIn = async (world: World, ...words: readonly string[]): Promise<Outcome> =>
  commandIn(await modeOf(world), world, ...words)

const modeOf = async ({ mode = 'intercept' }: World): Promise<Command> =>
  (await commands[mode]?.()) as Command

/** The same for any command. */
export async function commandIn(
  command: Command,
  world: World,
  ...words: readonly string[]
): Promise<Outcome> {
  const { unused, ...outcome } = await commandInAny(command, world, ...words)
  if (unused.length === 0) return outcome
  throw new Error(`never asked for: ${unused.join(', ')}`, { cause: outcome.error })
}

/** The same in a world that may hold more. */
export const interceptInAny = async (world: World, ...words: readonly string[]): Promise<AnyOutcome> =>
  commandInAny(await modeOf(world), world, ...words)

type AnyOutcome = Outcome & { readonly unused: readonly string[] }

export async function commandInAny(
  command: Command,
  world: World,
  ...words: readonly string[]
): Promise<AnyOutcome> {
  const fake = fakeDocker(world.answers)
  const files = fakeFiles({ ...workspace, ...world.files })
  const prompts = fakePrompts(world.replies)
  const events: SessionEvent[] = []
  const terminal = { stdin: prompts.available, stdout: prompts.available }
  const { docker, engine, calls, inputs } = fake
  const emit = (event: SessionEvent) => void events.push(event)
  const { environment = {}, directory: workingDirectory = '/w' } = world
  const edges = fakeEdges({
    ...{ docker, engine, files, prompts, terminal, emit },
    ...{ environment, workingDirectory },
    ...world.edges,
  })

  const ended = await run(() => command.run(parseCommandLine(command, words), edges))
  const unused = [...fake.unused().map(String), ...prompts.unasked()]
  const said = fake.written.map(line => JSON.parse(line) as unknown)
  const { offered, hints, refused } = prompts
  return { ...ended, calls, inputs, said, events, files: files.all(), offered, hints, refused, unused }
}

async function run(command: () => Promise<number>): Promise<Pick<Outcome, 'exitCode' | 'refusal' | 'error'>> {
  try {
    return { exitCode: await command(), refusal: undefined, error: undefined }
  } catch (error) {
    if (!(error instanceof KdeTpError)) throw error
    return { exitCode: undefined, refusal: error.code, error }
  }
}

/** As `listContainers` reads it. */
export function toListed(container: ObservedContainer): string {
  const { id, name, state, composeProject, role, workspacePath, environment, namespace, project } = container
  const { life, attachment, alsoProxy, owner, network, devContainer, published, schema } = container
  const label = attachment === undefined ? '' : JSON.stringify(attachment)
  const fields = [
    id,
    name,
    state,
    composeProject,
    role,
    workspacePath,
    environment,
    namespace,
    project,
    life,
    label,
    alsoProxy.join(),
    owner,
    network,
    devContainer,
    published && publicationText(published),
    schema && String(schema),
  ]
  return `${JSON.stringify(fields.map(field => field ?? ''))}\n`
}
