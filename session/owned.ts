import { LABEL } from '../compose/labels.ts'
import { jsonLines, type ToolCommand } from './tool-command.ts'

/** Something of ours on this engine, and whose it is. */
export interface OwnedThing {
  readonly kind: 'container' | 'network' | 'volume'
  readonly name: string
  readonly workspacePath: string
  readonly environment: string
  readonly owner: string
}

const SHOWN = [LABEL.workspace, LABEL.environment, LABEL.owner]

/** Everything of one kind that has our labels, whatever its state and whose workspace it is. */
export const listOwned = (kind: OwnedThing['kind']): ToolCommand<readonly OwnedThing[]> => ({
  args: [
    ...[kind, 'ls', ...(kind === 'container' ? ['--all'] : []), '--filter', `label=${LABEL.schema}`],
    '--format',
    `[{{json ${kind === 'container' ? '.Names' : '.Name'}}},${SHOWN.map(label => `{{json (.Label "${label}")}}`).join(',')}]`,
  ],
  parse: output =>
    jsonLines(output).map(line => {
      const [name = '', workspacePath = '', environment = '', owner = ''] = line as readonly string[]
      return { kind, name, workspacePath, environment, owner }
    }),
})

/** The things of one environment of one workspace. */
export interface OwnedEnvironment {
  readonly workspacePath: string
  readonly environment: string
  readonly things: readonly OwnedThing[]
}

export function byEnvironment(things: readonly OwnedThing[]): readonly OwnedEnvironment[] {
  const keys = new Map(things.map(thing => [`${thing.workspacePath}\n${thing.environment}`, thing]))
  return [...keys.values()].map(({ workspacePath, environment }) => ({
    workspacePath,
    environment,
    things: things.filter(
      thing => thing.workspacePath === workspacePath && thing.environment === environment,
    ),
  }))
}

/** Says of an environment whose it is, as `demo of /w (ada@laptop)`. */
export const tellOwners = ({ workspacePath, environment, things }: OwnedEnvironment): string =>
  `${environment} of ${workspacePath} (${[...new Set(things.map(({ owner }) => owner))].toSorted().join(', ')})`
