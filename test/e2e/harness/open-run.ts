import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { kubectl } from './cluster.ts'
import { docker, removeAllOf } from './engine.ts'
import { RUN_LABEL } from './namespaces.ts'
import type { Account, Run } from './run.ts'

const ROOT = new URL('../../..', import.meta.url).pathname
const PLATFORM = `linux-${process.arch === 'arm64' ? 'arm64' : 'amd64'}`
const TESTER = 'kde-tp-tester-'
const DIRECTORY = 'kde-tp-test-'

/** Makes sure that program, runtime image and sandbox are there, and makes an ordinary person when root runs the tests. */
export async function openRun(): Promise<Run> {
  // Both do only what is missing. Without them what is there is tested as it is.
  if (process.env['KDE_TP_TEST_AS_IS'] === undefined) {
    await execa(join(ROOT, 'scripts/prepare'), { stdio: ['ignore', 2, 2] })
    await execa(join(ROOT, 'sandbox/up'), { stdio: ['ignore', 2, 2] })
  }
  await removeDeadRuns()
  const id = process.pid
  const directory = directoryOf(id)
  mkdirSync(join(directory, 'bin'), { recursive: true })
  placeProgram(join(directory, 'bin', 'kde-tp'))
  return { id, directory, tester: await makeTester(id) }
}

const directoryOf = (run: number): string => join(tmpdir(), `${DIRECTORY}${run}`)

/** A checkout of root's may lie where nobody else can look. */
function placeProgram(place: string): void {
  copyFileSync(join(ROOT, 'dist', PLATFORM, 'kde-tp'), place)
  chmodSync(place, 0o755)
}

/** In the group that may use the engine. */
async function makeTester(run: number): Promise<Account> {
  const { uid, gid, username } = userInfo()
  if (uid !== 0) return { name: username, userId: uid, groupId: gid }
  const name = `${TESTER}${run}`
  const dockerGroup = String(statSync('/var/run/docker.sock').gid)
  await execa('useradd', [
    '--no-create-home',
    '--user-group',
    '--groups',
    dockerGroup,
    '--shell',
    '/bin/bash',
    name,
  ])
  const { userId, groupId } = accounts().find(account => account.name === name) ?? { userId: 0, groupId: 0 }
  return { name, userId, groupId }
}

export async function closeRun(run: number): Promise<void> {
  await removeObjectsOf(run)
  await unmountBelow(directoryOf(run))
  rmSync(directoryOf(run), { recursive: true, force: true })
  // Waits: the next run's clients must not meet namespaces that go away (see takeNamespace).
  await kubectl(['delete', 'namespaces', '--selector', `${RUN_LABEL}=${run}`])
  // One whose processes still end is removed by the next run.
  if (isRoot()) await execa('userdel', [`${TESTER}${run}`], { reject: false })
}

/** What a test that was killed had mounted. */
async function unmountBelow(directory: string): Promise<void> {
  const paths = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map(line => line.split(' ')[4] ?? '')
  for (const path of paths.filter(path => path.startsWith(`${directory}/`)).toReversed())
    await execa('umount', ['--lazy', path], { reject: false })
}

/** A run that was killed has ended none of its sessions. */
async function removeObjectsOf(run: number): Promise<void> {
  const label = ['--filter', 'label=kde-tp.workspace', '--format', '{{.Label "kde-tp.workspace"}}']
  const workspaces = (await docker(['ps', '--all', ...label])).split('\n')
  const ours = workspaces.filter(path => path.startsWith(`${directoryOf(run)}/`))
  for (const path of new Set(ours)) await removeAllOf(path)
}

/** What runs that were killed have left. */
async function removeDeadRuns(): Promise<void> {
  const label = `{.items[*].metadata.labels.${RUN_LABEL}}`
  const namespaces = await kubectl([
    'get',
    'namespaces',
    '--selector',
    RUN_LABEL,
    '--output',
    `jsonpath=${label}`,
  ])
  const directories = readdirSync(tmpdir()).filter(name => name.startsWith(DIRECTORY))
  const testers = isRoot() ? accounts().filter(({ name }) => name.startsWith(TESTER)) : []
  const runs = [
    ...namespaces.split(' ').filter(run => run !== ''),
    ...directories.map(name => name.slice(DIRECTORY.length)),
    ...testers.map(({ name }) => name.slice(TESTER.length)),
  ].map(Number)
  for (const run of new Set(runs)) if (!isAlive(run)) await closeRun(run)
}

const accounts = (): readonly Account[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
    .map(([name = '', , userId, groupId]) => ({ name, userId: Number(userId), groupId: Number(groupId) }))

const isRoot = (): boolean => process.getuid?.() === 0

const isAlive = (pid: number): boolean => statSync(`/proc/${pid}`, { throwIfNoEntry: false }) !== undefined
