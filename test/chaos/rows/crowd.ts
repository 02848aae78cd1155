import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { docker } from '../../e2e/harness/engine.ts'
import { leftoversOf } from '../../e2e/harness/leftovers.ts'
import type { Started } from '../../e2e/harness/person.ts'
import { type ProbeAnswer, startProbe } from '../../e2e/harness/probe.ts'
import type { InterceptWords } from '../../e2e/harness/scenario.ts'
import { startServing } from '../../e2e/harness/serving.ts'
import type { Round, Row } from '../row.ts'
import { endOf, momentOf, secondsSince } from '../watch.ts'

const NAMES = ['one', 'two', 'three', 'four'] as const
const workloads = NAMES.map(name => ({ name: `load-${name}` }))

const wordsOf = (name: string, port: number): InterceptWords => ({
  workload: `load-${name}`,
  project: name,
  port: `${port}:http`,
  command: ['python3', 'serve.py', String(port)],
})

/** A bystander serves all the while. The others come and go at random, each with its own exit code. */
export const manyCommands: Row = {
  name: 'many-commands',
  isAlone: true,
  events: ['2', '10'],
  agents: ['sidecar'],
  wish: { workloads, projects: NAMES },
  async play(round) {
    const { scenario } = round
    const bystander = await startServing(scenario, wordsOf('one', 9001))
    const since = Date.now()
    const codes = Array.from({ length: Number(round.event) }, (_, index) => index)
    const {
      result: ended,
      answers,
      sessions,
    } = await whileAsked(round, ['one'], () => Promise.all(codes.map(code => comeAndGo(round, code))))
    const left = Date.now()
    expect(
      ended.map(({ exitCode }) => exitCode),
      ended.map(({ stderr }) => stderr).join('\n'),
    ).toEqual(codes)
    expectNoFailure(answers)
    expect(sessions, 'how many sessions there were').toEqual([1])
    await leave(round, [bystander])
    return secondsSince(since, left)
  },
}

async function comeAndGo({ scenario }: Round, code: number) {
  const name = NAMES[1 + Math.floor(Math.random() * (NAMES.length - 1))] ?? 'two'
  await sleep(Math.random() * 15_000)
  const command = ['bash', '-c', `sleep ${(Math.random() * 6).toFixed(1)}; exit ${code}`]
  return scenario.person.run(scenario.intercept({ ...wordsOf(name, 9001 + NAMES.indexOf(name)), command }))
}

const WANTED = 10_000

/** Three projects are under load while a fourth comes and goes. */
export const projectLeaves: Row = {
  name: 'project-leaves',
  events: ['detach'],
  agents: ['sidecar'],
  wish: { workloads, projects: NAMES },
  isLong: true,
  async play(round) {
    const { scenario } = round
    const others = NAMES.slice(0, 3)
    const started: Started[] = []
    for (const [index, name] of others.entries())
      started.push(await startServing(scenario, wordsOf(name, 9001 + index)))
    const since = Date.now()
    const { answers } = await whileAsked(round, others, async asked => {
      while (asked() < WANTED)
        await leave(round, [await startServing(scenario, wordsOf('four', 9004))], false)
    })
    const end = Date.now()
    expectNoFailure(answers)
    await leave(round, started)
    return secondsSince(since, end)
  },
}

interface Asked<T> {
  readonly result: T
  readonly answers: readonly ProbeAnswer[]
  /** How many sessions there were at any time. */
  readonly sessions: readonly number[]
}

/** Works while each of the named projects' workloads is asked, and sessions are counted. */
async function whileAsked<T>(
  { scenario }: Round,
  names: readonly string[],
  work: (asked: () => number) => Promise<T>,
): Promise<Asked<T>> {
  const probes = names.map(name => startProbe(`http://load-${name}.${scenario.namespace}/`))
  const count = countSessions(scenario.workspace.path)
  const stop = () => Promise.all([count.stop(), ...probes.map(probe => probe.stop())])
  try {
    const result = await work(() => probes.reduce((sum, probe) => sum + probe.answers().length, 0))
    const [sessions, ...answers] = await stop()
    return { result, answers: answers.flat(), sessions }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Says in a few words what was answered instead, and how often. */
function expectNoFailure(answers: readonly ProbeAnswer[]): void {
  const isServed = ({ status, body }: ProbeAnswer): boolean =>
    status === 200 && body.startsWith('answered by the dev container')
  const failed = answers.filter(answer => !isServed(answer))
  const groups = [...Map.groupBy(failed, ({ status, body }) => `${status} ${body}`)]
  const said = groups.map(([what, group]) => `${group.length} times from ${group[0]?.time} on: ${what}`)
  expect(failed, `of ${answers.length} requests ${said.join('; ')}`).toEqual([])
}

async function leave({ scenario }: Round, all: readonly Started[], isLast = true): Promise<void> {
  for (const started of all) started.signal('SIGTERM')
  for (const started of all) expect((await endOf(started)).exitCode, started.stderr()).toBe(143)
  if (isLast) await momentOf(async () => expect(await leftoversOf(scenario.workspace)).toEqual([]))
}

/** The numbers of sessions that were seen at any time. */
function countSessions(workspace: string): { stop(): Promise<readonly number[]> } {
  const seen = new Set<number>()
  const filters = [`label=kde-tp.workspace=${workspace}`, 'label=kde-tp.role=session']
  const list = ['ps', '--all', '--quiet', ...filters.flatMap(filter => ['--filter', filter])]
  let isOver = false
  const looking = (async () => {
    while (!isOver) {
      seen.add((await docker(list)).split('\n').filter(id => id !== '').length)
      await sleep(500)
    }
  })()
  return {
    async stop() {
      isOver = true
      await looking
      return [...seen]
    },
  }
}
