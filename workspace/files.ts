/** The door to the file system: all that this folder knows of it. Paths are absolute, with `/` between names. */
export interface WorkspaceFiles {
  /** Undefined where there is no such file. */
  readText(path: string): string | undefined
  exists(path: string): boolean
  /** Names of the directories in `path`, links to directories among them; none where it does not exist. */
  listDirectories(path: string): readonly string[]
}
