import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { desktopHome } from '../../docker-extension/home/desktop-home.ts'
import { KILLED } from '../../docker-extension/home/home.ts'
import { SessionEvent } from '../../session/events.ts'
import { type DesktopTab, openDesktop, writeProgram } from '../fakes/desktop.ts'

const MAIN = join(import.meta.dirname, '../../cli-plugin/main.ts')
/** This very program, as the extension brings it along. */
const OURS = { 'kde-tp': `exec '${process.execPath}' '${MAIN}' "$@"` }

/** Lengths that have nothing to do with lines or letters. */
const unevenly = () => {
  let length = 0
  return () => {
    length = (length + 7) % 13
    return length + 1
  }
}

function tabWith(binaries: Readonly<Record<string, string>>, pieces = unevenly()) {
  const tab = openDesktop({ binaries, pieces })
  const [out, err]: [string[], string[]] = [[], []]
  const run = (words: readonly string[], end?: AbortSignal): Promise<number> =>
    desktopHome(tab.client).run(
      words,
      { out: line => void out.push(line), err: line => void err.push(line) },
      end,
    )
  return { tab, out, err, run }
}

/** Docker, where its installer puts it for one person: in no directory that a graphical session searches. */
function installDocker({ home }: DesktopTab, script: string): void {
  mkdirSync(join(home, '.docker/bin'), { recursive: true })
  writeProgram(join(home, '.docker/bin/docker'), script)
}

const eventsOf = (lines: readonly string[]) => lines.map(line => SessionEvent.parse(JSON.parse(line)))

test('words arrive as they are: no shell takes them apart', async ({ expect }) => {
  const { run, out } = tabWith({ 'kde-tp': 'for word in "$@"; do echo "<$word>"; done' })
  expect(await run(['env', '$(id); "a b" * \\', '', "it's", '網路'])).toBe(0)
  expect(out).toEqual(['<env>', '<$(id); "a b" * \\>', '<>', "<it's>", '<網路>'])
})

test('our program’s events are whole where Desktop cuts lines and letters anywhere', async ({ expect }) => {
  const { run, out } = tabWith(OURS, () => 1)
  expect(await run(['--lang', 'zh-TW', 'list', '--nonsense', '--format', 'json'])).toBe(2)
  const [error] = eventsOf(out)
  expect(error).toMatchObject({ type: 'error', code: 'OPTION_UNKNOWN' })
  expect(error?.type === 'error' && error.message).toMatch(/[一-鿿]/)
  expect(JSON.stringify(error)).not.toContain('\ufffd')
})

test('a line as long as the workloads of a large namespace comes whole', async ({ expect }) => {
  const { run, out } = tabWith(
    { 'kde-tp': `head -c 400000 /dev/zero | tr '\\0' x; echo; echo end` },
    () => 4096,
  )
  expect(await run(['list'])).toBe(0)
  expect(out).toEqual(['x'.repeat(400_000), 'end'])
})

test('docker is found though a graphical session searches few directories', async ({ expect }) => {
  const { tab, run, out } = tabWith(OURS)
  installDocker(tab, 'exit 0')
  expect(await run(['status', '--format', 'json']), out.join('\n')).toBe(0)
  expect(eventsOf(out)).toEqual([
    { type: 'status', environments: [] },
    { type: 'result', exitCode: 0 },
  ])
})

test('what a tab has started ends with it, and with what that has started', async ({ expect }) => {
  const { tab, run } = tabWith(OURS)
  const pidFile = join(tab.home, 'pid')
  installDocker(tab, `[ "$1" != events ] || { echo $$ > '${pidFile}'; exec sleep 1000; }`)
  void run(['events', '--format', 'json'])
  await expect
    .poll(() => (existsSync(pidFile) ? readFileSync(pidFile, 'utf8') : ''), { timeout: 20_000 })
    .toMatch(/\d/)
  expect(tab.children.size).toBe(1)
  tab.leave()
  await expect.poll(() => tab.children.size, { timeout: 10_000 }).toBe(0)
  const child = `/proc/${readFileSync(pidFile, 'utf8').trim()}`
  await expect.poll(() => existsSync(child), { timeout: 10_000 }).toBe(false)
})

test('what the page ends is over at once, asked to end in order, and says nothing more', async ({
  expect,
}) => {
  const farewell = 'trap "echo late; touch $HOME/farewell; exit 0" TERM; echo up; while :; do sleep 0.1; done'
  const { tab, run, out } = tabWith({ 'kde-tp': farewell })
  const end = new AbortController()
  const done = run(['logs'], end.signal)
  await expect.poll(() => out).toEqual(['up'])
  end.abort()
  expect(await done).toBe(KILLED)
  await expect.poll(() => existsSync(join(tab.home, 'farewell'))).toBe(true)
  await expect.poll(() => tab.children.size).toBe(0)
  expect(out).toEqual(['up'])
})

test('exit codes arrive, and a program that is not there is an end too', async ({ expect }) => {
  const { run, err } = tabWith({ 'kde-tp': 'echo oh >&2; exit 7' })
  expect(await run(['status'])).toBe(7)
  expect(err).toEqual(['oh'])
  const without = tabWith({})
  expect(await without.run(['status'])).toBe(127)
  expect(without.err[0]).toContain('ENOENT')
})
