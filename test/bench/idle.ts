import { setTimeout as sleep } from 'node:timers/promises'
import { docker } from '../e2e/harness/engine.ts'
import { attach, untilNothingIsLeft } from './ours.ts'
import { ENVIRONMENT, namespaceOf, PROJECTS, WORKLOADS } from './place.ts'
import { type Held, processorSecondsIn } from './timing.ts'

const KEEPER = `kde-tp-${ENVIRONMENT}-keeper`
const SESSION = `kde-telepresence-session-${ENVIRONMENT}-${namespaceOf('sidecar')}`

export interface Idle {
  /** Of one core. */
  readonly percent: number
  readonly mebibytes: number
}

/** What keeper and session take, Telepresence's daemon aside, while five commands do nothing. */
export async function idle(minutes: number): Promise<Idle> {
  const held: Held[] = []
  try {
    for (const [index, project] of PROJECTS.entries())
      held.push(await attach('intercept', 'sidecar', WORKLOADS[index] ?? '', 'echo ready; cat', project))
    await sleep(10_000)
    const [from, begun] = [await secondsOfCores(), performance.now()]
    await sleep(minutes * 60_000)
    const seconds = (performance.now() - begun) / 1000
    const percent = (100 * ((await secondsOfCores()) - from)) / seconds
    return { percent, mebibytes: await resident() }
  } finally {
    for (const { leave } of held) await leave()
    await untilNothingIsLeft()
  }
}

const secondsOfCores = async (): Promise<number> =>
  (await usageOf(KEEPER)) + (await usageOf(SESSION)) - (await usageOfDaemon())

/** Of all that ever ran in a container, health checks included; in cgroups of either version. */
async function usageOf(container: string): Promise<number> {
  const read = 'cat /sys/fs/cgroup/cpu.stat /sys/fs/cgroup/cpuacct/cpuacct.usage 2> /dev/null || true'
  const text = await docker(['exec', container, 'bash', '-c', read])
  const microseconds = /^usage_usec (\d+)$/m.exec(text)?.[1]
  const nanoseconds = /^(\d+)$/m.exec(text)?.[1]
  if (microseconds !== undefined) return Number(microseconds) / 1e6
  if (nanoseconds !== undefined) return Number(nanoseconds) / 1e9
  throw new Error(`no figures of ${container}'s use of cores: ${text}`)
}

async function usageOfDaemon(): Promise<number> {
  const read = 'cat /proc/$(pgrep --full --oldest "[-]-embed-network")/stat'
  const stat = await docker(['exec', SESSION, 'bash', '-c', read])
  return processorSecondsIn(stat).own
}

async function resident(): Promise<number> {
  const tops = await Promise.all(
    [KEEPER, SESSION].map(container => docker(['top', container, '-o', 'pid,rss,args'])),
  )
  const ours = tops
    .flatMap(top => top.split('\n').slice(1))
    .filter(line => !/embed-network|docker-init/.test(line))
  return ours.reduce((sum, line) => sum + Number(/^\s*\d+\s+(\d+)/.exec(line)?.[1] ?? 0), 0) / 1024
}
