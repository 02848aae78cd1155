import { chmod, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { SESSION_PATHS } from '../../compose/session.ts'
import type { ToolOutput } from '../../session/tool-command.ts'
import { runProgram } from '../edges/program.ts'
import { findDaemon } from './daemon.ts'
import { PRIVATE_KUBECONFIG } from './private-kubeconfig.ts'

const TELEPRESENCE = '/usr/local/lib/kde-tp/telepresence'
const LOCK = '/run/kde-tp/telepresence.lock'
const CONFIG_DIRECTORY = '/root/.config/telepresence'

export interface Connection {
  readonly namespace: string
  readonly managerNamespace: string
  readonly alsoProxy: readonly string[]
}

const CONFIG = {
  // Telepresence's own usage reports go to a server of its makers; ours must not.
  usage: { enabled: false },
  logLevels: { userDaemon: 'info', rootDaemon: 'info' },
  // A pod that is replaced on a busy cluster may take longer than the default of half a minute.
  timeouts: { intercept: '45s' },
  // What shows activity is of no use until it is passed on: docs/decisions/0024.
  grpc: { pingInterval: '10s' },
}

/**
 * Gives Telepresence a home: settings, and the environment's log directory, where logs outlive the container.
 *
 * With /.dockerenv, the daemon takes itself for the one of `connect --docker` and keeps another file fresh than the CLI
 * reads; six seconds later each call would start a second daemon. Without it Telepresence works as on a host.
 */
export async function prepareHome(namespace: string): Promise<void> {
  await rm('/.dockerenv', { force: true })
  await mkdir('/run/kde-tp', { recursive: true })
  await mkdir(CONFIG_DIRECTORY, { recursive: true })
  await writeFile(`${CONFIG_DIRECTORY}/config.yml`, JSON.stringify(CONFIG))
  const logs = `${SESSION_PATHS.logs}/${namespace}`
  await rm(`${SESSION_PATHS.cache}/logs`, { recursive: true, force: true })
  await symlink(logs, `${SESSION_PATHS.cache}/logs`)
}

/** Telepresence's logs are root's alone; the person reads them through their group. What they have made theirs stays so. */
async function shareLogs(namespace: string): Promise<void> {
  const logs = `${SESSION_PATHS.logs}/${namespace}`
  for (const name of await readdir(logs)) await chmod(`${logs}/${name}`, 0o640).catch(() => undefined)
}

/** Connects under the lock that the `telepresence` of this container shares. Returns what went wrong, if anything did. */
export async function connect({
  namespace,
  managerNamespace,
  alsoProxy,
}: Connection): Promise<string | undefined> {
  await removeDeadDaemonsFiles()
  const output = await locked([
    ...['connect', '--namespace', namespace, '--manager-namespace', managerNamespace],
    ...alsoProxy.flatMap(cidr => ['--also-proxy', cidr]),
    ...['--progress', 'quiet'],
  ])
  await shareLogs(namespace)
  if (output.exitCode === 0) return undefined
  return (
    (output.stderr || output.stdout).trim() || `telepresence connect ended with exit code ${output.exitCode}`
  )
}

/** In less time than `docker stop` gives a session. */
export const quit = (): Promise<ToolOutput> => locked(['quit', '--stop-daemons', '--progress', 'quiet'], 20)

const locked = (args: readonly string[], timeoutSeconds = 90) =>
  // Somebody's long call, as `telepresence list --watch`, must not keep the session from reconnecting.
  runProgram(
    'bash',
    ['-c', 'exec 9> "$0"; flock --timeout 5 9; exec "$@" 9>&-', LOCK, TELEPRESENCE, ...args],
    {
      environment: { KUBECONFIG: PRIVATE_KUBECONFIG, SCOUT_DISABLE: '1' },
      timeoutSeconds,
    },
  )

/** The file of a daemon that was killed counts as a living daemon's for six seconds, in which `connect` fails. */
async function removeDeadDaemonsFiles(): Promise<void> {
  if (findDaemon() !== undefined) return
  const directory = `${SESSION_PATHS.cache}/userd`
  const names = await readdir(directory).catch(() => [])
  for (const name of names.filter(name => name.endsWith('.json')))
    await rm(`${directory}/${name}`, { force: true })
}
