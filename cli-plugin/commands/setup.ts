import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'
import { defineCommand, type Edges } from '../command.ts'
import type { Installation } from '../edges/installation.ts'
import { carryOut, leaveDirectories } from '../setup/carry-out.ts'
import { type Computer, observeComputer, PLUGIN } from '../setup/computer.ts'
import { type FileStep, planInstallation, planRemoval, told } from '../setup/plan.ts'
import { installed, removed } from '../setup/report.ts'

export const setup = defineCommand({
  name: 'setup',
  summary: t`Make "docker kde-tp" work on this computer, or undo it`,
  usage: '[OPTIONS]',
  description: [
    t`Installs docker's plugin "kdetp", the program "kde-tp", and a small script named docker ahead of docker on PATH, which makes "docker kdetp" of "docker kde-tp" and passes everything else on as it is.`,
    t`Root installs for everybody, others for themselves.`,
  ].join('\n'),
  options: {
    remove: { type: 'boolean', summary: t`Remove all that setup made` },
    'dry-run': { type: 'boolean', summary: t`Print the plan and change nothing` },
  },
  async run({ values }, edges) {
    const computer = await observeComputer(edges, ownProgram(edges.installation))
    const steps = values.remove ? planRemoval(computer) : planInstallation(computer)
    if (!values.remove) assertPossible(computer)
    if (values['dry-run']) return printPlan(steps, edges)
    carryOut(steps, computer, edges.installation)
    if (values.remove) leaveDirectories(computer, edges.installation)
    edges.print(values.remove ? removed(steps, computer) : installed(computer))
    return 0
  },
})

function ownProgram({ program, platform }: Installation): string {
  if (platform === 'win32') {
    throw new KdeTpError('SETUP_FAILED', t`Setup does not know Windows.`, {
      hint: t`Copy this program to %USERPROFILE%\\.docker\\cli-plugins\\${PLUGIN}.exe; then "docker kdetp" works.`,
    })
  }
  if (program === undefined) {
    throw new KdeTpError(
      'SETUP_FAILED',
      t`Only the compiled program can be installed, and this one runs on Node.`,
      {
        hint: t`Run scripts/install, which compiles it.`,
      },
    )
  }
  return program
}

function assertPossible({ plugin, pluginFile, searchPaths }: Computer): void {
  if (plugin === 'other') {
    throw new KdeTpError('SETUP_FAILED', t`${pluginFile} is there, and it is no plugin of kde-tp.`, {
      hint: t`Move that file away, then run setup again.`,
    })
  }
  if (searchPaths[0]?.docker === undefined) {
    throw new KdeTpError('TOOL_MISSING', t`Could not find "docker" on PATH.`, {
      hint: t`Install Docker, or add its folder to PATH; then run setup again.`,
    })
  }
}

function printPlan(steps: readonly FileStep[], { emit }: Edges): number {
  emit({
    type: 'plan',
    steps: steps.map(({ kind, path, because }) => ({ name: `${told[kind]}: ${path}`, because })),
  })
  return 0
}
