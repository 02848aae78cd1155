import { takeOver, toEnvironmentFile } from '../../session/remote-environment.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import type { Call } from './call.ts'

/** Copies the pod's environment to its files, for the person alone, and takes what the dev container gets of it. */
export async function writeEnvironment({ order, edges, progress }: Call): Promise<void> {
  const { environment, wish, target } = order
  const { workload } = target
  const { files, emit } = edges
  const reported = progress.reported ?? {}
  const declaration = {
    declared: workload.containers.flatMap(({ declared }) => declared),
    declaredIsWhole: workload.containers.every(({ declaredIsWhole }) => declaredIsWhole),
  }
  const { taken, keptOut } = takeOver(reported, declaration)
  const directory = directoriesOf(environment).environmentFiles(wish.namespace)
  files.makeDirectory(directory, 0o700)
  files.writeText(`${directory}/${workload.name}.env`, toEnvironmentFile(taken), 0o600)
  files.writeText(`${directory}/${workload.name}.json`, `${JSON.stringify(reported, undefined, 2)}\n`, 0o600)
  if (keptOut.length > 0)
    emit({
      type: 'remark',
      message: `The pod's ${keptOut.join(' and ')} stays in ${workload.name}.json: the dev container keeps its own.`,
    })
  progress.remote = taken
}
