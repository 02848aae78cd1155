import type { WorkspaceFiles } from './files.ts'
import { parseVariables, type Variables } from './variables.ts'

/** What a row of files assigns, each seeing what those before it assigned. */
export interface VariableChain {
  /** All that is known at the end, with what was known before. */
  readonly known: Variables
  /** What the files themselves assign. */
  readonly assigned: Variables
  /** As "kde.env:3:7: …". */
  readonly problems: readonly string[]
}

export interface ChainInput {
  readonly folder: string
  /** Relative to the folder. Those that do not exist are passed over. */
  readonly paths: readonly string[]
  readonly known: Variables
}

export function loadChain({ folder, paths, known }: ChainInput, files: WorkspaceFiles): VariableChain {
  let chain: VariableChain = { known, assigned: {}, problems: [] }
  for (const path of paths) {
    const text = files.readText(`${folder}/${path}`)
    if (text === undefined) continue
    const { variables, problems } = parseVariables(text, chain.known)
    chain = {
      known: { ...chain.known, ...variables },
      assigned: { ...chain.assigned, ...variables },
      problems: [
        ...chain.problems,
        ...problems.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`),
      ],
    }
  }
  return chain
}
