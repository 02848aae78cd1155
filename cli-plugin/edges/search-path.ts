import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/** Where docker is, and what kubeconfigs call for a credential. */
const USUAL = [
  '/usr/local/bin',
  '/opt/homebrew/bin',
  '/Applications/Docker.app/Contents/Resources/bin',
  '/snap/bin',
]
const AT_HOME = ['.docker/bin', 'google-cloud-sdk/bin']

/**
 * What a graphical session starts, as Docker Desktop does, searches few directories: on macOS `/usr/bin:/bin:/usr/sbin:/sbin`.
 * Where docker is in none of them the usual ones are searched after them, also by all that we start. Changes `environment`.
 */
export function searchMore(environment: Record<string, string | undefined>): void {
  const { PATH = '' } = environment
  if (process.platform === 'win32' || isIn(PATH, 'docker')) return
  const home = environment['HOME'] ?? homedir()
  const more = [...AT_HOME.map(path => join(home, path)), ...USUAL].filter(existsSync)
  environment['PATH'] = [PATH, ...more].filter(path => path !== '').join(delimiter)
}

const isIn = (path: string, program: string): boolean =>
  path.split(delimiter).some(directory => existsSync(join(directory, program)))
