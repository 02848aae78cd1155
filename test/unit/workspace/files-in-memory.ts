import type { WorkspaceFiles } from '../../../workspace/files.ts'

/** A file system of these paths and texts, and nothing else. */
export function filesInMemory(texts: Readonly<Record<string, string>>): WorkspaceFiles {
  return {
    readText: path => texts[path],
    exists: path => Object.keys(texts).some(each => each === path || each.startsWith(`${path}/`)),
    listDirectories: folder => {
      const inside = Object.keys(texts).filter(path => path.startsWith(`${folder}/`))
      const names = inside.map(path => path.slice(folder.length + 1).split('/'))
      return [...new Set(names.filter(({ length }) => length > 1).map(([name = '']) => name))]
    },
  }
}
