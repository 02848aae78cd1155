import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { apply } from './cluster.ts'
import type { Scenario } from './scenario.ts'
import { startWorkload } from './workload.ts'
import { giveTo } from './workspace.ts'

/** Where a secret was put, by who may see it. */
export type Kind = 'pod' | 'kubeconfig' | 'project' | 'workspace' | 'typed variable' | 'header'

/** A random word, in a value that no quoting leaves as it is. */
export interface Canary {
  readonly kind: Kind
  readonly name: string
  readonly word: string
  readonly value: string
}

export interface Canaries {
  readonly all: readonly Canary[]
  /** For a call that attaches: variables of `--env`, and headers where it may have some. */
  options(withHeaders: boolean): readonly string[]
  /** From now on the credential program prints a token, and fails. */
  breakCredential(): void
  mendCredential(): void
}

/** Puts fifty secrets wherever a person has some. */
export async function plantCanaries(scenario: Scenario): Promise<Canaries> {
  const all = KINDS.flatMap(([kind, count]) => Array.from({ length: count }, (_, at) => canary(kind, at)))
  const of = (kind: Kind): readonly Canary[] => all.filter(each => each.kind === kind)
  await plantInPod(scenario, of('pod'))
  const credential = plantInKubeconfig(scenario, of('kubeconfig'))
  plantInProject(scenario, of('project'))
  plantInWorkspace(scenario, of('workspace'))
  const { workspace, person } = scenario
  giveTo(person.account, workspace.path)
  return {
    all,
    options: withHeaders => [
      ...of('typed variable').flatMap(({ name, value }) => ['--env', `${name}=${value}`]),
      ...(withHeaders ? of('header').flatMap(({ name, word }) => ['--header', `x-${name}=${word}`]) : []),
    ],
    ...credential,
  }
}

const KINDS: readonly (readonly [Kind, number])[] = [
  ['pod', 24],
  ['kubeconfig', 8],
  ['project', 10],
  ['workspace', 2],
  ['typed variable', 3],
  ['header', 3],
]

function canary(kind: Kind, at: number): Canary {
  const word = randomBytes(12).toString('hex')
  const name = `${kind.replace(' ', '_')}_${at}`
  return { kind, name, word, value: `it's "${word}"\\ $x` }
}

/** Written in the pod, in secrets and in a config map, as a whole and one by one. */
async function plantInPod({ namespace }: Scenario, canaries: readonly Canary[]): Promise<void> {
  const [plain, inSecret, inMap, single] = [0, 6, 12, 18].map(from => canaries.slice(from, from + 6))
  const data = (those: readonly Canary[] = []) =>
    Object.fromEntries(those.map(({ name, value }) => [name, value]))
  const object = (kind: string, name: string, rest: object) => ({
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace },
    ...rest,
  })
  await apply([
    object('Secret', 'whole', { stringData: data(inSecret) }),
    object('Secret', 'single', { stringData: data(single) }),
    object('ConfigMap', 'whole', { data: data(inMap) }),
  ])
  const written = (plain ?? []).map(({ name, value }) => ({ name, value }))
  const referred = (single ?? []).map(({ name }) => ({
    name,
    valueFrom: { secretKeyRef: { name: 'single', key: name } },
  }))
  await startWorkload(namespace, {
    name: 'api',
    env: [...written, ...referred],
    envFrom: [{ secretRef: { name: 'whole' } }, { configMapRef: { name: 'whole' } }],
  })
}

interface Kubeconfig {
  readonly users: readonly { readonly name: string; readonly user: Readonly<Record<string, string>> }[]
}

/** The administrator's certificate comes of a credential program; beside it lie users of other clusters. */
function plantInKubeconfig(
  { workspace, directory, person }: Scenario,
  canaries: readonly Canary[],
): Pick<Canaries, 'breakCredential' | 'mendCredential'> {
  const [token, key, inProgram, ...others] = canaries.map(({ word }) => word)
  const kubeconfig = parse(readFileSync(workspace.kubeconfigPath, 'utf8')) as Kubeconfig
  const user = kubeconfig.users[0]?.user ?? {}
  const pem = (data = ''): string => Buffer.from(data, 'base64').toString('utf8')
  const status = {
    token,
    clientCertificateData: pem(user['client-certificate-data']),
    // What stands before a key in PEM is not read.
    clientKeyData: `${key}\n${pem(user['client-key-data'])}`,
  }
  const answer = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status }
  const program = join(directory, 'credential-program')
  const write = (lines: readonly string[]): void => {
    writeFileSync(program, `#!/bin/sh\n${lines.join('\n')}\n`, { mode: 0o755 })
    giveTo(person.account, directory)
  }
  const mendCredential = () => write(["cat << 'ANSWER'", JSON.stringify(answer), 'ANSWER'])
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: program,
    env: [{ name: 'PASSWORD', value: inProgram }],
    interactiveMode: 'Never',
  }
  const [otherToken, otherKey, password, refresh, secret] = others
  const users = [
    ...kubeconfig.users.map(entry => ({ ...entry, user: { exec } })),
    { name: 'by-token', user: { token: otherToken } },
    { name: 'by-key', user: { 'client-key-data': Buffer.from(otherKey ?? '').toString('base64') } },
    { name: 'by-password', user: { username: 'ada', password } },
    {
      name: 'by-oidc',
      user: { 'auth-provider': { name: 'oidc', config: { 'refresh-token': refresh, secret } } },
    },
  ]
  writeFileSync(workspace.kubeconfigPath, stringify({ ...kubeconfig, users }))
  mendCredential()
  return { mendCredential, breakCredential: () => write([`echo '{"token": "${token}"'`, 'exit 0']) }
}

/** As bash reads it: in single quotes, with one in between. */
const assignment = ({ name, value }: Canary): string => `${name}='${value.replaceAll("'", "'\\''")}'\n`

/** Half of them in the file that is in version control. */
function plantInProject({ workspace }: Scenario, canaries: readonly Canary[]): void {
  const project = join(workspace.environmentPath, 'namespaces/web')
  const half = canaries.length / 2
  append(join(project, 'project.env'), canaries.slice(0, half))
  append(join(project, '.env'), canaries.slice(half))
}

/** In files of KDE-cli's that hold nothing for a dev container. */
function plantInWorkspace({ workspace }: Scenario, [first, second]: readonly Canary[]): void {
  if (first !== undefined) append(join(workspace.path, 'kde.env'), [first])
  if (second !== undefined) append(join(workspace.environmentPath, '.env'), [second])
}

const append = (path: string, canaries: readonly Canary[]): void =>
  writeFileSync(path, readFileSync(path, 'utf8') + canaries.map(assignment).join(''))
