import { t } from '../../language/t.ts'
import { attachedWorkloads } from '../../session/attached.ts'
import { KdeTpError, usage } from '../../session/errors.ts'
import { containersOf, listContainers, projectOf } from '../../session/observed.ts'
import { chooseAttached } from '../attached/choose-attached.ts'
import { openShell } from '../attached/open-shell.ts'
import { defineCommand } from '../command.ts'
import { checkCommand, checkNames, isJson } from '../surroundings/check-typed.ts'
import { placeOptions } from '../surroundings/options.ts'
import { keyOf, readEnvironment } from '../surroundings/read-workspace.ts'

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
    const key = keyOf(readEnvironment(values, edges))
    const observed = await edges.docker(listContainers())
    const containers = containersOf(observed, key)
    const running = attachedWorkloads(containers).filter(({ isRunning }) => isRunning)
    const chosen = await chooseAttached(positionals, running, edges)
    if (chosen === undefined)
      throw new KdeTpError('NOT_ATTACHED', t`No dev container is running here.`, {
        hint: t`Start one with: docker kde-tp intercept`,
      })
    const place = { ...key, project: projectOf(observed, key) }
    const exitCode = await openShell({ attached: chosen, place, command, asJson }, edges)
    edges.emit({ type: 'result', exitCode, devContainer: chosen.devContainer })
    return exitCode
  },
})
