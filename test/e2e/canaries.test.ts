import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MODES, type Mode, traitsOf } from '../../session/mode.ts'
import { type Canaries, type Kind, plantCanaries } from './harness/canaries.ts'
import { createSearch, type Search, type Sighting } from './harness/canary-search.ts'
import { docker, inspect, logsOfAll, namesOf } from './harness/engine.ts'
import { eventually } from './harness/eventually.ts'
import { type Scenario, within } from './harness/scenario.ts'

/** Where a secret may be seen, because the safety page says so. */
interface Exception {
  readonly place: RegExp
  readonly kinds: readonly Kind[]
  readonly sentence: string
}

const EXCEPTIONS: readonly Exception[] = [
  {
    place: /^file 600 .*\.telepresence\/env-files\//,
    kinds: ['pod'],
    sentence: 'are copied to your disk, into files that only you can read.',
  },
  {
    place: /^variables of .*-dev-/,
    kinds: ['pod', 'project', 'typed variable'],
    sentence: 'by `docker inspect` of the dev container.',
  },
  {
    place: /^file 640 .*\.telepresence\/run\/kubeconfig\/config$/,
    kinds: ['kubeconfig'],
    sentence: 'a copy of your kubeconfig for its one context lies under `.telepresence/run/`',
  },
  {
    place: /^process /,
    kinds: ['header', 'typed variable'],
    sentence: 'stands in the list of processes',
  },
  {
    place: /^output of (intercept|wiretap) in a terminal$/,
    kinds: ['header'],
    sentence: 'in the `curl` line that is shown in a terminal',
  },
  { place: /^output of env --reveal$/, kinds: ['pod'], sentence: '`env --reveal` and a command of your own' },
  {
    place: /^output of a command of the person’s own$/,
    kinds: ['pod', 'project', 'typed variable'],
    sentence: '`env --reveal` and a command of your own',
  },
]

const PAGE = new URL('../../docs/guide/safety.md', import.meta.url)

test(
  'of fifty secrets none is seen in what is printed, logged, labelled, bundled and left, but where the safety page says so',
  within({ workloads: [] }, async scenario => {
    const canaries = await plantCanaries(scenario)
    expect(new Set(canaries.all.map(({ word }) => word)).size).toBe(50)
    const search = createSearch(canaries.all)
    const processes = search.throughProcesses()
    const play = playIn(scenario, search, canaries)
    await before(play)
    for (const mode of MODES) await attachIn(mode, play)
    await whileAttached(play)
    await failing(play)
    await leave(play)
    processes.end()

    const page = readFileSync(PAGE, 'utf8').replace(/\s+/g, ' ')
    const unexpected = search
      .sightings()
      .filter(each => !EXCEPTIONS.some(exception => allows(exception, each)))
    expect(unexpected).toEqual([])
    for (const exception of EXCEPTIONS) {
      expect(page).toContain(exception.sentence)
      const kinds = search.sightings().flatMap(each => (allows(exception, each) ? [each.kind] : []))
      expect([...new Set(kinds)].toSorted(), String(exception.place)).toEqual(exception.kinds.toSorted())
    }
  }),
  600_000,
)

const allows = ({ place, kinds }: Exception, sighting: Sighting): boolean =>
  place.test(sighting.place) && kinds.includes(sighting.kind)

interface Play {
  readonly scenario: Scenario
  readonly search: Search
  readonly canaries: Canaries
  /** Runs a command to its end, looks through what it prints, and returns its exit code. */
  run(words: readonly string[], name?: string): Promise<number>
  /** The same of one that is to do what it is asked for. */
  succeed(words: readonly string[]): Promise<void>
  /** `kde-tp NAME …WORDS` in this workspace. */
  call(name: string, ...words: readonly string[]): Promise<number>
  attached(mode: Mode, options: readonly string[], command?: readonly string[]): readonly string[]
}

function playIn(scenario: Scenario, search: Search, canaries: Canaries): Play {
  const { person, workspace, attach } = scenario
  const runAny = async (words: readonly string[], name = words.slice(1, 3).join(' ')) => {
    const ended = await person.run(words)
    search.through(`output of ${name}`, ended.stdout + ended.stderr)
    return ended
  }
  const run: Play['run'] = async (words, name) => (await runAny(words, name)).exitCode
  return {
    ...{ scenario, search, canaries, run },
    async succeed(words) {
      const { exitCode, stderr } = await runAny(words)
      expect(exitCode, `${words.join(' ')}\n${stderr}`).toBe(0)
    },
    call: (name, ...words) => run(['kde-tp', name, ...words, '--workspace', workspace.path], name),
    attached(mode, options, command) {
      const { ports, agents, canFilter } = traitsOf[mode]
      return attach(mode, {
        options: [
          ...['--project', 'web', ...(agents.length > 1 ? ['--agent', 'sidecar'] : [])],
          ...(ports === 'none' ? [] : ['--port', ports === 'container' ? '8080:8080' : '8080:http']),
          ...canaries.options(canFilter),
          ...options,
        ],
        ...(command !== undefined && { command }),
      })
    },
  }
}

/** What changes nothing. */
async function before({ call, succeed, attached, scenario }: Play): Promise<void> {
  for (const mode of MODES) {
    await succeed(attached(mode, ['--dry-run']))
    await succeed(attached(mode, ['--dry-run', '--format', 'json']))
  }
  const [program = '', ...words] = attached('intercept', [])
  for (const format of ['human', 'json']) await succeed([program, 'render', ...words, '--format', format])
  for (const name of ['doctor', 'list']) await call(name, scenario.namespace)
}

