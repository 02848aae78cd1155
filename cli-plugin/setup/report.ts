import { join } from 'node:path'
import { t } from '../../language/t.ts'
import { SHIM } from '../shim/shim.ts'
import { type Computer, PROGRAM } from './computer.ts'
import { choosePlaces, type FileStep } from './plan.ts'

/** Which spellings work now, and where they come from. */
export function installed(computer: Computer): string {
  const { kdeTp, shim } = choosePlaces(computer)
  const docker = computer.searchPaths[0]?.docker
  const rows = [
    ['docker kdetp', computer.pluginFile],
    [
      'kde-tp',
      kdeTp === undefined ? t`not installed: no directory on PATH can be written` : join(kdeTp.path, PROGRAM),
    ],
    [
      'docker kde-tp',
      shim === undefined
        ? t`not installed: no directory ahead of ${docker} on PATH can be written`
        : t`${join(shim.path, SHIM)}, ahead of ${docker}`,
    ],
  ]
  const table = rows.map(([spelling, place]) => `${spelling?.padEnd(16)}${place}\n`).join('')
  return `${table}\n${shim === undefined ? WITHOUT_SHIM : WITH_SHIM}\n`
}

const WITH_SHIM = t`A shell that has already run docker finds the new one after "hash -r".`
const WITHOUT_SHIM = [
  t`Type "docker kdetp" wherever "docker kde-tp" is meant: it is the same.`,
  t`For the other spelling, let your login shell put a directory of your own (as ~/.local/bin) ahead of docker's on PATH, log in again, and run setup again.`,
].join('\n')

/** What is gone, and what stays. */
export function removed(steps: readonly FileStep[], { plugin, pluginFile, directories }: Computer): string {
  const others = [
    ...(plugin === 'other' ? [t`${pluginFile} stays: it is no plugin of kde-tp.`] : []),
    ...directories
      .filter(({ isWritable, docker, kdeTp }) => !isWritable && (docker === 'setup' || kdeTp === 'setup'))
      .map(({ path }) => t`What setup put into ${path} for everybody stays: root can remove it.`),
  ]
  const gone =
    steps.length === 0 ? [t`There was nothing to remove.`] : steps.map(({ path }) => t`removed ${path}`)
  return [...gone, ...others].map(line => `${line}\n`).join('')
}
