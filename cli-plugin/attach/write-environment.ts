import { t } from '../../language/t.ts'
import type { Workload } from '../../session/facts.ts'
import {
  type Declaration,
  type RemoteEnvironment,
  takeOver,
  toEnvironmentFile,
} from '../../session/remote-environment.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import type { Environment } from '../../workspace/environment.ts'
import type { Edges } from '../command.ts'
import type { Call } from './call.ts'

/** Copies the pod's environment to its files, for the person alone, and takes what the dev container gets of it. */
export async function writeEnvironment({ order, edges, progress }: Call): Promise<void> {
  const { environment, wish, target } = order
  const { workload } = target
  const reported = progress.attached?.environment ?? {}
  const place = { environment, namespace: wish.namespace }
  const { taken, keptOut } = writeCopies(place, workload, reported, progress.attached?.container, edges)
  if (keptOut.length > 0)
    edges.emit({
      type: 'remark',
      message: t`The pod's ${keptOut.join(t` and `)} stays in ${workload.name}.json: the dev container keeps its own.`,
    })
  progress.remote = taken
}

/** The variables as a file to source, and all that the agent has reported, of that container, beside it. */
export function writeCopies(
  { environment, namespace }: { readonly environment: Environment; readonly namespace: string },
  workload: Workload,
  reported: Readonly<Record<string, string>>,
  container: string | undefined,
  { files }: Edges,
): RemoteEnvironment {
  const copied = takeOver(reported, declarationOf(workload, container))
  const directory = directoriesOf(environment).environmentFiles(namespace)
  files.makeDirectory(directory, 0o700)
  files.writeText(`${directory}/${workload.name}.env`, toEnvironmentFile(copied.taken), 0o600)
  files.writeText(`${directory}/${workload.name}.json`, `${JSON.stringify(reported, undefined, 2)}\n`, 0o600)
  return copied
}

/** Of the container that was attached; of all where the agent did not say which that is. */
function declarationOf({ containers }: Workload, container: string | undefined): Declaration {
  const meant = containers.filter(({ name }) => container === undefined || name === container)
  return {
    declared: meant.flatMap(({ declared }) => declared),
    declaredIsWhole: meant.every(({ declaredIsWhole }) => declaredIsWhole),
  }
}