/** To its end: in a terminal, without one, and for a program that reads JSON. */
async function attachIn(mode: Mode, { succeed, attached, search, scenario }: Play): Promise<void> {
  const shell = scenario.person.start(attached(mode, []), { terminal: true })
  shell.write('exit 7\n')
  expect((await shell.ended).exitCode, shell.stdout()).toBe(7)
  search.through(`output of ${mode} in a terminal`, shell.stdout())
  await succeed(attached(mode, [], ['true']))
  await succeed(attached(mode, ['--format', 'json'], ['true']))
}

async function whileAttached(play: Play): Promise<void> {
  const { scenario, search, call, run, succeed, attached } = play
  const { namespace, names, workspace, person } = scenario
  await succeed(attached('intercept', ['--detach'], ['sleep', 'infinity']))
  const here = [namespace, 'api', '--workspace', workspace.path]
  await run(['kde-tp', 'exec', ...here, '--', 'env'], 'a command of the person’s own')
  const shell = person.start(['kde-tp', 'exec', ...here], { terminal: true })
  shell.write('exit\n')
  await shell.ended
  search.through('output of exec in a terminal', shell.stdout())
  await call('env', namespace, 'api')
  for (const format of ['dotenv', 'sh', 'json', 'compose'])
    await call('env', namespace, 'api', '--output', format)
  await run(['kde-tp', 'env', ...here, '--reveal'], 'env --reveal')
  await docker(['rm', '--force', names.session])
  await eventually(() => docker(['exec', names.session, 'session-state']))
  await show(play)
  await lookAtEngine(play)
  lookAtFiles(play)
}

/** Every command that only shows something, for people and for programs. */
async function show({ call, run, scenario, search }: Play): Promise<void> {
  const { namespace, directory } = scenario
  const since = ['--since', '1h', '--until', new Date().toISOString()]
  for (const format of [[], ['--format', 'json']]) {
    for (const name of ['list', 'logs', 'doctor']) await call(name, namespace, ...format)
    await run(['kde-tp', 'status', ...format])
    await run(['kde-tp', 'status', '--plan', ...format])
    await run(['kde-tp', 'events', ...since, ...format])
  }
  const bundle = join(scenario.person.home, 'bundle')
  await call('doctor', namespace, '--bundle', bundle)
  const text = readFileSync(bundle, 'utf8')
  expect(text, directory).toContain(scenario.names.session)
  search.through('the bundle', text)
}

/** Logs and whatever `docker inspect` tells, of all that is ours. */
async function lookAtEngine({ scenario, search }: Play): Promise<void> {
  const { workspace, names } = scenario
  const containers = await namesOf('container', workspace.path)
  expect(containers).toContain(names.devContainer())
  search.through('logs', await logsOfAll(workspace.path))
  for (const name of containers) {
    const { Config, ...inspected } = await inspect(name)
    const { Env, ...config } = Config
    search.through(`variables of ${name}`, JSON.stringify(Env))
    search.through(`inspection of ${name}`, JSON.stringify({ config, ...inspected }))
  }
  for (const kind of ['network', 'volume'] as const)
    for (const name of await namesOf(kind, workspace.path))
      search.through(`${kind} ${name}`, await docker([kind, 'inspect', name]))
  for (const words of [['ls'], ['-p', names.composeProject, 'ps', '--all', '--format', 'json']])
    search.through(`docker compose ${words.join(' ')}`, await docker(['compose', ...words]))
}

/** Of the whole run but those that the secrets were put into. */
function lookAtFiles({ scenario, search }: Play): void {
  const { directory, workspace } = scenario
  const planted = [
    ...[join(workspace.path, 'kde.env'), join(workspace.environmentPath, '.env'), workspace.kubeconfigPath],
    ...['project.env', '.env'].map(name => join(workspace.environmentPath, 'namespaces/web', name)),
    join(directory, 'credential-program'),
  ]
  search.throughFiles(directory, path => planted.includes(path))
}

/** Each of them says what the tools have said. */
async function failing({ run, attached, canaries, call, scenario }: Play): Promise<void> {
  const { namespace, workspace } = scenario
  const refused: readonly (readonly string[])[] = [
    // Held already, with other headers and ports.
    attached('replace', []),
    attached('intercept', ['--port', '9090:nothing']),
    attached('intercept', ['--image', 'not/there:1']),
    attached('wiretap', ['--header', 'not a header']),
    attached('ingest', ['--container', 'nothing']),
    ['kde-tp', 'intercept', namespace, 'nothing', '--workspace', workspace.path, ...canaries.options(true)],
  ]
  for (const words of refused) {
    expect(await run(words)).not.toBe(0)
    expect(await run([...words, '--format', 'json'])).not.toBe(0)
  }
  await call('detach', namespace, 'api')
  canaries.breakCredential()
  expect(await run(attached('intercept', []))).not.toBe(0)
  await call('doctor', namespace)
  await call('list', namespace)
  canaries.mendCredential()
}

async function leave(play: Play): Promise<void> {
  const { call, scenario, search } = play
  lookAtFiles(play)
  expect(await call('clear')).toBe(0)
  const { workspace } = scenario
  const left = createSearch(play.canaries.all)
  left.throughFiles(join(workspace.environmentPath, '.telepresence'), () => false)
  expect(left.sightings()).toEqual([])
  for (const name of await namesOf('container', workspace.path)) search.through('left', name)
}
