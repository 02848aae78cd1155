import { dirname } from 'node:path'
import { t } from '../../language/t.ts'
import { KdeTpError } from '../../session/errors.ts'
import type { Installation } from '../edges/installation.ts'
import { SHIM_SCRIPT, shimScript } from '../shim/shim.ts'
import type { Computer } from './computer.ts'
import { type FileStep, told } from './plan.ts'

/** Makes and removes files. Every decision is in the steps. */
export function carryOut(steps: readonly FileStep[], computer: Computer, installation: Installation): void {
  const done: string[] = []
  for (const step of steps) {
    try {
      carryOutOne(step, computer, installation)
    } catch (cause) {
      throw new KdeTpError('SETUP_FAILED', t`Could not ${told[step.kind]} at ${step.path}.`, {
        cause,
        detail: cause instanceof Error ? cause.message : String(cause),
        hint: t`Make ${dirname(step.path)} yours to write, or run setup as root; then run it again.`,
        left: done.length === 0 ? t`Nothing was changed.` : t`Changed before that: ${done.join(', ')}.`,
      })
    }
    done.push(step.path)
  }
}

function carryOutOne({ kind, path }: FileStep, computer: Computer, installation: Installation): void {
  const acts: Readonly<Record<FileStep['kind'], () => void>> = {
    'copy-program': () => installation.copy(computer.program, path),
    'link-to-plugin': () => installation.link(computer.pluginFile, path),
    'write-shim': () => installation.write(shimScript, path),
    'link-to-shim': () => installation.link(SHIM_SCRIPT, path),
    remove: () => installation.remove(path),
  }
  acts[kind]()
}

/** Removes the directories that setup made, as far as nothing else is in them. */
export function leaveDirectories({ pluginFile, directories }: Computer, { leave }: Installation): void {
  for (const path of [dirname(pluginFile), ...directories.map(directory => directory.path)]) leave(path)
}
