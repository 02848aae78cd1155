import { t } from '../../language/t.ts'
import { KdeTpError, usage } from '../../session/errors.ts'
import { parseEnvironmentFile } from '../../session/remote-environment.ts'
import { leftOutOf, masked, VARIABLE_FORMATS } from '../../session/variables-output.ts'
import { directoriesOf } from '../../workspace/directories.ts'
import type { Environment } from '../../workspace/environment.ts'
import { defineCommand, type Edges } from '../command.ts'
import { checkNames, isJson, oneOf } from '../surroundings/check-typed.ts'
import { placeOptions } from '../surroundings/options.ts'
import { readEnvironment } from '../surroundings/read-workspace.ts'

export const env = defineCommand({
  name: 'env',
  summary: t`Print a pod's variables, as its dev container gets them`,
  usage: '[OPTIONS] [NAMESPACE] [WORKLOAD]',
  description: [
    t`Prints what was copied when the workload was last attached, for docker run --env-file (dotenv), to source (sh), as JSON, or as a Compose file to merge with another (compose).`,
    t`Values are hidden unless --reveal is given.`,
    t`What a format cannot carry byte for byte, as a line break in dotenv, is left out and named.`,
  ].join('\n'),
  options: {
    ...placeOptions,
    output: {
      type: 'string',
      short: 'o',
      value: VARIABLE_FORMATS.join('|'),
      summary: t`Format of the variables (default "dotenv")`,
    },
    reveal: { type: 'boolean', summary: t`Show the values` },
  },
  positionals: 2,
  async run({ values, positionals }, edges) {
    checkNames(positionals)
    isJson(values.format)
    const output = oneOf(values.output ?? 'dotenv', VARIABLE_FORMATS, 'output')
    const environment = readEnvironment(values, edges)
    const [namespace, workload] = await chooseCopy(positionals, environment, edges)
    const copied = readCopy(environment, namespace, workload, edges)
    const leftOut = [...leftOutOf(output, copied)]
    const variables = { ...(values.reveal === true ? copied : masked(copied)) }
    edges.emit({ type: 'variables', namespace, workload, output, variables, leftOut })
    if (leftOut.length > 0)
      edges.emit({
        type: 'remark',
        message: t`Left out, as ${output} cannot carry it: ${leftOut.join(', ')}.`,
      })
    if (values.reveal !== true)
      edges.emit({ type: 'remark', message: t`The values are hidden; --reveal shows them.` })
    edges.emit({ type: 'result', exitCode: 0 })
    return 0
  },
})

/** Which copy is meant; what is not typed is asked for among those that there are. */
async function chooseCopy(
  [typedNamespace, typedWorkload]: readonly string[],
  environment: Environment,
  { files, prompts }: Edges,
): Promise<readonly [string, string]> {
  const directories = directoriesOf(environment)
  const ask = async (what: 'namespace' | 'workload', names: readonly string[]): Promise<string> => {
    if (names.length === 0)
      throw new KdeTpError('VARIABLES_MISSING', t`No variables have been copied here.`, { hint: HINT })
    if (!prompts.available) throw whatIsMissing(what, names)
    return prompts.choose(
      what === 'namespace' ? t`Namespace:` : t`Workload:`,
      names.map(value => ({ value })),
    )
  }
  const namespace =
    typedNamespace ?? (await ask('namespace', files.listDirectories(directories.environmentCopies)))
  const copies = files.listFiles(directories.environmentFiles(namespace))
  const workloads = copies.filter(name => name.endsWith('.env')).map(name => name.slice(0, -'.env'.length))
  return [namespace, typedWorkload ?? (await ask('workload', workloads))]
}

const whatIsMissing = (what: 'namespace' | 'workload', names: readonly string[]): KdeTpError =>
  what === 'namespace'
    ? usage(t`The namespace is missing: one of ${names.join(', ')}.`)
    : usage(t`The workload is missing: one of ${names.join(', ')}.`)

const HINT = t`Attach the workload, which copies them; "clear" has removed them since, or nobody has attached it.`

/** Throws VARIABLES_MISSING. */
function readCopy(
  environment: Environment,
  namespace: string,
  workload: string,
  { files }: Edges,
): Readonly<Record<string, string>> {
  const text = files.readText(`${directoriesOf(environment).environmentFiles(namespace)}/${workload}.env`)
  if (text !== undefined) return parseEnvironmentFile(text)
  throw new KdeTpError('VARIABLES_MISSING', t`The variables of "${workload}" in ${namespace} are not here.`, {
    hint: HINT,
  })
}
