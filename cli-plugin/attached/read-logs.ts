import { readTimedLogs } from '../../session/commands/docker.ts'
import { isRepairLine } from '../../session/happening.ts'
import { inOrder, type LogLine, toFileLines, toLogLines } from '../../session/log-lines.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'

/** The logs of containers as they are now, in the order of their times. */
export async function readContainerLogs(
  containers: readonly string[],
  { docker }: Edges,
): Promise<readonly LogLine[]> {
  const logs = containers.map(async name => toLogLines(name, await docker(readTimedLogs(name))))
  return inOrder(await Promise.all(logs))
}

/** What outlives the containers: the environment's log files, of one namespace or of all. */
export function readLogFiles(
  environment: Environment,
  namespace: string | undefined,
  { files }: Edges,
): readonly LogLine[] {
  const { logs } = directoriesOf(environment)
  const namespaces = namespace === undefined ? files.listDirectories(logs) : [namespace]
  const paths = namespaces.flatMap(name => [
    `${name}.log`,
    ...files.listFiles(`${logs}/${name}`).map(file => `${name}/${file}`),
  ])
  return inOrder(paths.map(path => toFileLines(path, files.readText(`${logs}/${path}`) ?? '')))
}

/** What the log files tell of repairs that these lines do not: sessions and keepers come and go, and their logs with them. */
export function readKeptRepairs(
  environment: Environment,
  namespace: string | undefined,
  known: readonly LogLine[],
  { files }: Edges,
): readonly LogLine[] {
  const { logs } = directoriesOf(environment)
  const isKnown = new Set(known.map(({ text }) => text))
  const names = files.listFiles(logs).filter(name => OF_A_SESSION.test(name))
  return names
    .filter(name => namespace === undefined || name.startsWith(`${namespace}.log`))
    .flatMap(name => toFileLines(name, files.readText(`${logs}/${name}`) ?? ''))
    .filter(({ text }) => isRepairLine(text) && !isKnown.has(text))
}

/** The older one too. */
const OF_A_SESSION = /\.log(\.1)?$/
