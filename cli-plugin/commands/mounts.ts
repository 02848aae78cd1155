import { readVolumes } from '../../session/commands/list-own.ts'
import { readMounts } from '../../session/commands/read-mounts.ts'
import { mountsOf } from '../../session/mounts.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import { chooseRunning, type RunningDevContainer } from '../attached/choose-running.ts'
import { defineCommand, type Edges } from '../command.ts'
import { untilTooLate } from '../status/until-too-late.ts'
import { checkNames, isJson } from '../surroundings/check-typed.ts'
import { placeOptions } from '../surroundings/options.ts'

/** For faces that show it beside the rest of an attachment. */
export const mounts = defineCommand({
  name: 'mounts',
  summary: 'Tell what a dev container has mounted',
  usage: '[OPTIONS] NAMESPACE WORKLOAD',
  hidden: true,
  options: placeOptions,
  positionals: 2,
  async run({ values, positionals }, edges) {
    checkNames(positionals)
    isJson(values.format)
    const running = await chooseRunning(positionals, values, edges)
    const { namespace, workload, devContainer } = running.attached
    const { attachment } = running.containers.find(({ name }) => name === devContainer) ?? {}
    const [own, volumes] = await Promise.all([
      edges.docker(readMounts(devContainer)),
      attachment?.mount === undefined ? undefined : readRemote(running, edges),
    ])
    const directory = directoriesOf(running.environment).remoteMount(namespace, workload)
    const all = mountsOf({ mounts: own, attachment: { ...attachment, workload }, directory, volumes })
    edges.emit({ type: 'mounts', namespace, workload, mounts: all })
    edges.emit({ type: 'result', exitCode: 0 })
    return 0
  },
})

/** Undefined where the session does not run, or its client does not say. */
async function readRemote(
  { session, attached }: RunningDevContainer,
  { docker }: Edges,
): Promise<readonly string[] | undefined> {
  if (session?.state !== 'running') return undefined
  return docker(readVolumes(session.name, attached.workload)).then(
    served => served?.paths ?? [],
    untilTooLate,
  )
}
