import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import type { TestProject } from 'vitest/node'
import type { Account } from './harness/run.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const PLATFORM = `linux-${process.arch === 'arm64' ? 'arm64' : 'amd64'}`
const TESTER = 'kde-tp-tester'

/** Makes sure that program, runtime image and sandbox are there, and makes an ordinary person when root runs the tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Both do only what is missing. Without them what is there is tested as it is.
  if (process.env['KDE_TP_TEST_AS_IS'] === undefined) {
    await execa(join(ROOT, 'scripts/prepare'), { stdio: 'inherit' })
    await execa(join(ROOT, 'sandbox/up'), { stdio: 'inherit' })
  }
  const directory = mkdtempSync(join(tmpdir(), 'kde-tp-test-'))
  chmodSync(directory, 0o755)
  placeProgram(directory)
  await removeTestersOfDeadRuns()
  const tester = await makeTester()
  project.provide('run', { directory, tester })
  return async () => {
    rmSync(directory, { recursive: true, force: true })
    if (tester.name.startsWith(TESTER)) await removeAccount(tester.name)
  }
}

/** A checkout of root's may lie where nobody else can look. */
function placeProgram(directory: string): void {
  mkdirSync(join(directory, 'bin'))
  const place = join(directory, 'bin', 'kde-tp')
  copyFileSync(join(ROOT, 'dist', PLATFORM, 'kde-tp'), place)
  chmodSync(place, 0o755)
}

/** In the group that may use the engine. Its name tells the run that it belongs to: others may run at the same time. */
async function makeTester(): Promise<Account> {
  const { uid, gid, username } = userInfo()
  if (uid !== 0) return { name: username, userId: uid, groupId: gid }
  const name = `${TESTER}-${process.pid}`
  const dockerGroup = String(statSync('/var/run/docker.sock').gid)
  await execa('useradd', [
    '--no-create-home',
    '--shell',
    '/bin/bash',
    '--groups',
    dockerGroup,
    '--user-group',
    name,
  ])
  const { userId, groupId } = accounts().find(account => account.name === name) ?? { userId: 0, groupId: 0 }
  return { name, userId, groupId }
}

async function removeTestersOfDeadRuns(): Promise<void> {
  if (process.getuid?.() !== 0) return
  const dead = accounts().filter(
    ({ name }) => name.startsWith(`${TESTER}-`) && !isAlive(Number(name.split('-').at(-1))),
  )
  for (const { name } of dead) await removeAccount(name)
}

/** One whose processes still end is removed by the next run. */
const removeAccount = (name: string): Promise<unknown> => execa('userdel', [name], { reject: false })

const accounts = (): readonly Account[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
    .map(([name = '', , userId, groupId]) => ({ name, userId: Number(userId), groupId: Number(groupId) }))

const isAlive = (pid: number): boolean => statSync(`/proc/${pid}`, { throwIfNoEntry: false }) !== undefined
