import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { namesOf } from './engine.ts'
import type { Workspace } from './workspace.ts'

/** What stays after a clean end, on purpose. */
const KEPT = ['logs', 'env-files']

/** Everything of ours that is there though nothing runs any more: objects of the engine, and files. */
export async function leftoversOf(workspace: Workspace): Promise<readonly string[]> {
  const kinds = ['container', 'network', 'volume'] as const
  const objects = await Promise.all(
    kinds.map(async kind =>
      (await namesOf(kind, workspace.path, workspace.engine)).map(name => `${kind} ${name}`),
    ),
  )
  return [...objects.flat(), ...filesIn(workspace).map(path => `file ${path}`)]
}

/** Files and directories under `.telepresence` but the kept ones, relative to it. */
function filesIn({ environmentPath }: Workspace): readonly string[] {
  const directory = join(environmentPath, '.telepresence')
  if (statSync(directory, { throwIfNoEntry: false }) === undefined) return []
  return readdirSync(directory, { recursive: true })
    .map(String)
    .filter(path => !KEPT.some(kept => path === kept || path.startsWith(`${kept}/`)))
}

/** Every file of a workspace but ours, with its rights and its content: to see that none was changed. */
export function snapshotOf(workspace: Workspace): Readonly<Record<string, string>> {
  const files = readdirSync(workspace.path, { recursive: true, withFileTypes: true })
  const entries = files
    .map(file => ({ file, path: relative(workspace.path, join(file.parentPath, file.name)) }))
    .filter(({ path }) => !path.includes('.telepresence'))
    .map(({ file, path }) => {
      const mode = statSync(join(workspace.path, path)).mode.toString(8)
      return [path, file.isFile() ? `${mode} ${readFileSync(join(workspace.path, path), 'base64')}` : mode]
    })
  return Object.fromEntries(entries)
}
