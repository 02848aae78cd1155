import { dirname, join } from 'node:path'
import { t } from '../../language/t.ts'
import { SHIM, SHIM_SCRIPT } from '../shim/shim.ts'
import { type Computer, type Directory, type Owner, PROGRAM, type SearchPath } from './computer.ts'

/** One file to make or to remove. Kinds are named after what makes them. */
export interface FileStep {
  readonly kind: 'copy-program' | 'link-to-plugin' | 'write-shim' | 'link-to-shim' | 'remove'
  readonly path: string
  readonly because: string
}

/** What a step does at its path, as a person reads it. */
export const told: Readonly<Record<FileStep['kind'], string>> = {
  'copy-program': t`copy the program`,
  'link-to-plugin': t`link to the plugin`,
  'write-shim': t`write the shim`,
  'link-to-shim': t`link to the shim`,
  remove: t`remove`,
}

/** Where the spellings come from; undefined where no directory is fit for it. */
export interface Places {
  readonly kdeTp: Directory | undefined
  readonly shim: Directory | undefined
}

export function choosePlaces({ directories, searchPaths }: Computer): Places {
  const onEach = (isFit: (searchPath: SearchPath) => boolean) => searchPaths.every(isFit)
  return {
    kdeTp: directories.find(
      ({ path, isWritable, kdeTp }) =>
        canTake(isWritable, kdeTp) && onEach(searchPath => searchPath.directories.includes(path)),
    ),
    shim: directories.find(
      ({ path, isWritable, docker }) =>
        canTake(isWritable, docker) && onEach(searchPath => standsAhead(path, searchPath)),
    ),
  }
}

/** A directory that cannot be written will do where root's setup has been there. */
const canTake = (isWritable: boolean, owner: Owner): boolean =>
  isWritable ? owner !== 'other' : owner === 'setup' || owner === 'program'

export function planInstallation(computer: Computer): readonly FileStep[] {
  const { plugin, pluginFile, directories } = computer
  const { kdeTp, shim } = choosePlaces(computer)
  return [
    ...(plugin === 'program'
      ? []
      : [step('copy-program', pluginFile, t`docker looks for its plugins there`)]),
    ...(kdeTp?.isWritable && kdeTp.kdeTp !== 'program' ? [linkToPlugin(kdeTp)] : []),
    ...(shim?.isWritable ? shimSteps(shim) : []),
    ...directories.flatMap(directory => removals(directory, directory !== shim, directory !== kdeTp)),
  ]
}

export const planRemoval = ({ plugin, pluginFile, directories }: Computer): readonly FileStep[] => [
  ...directories.flatMap(directory => removals(directory, true, true)),
  ...(plugin === 'setup' || plugin === 'program' ? [step('remove', pluginFile, MADE_BY_SETUP)] : []),
]

const MADE_BY_SETUP = t`"kde-tp setup" made it`

const step = (kind: FileStep['kind'], path: string, because: string): FileStep => ({ kind, path, because })

const linkToPlugin = ({ path }: Directory): FileStep =>
  step('link-to-plugin', join(path, PROGRAM), t`it is on PATH`)

const shimSteps = ({ path }: Directory): readonly FileStep[] => [
  step('write-shim', join(path, SHIM_SCRIPT), t`"docker kde-tp" takes it`),
  step('link-to-shim', join(path, SHIM), t`it stands ahead of docker on PATH`),
]

function removals(directory: Directory, shim: boolean, kdeTp: boolean): readonly FileStep[] {
  if (!directory.isWritable) return []
  const names = [
    ...(shim && directory.docker === 'setup' ? [SHIM] : []),
    ...(shim && directory.hasShimScript ? [SHIM_SCRIPT] : []),
    ...(kdeTp && directory.kdeTp === 'setup' ? [PROGRAM] : []),
  ]
  return names.map(name => step('remove', join(directory.path, name), MADE_BY_SETUP))
}

function standsAhead(directory: string, { directories, docker }: SearchPath): boolean {
  const at = directories.indexOf(directory)
  return at !== -1 && (docker === undefined || at < directories.indexOf(dirname(docker)))
}
