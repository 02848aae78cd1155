import { t } from '../../language/t.ts'
import type { Workload } from '../../session/facts.ts'
import { type Declaration, takeOver, toEnvironmentFile } from '../../session/remote-environment.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import type { Call } from './call.ts'

/** Copies the pod's environment to its files, for the person alone, and takes what the dev container gets of it. */
export async function writeEnvironment({ order, edges, progress }: Call): Promise<void> {
  const { environment, wish, target } = order
  const { workload } = target
  const { files, emit } = edges
  const reported = progress.attached?.environment ?? {}
  const { taken, keptOut } = takeOver(reported, declarationOf(workload, progress.attached?.container))
  const directory = directoriesOf(environment).environmentFiles(wish.namespace)
  files.makeDirectory(directory, 0o700)
  files.writeText(`${directory}/${workload.name}.env`, toEnvironmentFile(taken), 0o600)
  files.writeText(`${directory}/${workload.name}.json`, `${JSON.stringify(reported, undefined, 2)}\n`, 0o600)
  if (keptOut.length > 0)
    emit({
      type: 'remark',
      message: t`The pod's ${keptOut.join(t` and `)} stays in ${workload.name}.json: the dev container keeps its own.`,
    })
  progress.remote = taken
}

/** Of the container that was attached; of all where the agent did not say which that is. */
function declarationOf({ containers }: Workload, container: string | undefined): Declaration {
  const meant = containers.filter(({ name }) => container === undefined || name === container)
  return {
    declared: meant.flatMap(({ declared }) => declared),
    declaredIsWhole: meant.every(({ declaredIsWhole }) => declaredIsWhole),
  }
}
