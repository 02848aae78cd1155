import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { ask, INDEX, visit } from '../fakes/served-page.ts'
import { runWords, startRun } from '../fakes/web-run.ts'

/** A computer with these programs besides its own, and the program as it is written here. */
function computer(programs: Readonly<Record<string, string>> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'kde-tp-ui-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const bin = join(directory, 'bin')
  mkdirSync(bin)
  mkdirSync(join(directory, 'page'))
  writeFileSync(join(directory, 'page/index.html'), INDEX)
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  const main = join(import.meta.dirname, '../../cli-plugin/main.ts')
  const env = { PATH: `${bin}:/usr/bin:/bin`, KDE_TP_PAGE: join(directory, 'page'), TRIAL: directory }
  const start = (words: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const started = execa(process.execPath, [main, 'ui', ...words], {
      ...{ reject: false, cwd: directory, extendEnv: false, env: { ...env, ...more } },
    })
    onTestFinished(() => void started.kill('SIGKILL'))
    return started
  }
  return { directory, start, fileText: (name: string) => read(join(directory, name)) }
}

const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8').trim() : '')

type Started = ReturnType<ReturnType<typeof computer>['start']>

async function urlOf({ stdout }: Started): Promise<string> {
  const [line] = (await once(stdout, 'data')) as [Buffer]
  return String(line).trim()
}

/** A docker that answers nothing, and says which process it is. */
const SILENT = { docker: 'echo $$ >> $TRIAL/docker.pids; exec sleep 1000' }

/** Those of the server, which reads the status for whoever will open the page, and of the page. */
async function bothOf({ fileText }: ReturnType<typeof computer>): Promise<readonly string[]> {
  const pids = () => fileText('docker.pids')
  await expect.poll(pids, { timeout: 20_000 }).toMatch(/^\d+\n\d+$/)
  return pids().split('\n')
}

const isThere = (pid: string | undefined): boolean => existsSync(`/proc/${pid}`)

test('it prints the address alone on standard output, and serves the page there until it is ended', async ({
  expect,
}) => {
  const { start } = computer()
  for (const [signal, exitCode] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    const started = start(['--no-open'])
    const url = await urlOf(started)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)
    const { origin, base, cookie } = await visit({ url })
    expect((await ask(`${origin}${base}`, { headers: { cookie } })).body).toContain('<title>kde-tp</title>')
    started.kill(signal)
    const ended = await started
    expect(ended).toMatchObject({ exitCode, stdout: url })
    expect(ended.stderr).toContain('opens it once')
    await expect(ask(url)).rejects.toThrow('ECONNREFUSED')
  }
})

test('the page runs this very program, and what runs ends with the server', async ({ expect }) => {
  const trial = computer(SILENT)
  const started = trial.start(['--no-open'])
  const place = await visit({ url: await urlOf(started) })
  expect(await runWords(place, '--version')).toEqual([{ out: 'kde-tp version 0.0.0' }, { exit: 0 }])
  const refused = await runWords(place, 'list', '--nonsense', '--format', 'json')
  expect(JSON.stringify(refused)).toContain('OPTION_UNKNOWN')
  expect(refused.at(-1)).toEqual({ exit: 2 })
  const silent = startRun(place, { words: ['status', '--format', 'json'] })
  const pids = await bothOf(trial)
  started.kill('SIGTERM')
  expect((await started).exitCode).toBe(143)
  await silent.closed
  expect(silent.told.at(-1)).toEqual({ exit: 143 })
  expect(pids.filter(isThere)).toEqual([])
})

test('what runs does not outlive a server that is killed', async ({ expect }) => {
  const trial = computer(SILENT)
  const started = trial.start(['--no-open'])
  const place = await visit({ url: await urlOf(started) })
  startRun(place, { words: ['status'] })
  const dockers = await bothOf(trial)
  const programs = dockers.map(pid => /PPid:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1])
  started.kill('SIGKILL')
  await expect.poll(() => [...programs, ...dockers].filter(isThere), { timeout: 10_000 }).toEqual([])
})

test('a second request ends it at once', async ({ expect }) => {
  const trial = computer({ docker: 'trap "" TERM INT; echo $$ >> $TRIAL/docker.pids; exec sleep 8' })
  const started = trial.start(['--no-open'])
  const place = await visit({ url: await urlOf(started) })
  startRun(place, { words: ['status'] })
  await bothOf(trial)
  const begun = Date.now()
  started.kill('SIGINT')
  await new Promise(resolve => setTimeout(resolve, 200))
  started.kill('SIGINT')
  expect((await started).exitCode).toBe(130)
  expect(Date.now() - begun).toBeLessThan(4000)
})

test('the browser is opened where there is a screen, and whatever becomes of it', async ({ expect }) => {
  const { start, fileText } = computer({ 'xdg-open': 'echo "$1" >> $TRIAL/opened; exit 3' })
  const started = start([], { DISPLAY: ':0' })
  const url = await urlOf(started)
  await expect.poll(() => fileText('opened'), { timeout: 20_000 }).toBe(url)
  expect((await visit({ url })).base).not.toBe('')
  started.kill('SIGTERM')
  for (const [words, more] of [
    [['--no-open'], { DISPLAY: ':0' }],
    [[], {}],
  ] as const) {
    const other = start(words, more)
    const { origin } = new URL(await urlOf(other))
    expect((await ask(`${origin}/`)).status).toBe(403)
    other.kill('SIGTERM')
    await other
  }
  expect(fileText('opened')).toBe(url)
})

test('without xdg-open it is the same', async ({ expect }) => {
  const { start, directory } = computer()
  const started = start([], { DISPLAY: ':0', PATH: join(directory, 'bin') })
  expect((await visit({ url: await urlOf(started) })).base).not.toBe('')
  started.kill('SIGTERM')
  expect((await started).exitCode).toBe(143)
})

test('it takes the port that is wished, and says where it is not free', async ({ expect }) => {
  const { start } = computer()
  const first = start(['--no-open'])
  const { port } = new URL(await urlOf(first))
  expect(await start(['--no-open', '--port', port])).toMatchObject({
    ...{ exitCode: 7, stdout: '' },
    stderr: expect.stringContaining('PORT_TAKEN'),
  })
  first.kill('SIGTERM')
  await first
  const second = start(['--no-open', '--port', port])
  expect(new URL(await urlOf(second)).port).toBe(port)
})

test('without a built page it says so, and serves nothing', async ({ expect }) => {
  const { start, directory } = computer()
  const ended = await start(['--no-open'], { KDE_TP_PAGE: join(directory, 'bin') })
  expect(ended).toMatchObject({ exitCode: 4, stdout: '' })
  expect(ended.stderr).toContain('npm run build')
})
