import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { theRun } from './run.ts'

/** As docker finds it, for one person. */
export function installPlugin(home: string): void {
  const directory = join(home, '.docker/cli-plugins')
  mkdirSync(directory, { recursive: true })
  rmSync(join(directory, 'docker-kdetp'), { force: true })
  symlinkSync(join(theRun().directory, 'bin/kde-tp'), join(directory, 'docker-kdetp'))
}
