import { t } from '../../language/t.ts'
import { usage } from '../../session/errors.ts'
import { chooseRunning } from '../attached/choose-running.ts'
import { openShell } from '../attached/open-shell.ts'
import { defineCommand } from '../command.ts'
import { checkCommand, checkNames, isJson } from '../surroundings/check-typed.ts'
import { placeOptions } from '../surroundings/options.ts'

export const exec = defineCommand({
  name: 'exec',
  summary: t`Open another shell in a running dev container, or run a command there`,
  usage: '[OPTIONS] [NAMESPACE] [WORKLOAD] [-- COMMAND [ARG...]]',
  description: [
    t`Ends with the exit code of the shell or COMMAND.`,
    t`The dev container stays for as long as it is open, also where the command that started it ends first.`,
    t`What is not given is asked for where there is a terminal.`,
  ].join('\n'),
  options: placeOptions,
  positionals: 2,
  takesCommand: true,
  async run({ values, positionals, command }, edges) {
    checkNames(positionals)
    const asJson = isJson(values.format)
    if (asJson && command === undefined)
      throw usage(t`--format json has no terminal to give: it needs -- COMMAND.`)
    checkCommand(command)
    const chosen = await chooseRunning(positionals, values, edges)
    const exitCode = await openShell({ ...chosen, command, asJson }, edges)
    edges.emit({ type: 'result', exitCode, devContainer: chosen.attached.devContainer })
    return exitCode
  },
})
