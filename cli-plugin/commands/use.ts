import { t } from '../../language/t.ts'
import { usage } from '../../session/errors.ts'
import { currentEnvironment, listEnvironments } from '../../workspace/workspace.ts'
import { defineCommand, type Edges } from '../command.ts'
import { isJson } from '../surroundings/check-typed.ts'
import { placeOptions } from '../surroundings/options.ts'
import { environmentUnknown, inheritedVariables, kdeWorkspaceFrom } from '../surroundings/read-workspace.ts'

const { format, workspace } = placeOptions

export const use = defineCommand({
  name: 'use',
  summary: t`Make an environment the current one of this workspace`,
  usage: '[OPTIONS] [ENVIRONMENT]',
  description: [
    t`Writes CUR_ENV=ENVIRONMENT into the workspace's current.env, as KDE-cli reads it, and nothing else.`,
    t`No environment is made or started.`,
  ].join('\n'),
  options: { format, workspace },
  positionals: 1,
  async run({ values, positionals: [typed] }, edges) {
    isJson(values.format)
    const workspacePath = kdeWorkspaceFrom(values.workspace, edges)
    const names = listEnvironments(workspacePath, edges.files)
    const wanted = typed ?? (await askEnvironment(names, edges))
    const name = [wanted, wanted.toLowerCase()].find(spelling => names.includes(spelling))
    if (name === undefined)
      throw environmentUnknown(t`The workspace ${workspacePath} has no environment "${wanted}".`, names)
    edges.files.writeText(`${workspacePath}/current.env`, `CUR_ENV=${name}\n`, 0o644)
    edges.emit({ type: 'remark', message: t`${name} is the current environment of ${workspacePath}.` })
    tellOverruled(workspacePath, name, edges)
    edges.emit({ type: 'result', exitCode: 0 })
    return 0
  },
})

async function askEnvironment(names: readonly string[], { prompts }: Edges): Promise<string> {
  if (!prompts.available) throw usage(t`The environment is missing: one of ${names.join(', ')}.`)
  return prompts.choose(
    t`Environment:`,
    names.map(value => ({ value })),
  )
}

/** The working directory and the shell's CUR_ENV come before current.env. */
function tellOverruled(workspacePath: string, name: string, edges: Edges): void {
  const { workingDirectory, files } = edges
  const whereabouts = { workspacePath, workingDirectory, inherited: inheritedVariables(edges) }
  const actual = currentEnvironment(whereabouts, files)
  if (actual === name) return
  const message = t`Here ${actual} stays the current one: this directory or the variable CUR_ENV says so.`
  edges.emit({ type: 'remark', message })
}
