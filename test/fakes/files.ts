import type { Files } from '../../cli-plugin/edges/files.ts'

export interface FakeFiles extends Files {
  /** Text and rights of all files, as `0600 text`. */
  all(): Readonly<Record<string, string>>
  /** Rights of the directories that were made. */
  readonly made: ReadonlyMap<string, number>
}

/** A file system of these texts. What is written to it can be read back, with its rights. */
export function fakeFiles(texts: Readonly<Record<string, string | undefined>>): FakeFiles {
  const files = new Map<string, { readonly text: string; readonly mode: number }>()
  for (const [path, text] of Object.entries(texts))
    if (text !== undefined) files.set(path, { text, mode: 0o644 })
  const made = new Map<string, number>()
  const isInside = (path: string, directory: string) => path.startsWith(`${directory}/`)
  const paths = () => [...files.keys(), ...made.keys()]
  return {
    readText: path => files.get(path)?.text,
    readBase64: path => {
      const text = files.get(path)?.text
      return text === undefined ? undefined : Buffer.from(text).toString('base64')
    },
    listDirectories: directory => {
      const inside = paths().filter(path => isInside(path, directory))
      const names = inside.map(path => path.slice(directory.length + 1).split('/'))
      return [...new Set(names.filter(({ length }) => length > 1).map(([name = '']) => name))].sort()
    },
    realDirectory: path => (paths().some(each => isInside(each, path)) ? path : undefined),
    groupOf: () => 998,
    listFiles: directory =>
      [...files.keys()]
        .filter(path => path.slice(0, path.lastIndexOf('/')) === directory)
        .map(path => path.slice(directory.length + 1))
        .sort(),
    exists: path => paths().some(each => each === path || isInside(each, path)),
    writeText: (path, text, mode) => void files.set(path, { text, mode }),
    makeDirectory: (path, mode) => void (made.has(path) || made.set(path, mode)),
    assertWritable: () => undefined,
    removeDirectory: directory => {
      for (const path of paths())
        if (path === directory || isInside(path, directory)) files.delete(path) || made.delete(path)
      return true
    },
    all: () =>
      Object.fromEntries([...files].map(([path, { text, mode }]) => [path, `0${mode.toString(8)} ${text}`])),
    made,
  }
}
