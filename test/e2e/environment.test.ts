import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apply, askInCluster } from './harness/cluster.ts'
import { docker } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { closeScenario, openScenario, type Scenario } from './harness/scenario.ts'
import { startWorkload } from './harness/workload.ts'

type Variables = Readonly<Record<string, string>>

/** Hard to hand on unchanged. */
const HARD: Variables = {
  LINES: '\nfirst\n\n  third\n',
  LINES_OF_DOS: 'first\r\nsecond\r\n',
  QUOTES: `a "double", a 'single' and a \`back\` quote, and "half of one`,
  DOLLARS: '$HOME ${HOME} $(id) $1 $$ $',
  EQUALS: '==a=b=',
  BACKSLASHES: '\\ \\n \\\\ \\"',
  BLANKS: ' \t around \t ',
  SIGNS: '# ! & ; | < > * ? [a] {b,c} ~ % @ , : ^',
  YAML: '{yes: no, 1.0: 0x1f, null: ~} - # |',
  UNICODE: 'žluťoučký кит 電腦 🚢 \u{1F469}\u200D\u{1F4BB} \u00a0 e\u0301',
  EMPTY: '',
  LONG: '0123456789abcdef'.repeat(4096),
}

/** For messages that a person can read: of a long value its length and digest. */
const shown = (variables: Variables): Variables =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      const digest = createHash('sha256').update(value).digest('hex')
      return [name, value.length > 1000 ? `${value.length} characters, ${digest}` : value]
    }),
  )

const named = (prefix: string): Variables =>
  Object.fromEntries(Object.entries(HARD).map(([name, value]) => [`${prefix}_${name}`, value]))

const declared: Variables = {
  ...named('ENV'),
  ...named('MAP'),
  ...named('SECRET'),
  'dotted.name-with-dash': 'kept',
  FROM_POD: 'pod',
  FROM_PROJECT: 'pod',
  FROM_DOT_ENV: 'pod',
  FROM_FLAG: 'pod',
}

/** Declared too, but another image's would break every command of the dev container. */
const KEPT_OUT: Variables = { PATH: '/of/the/pod:/bin', HOME: '/of/the/pod' }

/** Kubernetes itself would expand a single one in `env`. */
const inManifest = ([name, value]: readonly [string, string]) => ({
  name,
  value: value.replaceAll('$', '$$$$'),
})

