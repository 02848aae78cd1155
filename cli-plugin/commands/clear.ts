import { ownerOf } from '../../compose/labels.ts'
import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { SessionEvent } from '../../session/events.ts'
import type { EnvironmentKey } from '../../session/observed.ts'
import { type OwnedEnvironment, tellOwners } from '../../session/owned.ts'
import { clearEnvironment, readOwned } from '../attached/clear-environment.ts'
import { clearFiles, unmountLeft } from '../attached/clear-files.ts'
import { confirmOthers } from '../attached/confirm-others.ts'
import { defineCommand, type Edges } from '../command.ts'
import { isJson } from '../surroundings/check-typed.ts'
import { placeOptions } from '../surroundings/options.ts'
import { type WorkspacePlace, workspaceFrom } from '../surroundings/read-workspace.ts'

export const clear = defineCommand({
  name: 'clear',
  summary: t`End everything of this workspace: attachments, sessions, dev containers, copied variables`,
  usage: '[OPTIONS]',
  description: [
    t`Clears all environments, or the one that --environment names, and gives the cluster its requests back.`,
    t`Commands in other terminals end. Logs stay.`,
    t`What you have started yourself is cleared without a question, as KDE-cli does it; what others have started here, and with --all in other workspaces, only after a yes.`,
  ].join('\n'),
  options: {
    ...placeOptions,
    environment: { ...placeOptions.environment, summary: t`Only this environment (default: all)` },
    all: { type: 'boolean', summary: t`Also clear all other workspaces on this engine` },
    yes: { type: 'boolean', short: 'y', summary: t`Answer yes to every question` },
  },
  async run({ values }, edges) {
    isJson(values.format)
    const owned = await readOwned(edges)
    const named = values.environment?.toLowerCase()
    const isNamed = ({ environment }: EnvironmentKey) =>
      named === undefined || environment.toLowerCase() === named
    const place = values.all ? undefined : clearedPlace(values, owned, edges)
    const meant = owned
      .filter(each => place === undefined || each.workspacePath === place.workspacePath)
      .filter(isNamed)
    const onDisk = environmentsOnDisk(place).filter(isNamed)
    assertKnown(named, [...meant, ...onDisk])
    const others = meant.filter(each => values.all || !isOnly(ownerOf(edges.person), each))
    if (others.length > 0) await confirmOthers(tellOthers(others), values.yes === true, edges)
    // First, as nobody goes into what is mounted to remove the directory.
    await Promise.all([...meant, ...onDisk].map(environment => unmountLeft(environment, edges)))
    await Promise.all(meant.map(environment => clearEnvironment(environment, edges)))
    edges.emit(toCleared(meant, [...meant, ...onDisk], edges))
    edges.emit({ type: 'result', exitCode: 0 })
    return 0
  },
})

/** A workspace whose directory is gone is known by its labels. */
function clearedPlace(
  typed: { readonly workspace?: string | undefined; readonly environment?: string | undefined },
  owned: readonly OwnedEnvironment[],
  edges: Edges,
): WorkspacePlace {
  const { workspace = '' } = typed
  const isGone = !edges.files.exists(workspace) && owned.some(each => each.workspacePath === workspace)
  return isGone ? { workspacePath: workspace, environments: [] } : workspaceFrom(typed, edges)
}

const environmentsOnDisk = (place: WorkspacePlace | undefined): readonly EnvironmentKey[] =>
  place === undefined
    ? []
    : place.environments.map(environment => ({ workspacePath: place.workspacePath, environment }))

/** Throws ENVIRONMENT_UNKNOWN for a name that is nowhere: to clear nothing would not be what was meant. */
function assertKnown(named: string | undefined, found: readonly EnvironmentKey[]): void {
  if (named === undefined || found.length > 0) return
  throw new KdeTpError('ENVIRONMENT_UNKNOWN', t`There is no environment "${named}" to clear.`, {
    hint: t`Without --environment all of them are cleared.`,
  })
}

const isOnly = (person: string, { things }: OwnedEnvironment): boolean =>
  things.every(({ owner }) => owner === person)

const tellOthers = (environments: readonly OwnedEnvironment[]): string =>
  t`This ends what belongs to: ${environments.map(tellOwners).join('; ')}.`

function toCleared(
  cleared: readonly OwnedEnvironment[],
  places: readonly EnvironmentKey[],
  edges: Edges,
): SessionEvent {
  const files = places.map(place => clearFiles(place.workspacePath, place.environment, edges))
  const things = cleared.flatMap(({ things }) => things).map(({ kind, name }) => ({ kind, name }))
  const directories = files.flatMap(({ removed }) => removed)
  return {
    type: 'cleared',
    removed: [...things, ...directories.map(name => ({ kind: 'directory' as const, name }))],
    kept: [...new Set(files.flatMap(({ kept }) => kept))],
    refused: files.flatMap(({ refused }) => refused),
  }
}
