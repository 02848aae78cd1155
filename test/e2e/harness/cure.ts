import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { kubectl, readyReplicas } from './cluster.ts'
import { namesOf } from './engine.ts'
import { eventually } from './eventually.ts'
import type { Scenario } from './scenario.ts'

/** A call, and what differs from the usual where it is made. */
export interface Call {
  readonly words: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** What stands between backticks in the code's row of the page on troubleshooting, in its order. */
export type Spans = readonly string[]

/** A code that is provoked, then cured by doing what the page says. */
export interface Cure {
  /** What the page says is to be done, word for word. */
  readonly says: string
  /** Makes the trouble. The call fails. */
  provoke(scenario: Scenario): Call | Promise<Call>
  /** Does what the page says. The calls work. */
  cure(scenario: Scenario, spans: Spans, said: string): readonly Call[] | Promise<readonly Call[]>
}

/** A code whose cure another test follows: its file, and words of its title. */
export interface CuredElsewhere {
  readonly file: string
  readonly title: string
}

/** A code that no test cures, and why. */
export interface Uncured {
  readonly because: string
}

/** The workloads that the cures are about. */
export const wish = {
  projects: ['jobs', 'web'],
  workloads: [
    { name: 'api' },
    { name: 'worker' },
    { name: 'alone', annotatedPorts: '' },
    {
      name: 'mixed',
      ports: [
        { name: 'http', port: 80, containerPort: 8080 },
        { name: 'datagram', port: 81, containerPort: 8081, protocol: 'UDP' },
      ],
    },
  ],
} as const

export const DRY = '--dry-run'
export const planned = (scenario: Scenario, ...options: readonly string[]): Call => ({
  words: scenario.intercept({ options: [DRY, ...options] }),
})
export const real = (scenario: Scenario): Call => ({ words: scenario.intercept({ command: ['true'] }) })
export const project = ({ workspace }: Scenario): string =>
  join(workspace.environmentPath, 'namespaces/web/project.env')
export const change = (path: string, how: (text: string) => string): void =>
  writeFileSync(path, how(readFileSync(path, 'utf8')))

/** The last word of that shape in what was said. */
export const named = (said: string, shape: RegExp): string =>
  [...said.matchAll(shape)].at(-1)?.[1] ?? 'nothing was named'

/** A kubeconfig that is no good; the good one stands for what KDE-cli, a login or a repair gives. */
export function ofKubeconfig(says: string, spoil: (path: string, good: string) => void): Cure {
  let good = ''
  return {
    says,
    provoke(scenario) {
      const { kubeconfigPath } = scenario.workspace
      good = readFileSync(kubeconfigPath, 'utf8')
      spoil(kubeconfigPath, good)
      return planned(scenario)
    },
    cure(scenario) {
      const { kubeconfigPath } = scenario.workspace
      rmSync(kubeconfigPath, { recursive: true, force: true })
      writeFileSync(kubeconfigPath, good, { mode: 0o644 })
      return [planned(scenario)]
    },
  }
}

/** A right call but for one option, and the call that the page makes of it. */
export const ofOptions = (
  says: string,
  options: readonly string[],
  cured: (spans: Spans, said: string, scenario: Scenario) => readonly string[],
): Cure => ({
  says,
  provoke: scenario => planned(scenario, ...options),
  cure: (scenario, spans, said) => [planned(scenario, ...cured(spans, said, scenario))],
})

/** Of what a running dev container of `web` is in the way of; it is started where it does not run. */
export const ofRunning = (
  says: string,
  provoke: (scenario: Scenario) => readonly string[],
  cure: (scenario: Scenario, spans: Spans) => readonly (readonly string[])[],
): Cure => ({
  says,
  async provoke(scenario) {
    if ((await namesOf('container', scenario.workspace.path)).length === 0) {
      const { exitCode, stderr } = await scenario.person.run(
        scenario.intercept({ options: ['--detach'], command: ['sleep', 'infinity'] }),
      )
      expect(exitCode, stderr).toBe(0)
    }
    return { words: provoke(scenario) }
  },
  cure: (scenario, spans) => cure(scenario, spans).map(words => ({ words })),
})

/** A command as the page writes it, `docker` left out, with the scenario's names for its capitals. */
export const typed = (
  { namespace, workspace }: Scenario,
  span = '',
  ...more: readonly string[]
): string[] => [
  ...span
    .replace(/^docker /, '')
    .replace('NAMESPACE', namespace)
    .split(' '),
  ...more,
  '--workspace',
  workspace.path,
]

export const ofWeb = ['--project', 'web', DRY]
export const settings = ({ workspace }: Scenario): string => join(workspace.environmentPath, '.env')
/** An image of nobody's, in a registry that nobody runs. */
export const unbuilt = ({ namespace }: Scenario): string => `localhost:9/${namespace}:1`
export const bindingName = ({ namespace }: Scenario): string => `cured-${namespace}`
export const bindingOf = (scenario: Scenario): readonly string[] => [
  ...['create', 'clusterrolebinding', bindingName(scenario)],
  ...['--clusterrole', 'cluster-admin', '--serviceaccount', `${scenario.namespace}:default`],
]
export const ofAlone = (scenario: Scenario): readonly string[] =>
  scenario.intercept({ workload: 'alone', port: '3001:8080', options: [DRY] })
export const ofNetwork = (scenario: Scenario, ...options: readonly string[]): readonly string[] =>
  scenario.intercept({
    ...{ workload: 'worker', project: 'jobs', port: '9090:http' },
    options: [DRY, '--also-proxy', '10.99.0.0/16', ...options],
  })

export async function scale({ namespace }: Scenario, replicas: 0 | 1): Promise<void> {
  await kubectl(['--namespace', namespace, 'scale', 'deployment', 'worker', '--replicas', String(replicas)])
  await eventually(async () => expect(await readyReplicas(namespace, 'worker')).toBe(replicas))
}
