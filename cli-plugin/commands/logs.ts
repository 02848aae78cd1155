import { t } from '../../language/t.ts'
import { inOrder, type LogLine } from '../../session/log-lines.ts'
import { containersOf, listContainers, type ObservedContainer } from '../../session/observed.ts'
import { followLogs } from '../attached/follow-logs.ts'
import { readContainerLogs, readKeptRepairs, readLogFiles } from '../attached/read-logs.ts'
import { defineCommand } from '../command.ts'
import { checkNames, isJson } from '../surroundings/check-typed.ts'
import { placeOptions } from '../surroundings/options.ts'
import { keyOf, readEnvironment } from '../surroundings/read-workspace.ts'

export const logs = defineCommand({
  name: 'logs',
  summary: t`Show what session, dev containers and keeper have logged`,
  usage: '[OPTIONS] [NAMESPACE] [WORKLOAD]',
  description: [
    t`Shows the logs of the environment in the order of their times, or those of one namespace or workload.`,
    t`Where no container is there any more, it shows the files under the environment's .telepresence/logs.`,
    t`Repairs are shown from these files also where the container that told of them is gone.`,
  ].join('\n'),
  options: {
    ...placeOptions,
    follow: { type: 'boolean', short: 'f', summary: t`Go on with what is logged from now on` },
  },
  positionals: 2,
  async run({ values, positionals }, edges) {
    checkNames(positionals)
    isJson(values.format)
    const environment = readEnvironment(values, edges)
    const observed = await edges.docker(listContainers())
    const names = containersOf(observed, keyOf(environment))
      .filter(container => hasLogsOf(container, positionals))
      .map(({ name }) => name)
    const tell = (line: LogLine): void => edges.emit({ type: 'log', ...line })
    const follows = names.length > 0 && values.follow === true
    const exitCode = follows ? await followLogs(names, tell, edges) : 0
    if (names.length > 0 && !follows) {
      const lines = await readContainerLogs(names, edges)
      const kept = readKeptRepairs(environment, positionals[0], lines, edges)
      inOrder([lines, kept]).forEach(tell)
    }
    if (names.length === 0) {
      const lines = readLogFiles(environment, positionals[0], edges)
      lines.forEach(tell)
      if (lines.length === 0) edges.emit({ type: 'remark', message: t`Nothing has been logged here.` })
    }
    edges.emit({ type: 'result', exitCode })
    return exitCode
  },
})

/** The keeper's log is everybody's. */
function hasLogsOf(
  { role, namespace, attachment }: ObservedContainer,
  [typedNamespace, typedWorkload]: readonly string[],
): boolean {
  if (role === 'keeper') return true
  if (typedNamespace !== undefined && namespace !== typedNamespace) return false
  if (role === 'dev') return typedWorkload === undefined || attachment?.workload === typedWorkload
  return role === 'session'
}
