import { t } from '../../language/t.ts'
import { type Finding, ok, warning } from '../../session/finding.ts'
import type { Edges } from '../command.ts'
import { type Computer, observeComputer } from '../setup/computer.ts'
import { choosePlaces } from '../setup/plan.ts'

/** The plugin and the script that makes its hyphen work. */
export async function examineInstallation(edges: Edges): Promise<readonly Finding[]> {
  const { program } = edges.installation
  if (program === undefined) {
    const hint = t`Run scripts/install, which compiles it and runs setup.`
    return [warning(t`Plugin`, t`This is not the compiled program, which alone can be installed.`, hint)]
  }
  const computer = await observeComputer(edges, program)
  return [pluginFinding(computer), shimFinding(computer)]
}

function pluginFinding({ plugin, pluginFile }: Computer): Finding {
  if (plugin === 'setup' || plugin === 'program') return ok(t`Plugin`, t`"docker kdetp" is ${pluginFile}.`)
  return warning(t`Plugin`, t`There is no plugin of kde-tp at ${pluginFile}.`, t`Run: kde-tp setup`)
}

function shimFinding(computer: Computer): Finding {
  const { shim } = choosePlaces(computer)
  if (shim?.docker === 'setup') return ok(t`Spelling`, t`"docker kde-tp" works, by ${shim.path}/docker.`)
  const hint = t`Type "docker kdetp", or run: kde-tp setup`
  return warning(t`Spelling`, t`The spelling "docker kde-tp" is not set up here.`, hint)
}