describe.for(['sidecar', 'node'])("the pod's environment in the dev container, with --agent %s", agent => {
  let scenario: Scenario
  let received: Variables

  beforeAll(async () => {
    const projectVariables = { FROM_PROJECT: 'project', FROM_DOT_ENV: 'project', FROM_FLAG: 'project' }
    scenario = await openScenario({ workloads: [], projectVariables })
    await startDeclaringWorkload(scenario.namespace)
    const dotEnv = join(scenario.workspace.environmentPath, 'namespaces/web/.env')
    await scenario.person.run(['tee', dotEnv], { input: 'FROM_DOT_ENV="dot env"\nFROM_FLAG="dot env"\n' })
    const options = ['--agent', agent, '--env', 'FROM_FLAG=flag']
    const ended = await scenario.person.run(scenario.intercept({ options, command: ['env', '--null'] }))
    expect(ended.exitCode, ended.stderr).toBe(0)
    received = toVariables(ended.stdout)
  })

  afterAll(() => closeScenario(scenario))

  // S-60
  test.for(['ENV', 'MAP', 'SECRET'])('has every byte of what %s declares', prefix => {
    expect(shown(received)).toMatchObject(shown(named(prefix)))
  })

  test('has what the pod itself has', async () => {
    const ask = `http://api.${scenario.namespace}/env`
    for (const name of ['ENV_DOLLARS', 'ENV_LINES', 'MAP_LINES_OF_DOS', 'SECRET_UNICODE', 'SECRET_EMPTY']) {
      // A node agent that is ending refuses connections for a moment.
      await eventually(async () => {
        const { status, body } = await askInCluster(`${ask}/${name}`)
        expect([status, body]).toEqual([200, received[name]])
      })
    }
  })

  test('has names that no shell could assign', () => {
    expect(received['dotted.name-with-dash']).toBe('kept')
  })

  test('gives way to project.env, which gives way to .env, which gives way to --env', () => {
    expect(received).toMatchObject({
      FROM_POD: 'pod',
      FROM_PROJECT: 'project',
      FROM_DOT_ENV: 'dot env',
      FROM_FLAG: 'flag',
    })
  })

  test('has the addresses of services, as every pod', () => {
    expect(received['KUBERNETES_SERVICE_HOST']).toMatch(/^\d+\.\d+\.\d+\.\d+$/)
  })

  test("has nothing of the pod's image, runtime and agent, and neither PATH nor HOME", async () => {
    const image = await docker([
      'image',
      'inspect',
      '--format',
      '{{json .Config.Env}}',
      'kde-tp-sandbox/dev:1',
    ])
    const [path] = JSON.parse(image) as readonly string[]
    expect(`PATH=${received['PATH']}`).toBe(path)
    expect(received['HOME']).toBe(`/home/${scenario.person.account.name}`)
    const service = /^[A-Z0-9_]+_(SERVICE_HOST|SERVICE_PORT|PORT)(_.*)?$/
    const names = Object.keys(received).filter(name => !(name in declared) && !service.test(name))
    expect(names.toSorted()).toEqual([...OWN, ...PROJECT].toSorted())
  })

  // S-56, S-59
  test('is copied for the person alone to a file that a shell can source', async () => {
    const directory = join(scenario.workspace.environmentPath, '.telepresence/env-files', scenario.namespace)
    const script = 'set -a; . "$1"; exec env --null'
    const sourced = [
      'env',
      '--ignore-environment',
      'bash',
      '--norc',
      '-c',
      script,
      'bash',
      `${directory}/api.env`,
    ]
    const { 'dotted.name-with-dash': _, ...assignable } = declared
    expect(shown(toVariables((await scenario.person.run(sourced)).stdout))).toMatchObject(shown(assignable))
  })

  // A node agent leaves these two out itself.
  if (agent === 'sidecar') {
    test('has its PATH and HOME in the JSON beside that file', () => {
      const directory = join(
        scenario.workspace.environmentPath,
        '.telepresence/env-files',
        scenario.namespace,
      )
      const json: unknown = JSON.parse(readFileSync(`${directory}/api.json`, 'utf8'))
      expect(json).toMatchObject(KEPT_OUT)
    })
  }
})

/** What the dev container and its shell set themselves, and what project.env has. */
const PROJECT = ['DEVELOP_IMAGE', 'GIT_REPO_URL']
const OWN = ['HOME', 'HOSTNAME', 'KDE_TP_COMMAND', 'KUBECONFIG', 'PATH', 'PWD', 'SHLVL']

async function startDeclaringWorkload(namespace: string): Promise<void> {
  const inMap = { ...named('MAP'), 'dotted.name-with-dash': 'kept', FROM_POD: 'pod', FROM_PROJECT: 'pod' }
  const unprefixed = Object.entries(named('SECRET')).map(([name, value]) => [
    name.slice('SECRET_'.length),
    value,
  ])
  await apply([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'api', namespace }, data: inMap },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'api', namespace },
      stringData: Object.fromEntries(unprefixed),
    },
  ])
  const inEnv = { ...named('ENV'), ...KEPT_OUT, FROM_DOT_ENV: 'pod', FROM_FLAG: 'pod' }
  await startWorkload(namespace, {
    name: 'api',
    env: Object.entries(inEnv).map(inManifest),
    envFrom: [{ configMapRef: { name: 'api' } }, { prefix: 'SECRET_', secretRef: { name: 'api' } }],
  })
}

const toVariables = (text: string): Variables =>
  Object.fromEntries(
    text
      .split('\0')
      .filter(line => line !== '')
      .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
