import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, test } from 'vitest'
import { visibleCommands } from '../../cli-plugin/commands.ts'
import { createOwnProgram } from '../../cli-plugin/edges/own-program.ts'
import { RUNNABLE } from '../../cli-plugin/ui/run.ts'
import { served, visit } from '../fakes/served-page.ts'
import { runWords, startRun, type WebRun } from '../fakes/web-run.ts'

/** A program of ours that does this. Its words are in `words`. */
const program = (script: string, dockerOptions: readonly string[] = []) =>
  createOwnProgram(dockerOptions, [
    process.execPath,
    '-e',
    `const words = process.argv.slice(1); ${script}`,
    '--',
  ])

const pageWith = async (script: string, dockerOptions: readonly string[] = []) =>
  visit(await served({ ownProgram: program(script, dockerOptions) }))

test('the program is run with these very words, and its output comes line by line', async ({ expect }) => {
  const script = `console.log(JSON.stringify(words)); console.error('a warning'); process.stdout.write('no end'); process.exitCode = 7`
  const page = await pageWith(script, ['--context', 'x'])
  const lines = await runWords(page, '--lang', 'en', 'list', '$(id); "a b" * \\', '', '多字')
  expect(lines).toHaveLength(4)
  expect(lines).toContainEqual({
    out: JSON.stringify(['--context', 'x', 'kdetp', '--lang', 'en', 'list', '$(id); "a b" * \\', '', '多字']),
  })
  expect(lines).toContainEqual({ err: 'a warning' })
  expect(lines).toContainEqual({ out: 'no end' })
  expect(lines.at(-1)).toEqual({ exit: 7 })
})

test('it has the directory and environment of the server, and nothing to read', async ({ expect }) => {
  const script = `process.stdin.on('data', () => 0).on('end', () => console.log(process.cwd(), process.env.KDE_TP_TRIAL, process.env.DOCKER_CLI_PLUGIN_SOCKET))`
  process.env['KDE_TP_TRIAL'] = 'passed on'
  onTestFinished(() => void delete process.env['KDE_TP_TRIAL'])
  expect(await runWords(await pageWith(script), 'status')).toEqual([
    { out: expect.stringMatching(new RegExp(`^${process.cwd()} passed on @kde_tp_[0-9a-f]{32}$`)) },
    { exit: 0 },
  ])
})

test('100,000 lines arrive whole and in order, whatever they hold', async ({ expect }) => {
  const page = await pageWith(`for (let i = 0; i < 100000; i += 1) process.stdout.write(i + ' 網路 "x"\\n')`)
  const expected = Array.from({ length: 100_000 }, (_, index) => ({ out: `${index} 網路 "x"` }))
  expect(await runWords(page, 'logs')).toEqual([...expected, { exit: 0 }])
})

test('a program that writes faster than the page reads waits for it', async ({ expect }) => {
  const script = `let n = 0; const more = () => { while (process.stdout.write('x'.repeat(999) + '\\n')) n += 1; process.stderr.write(n + '\\n'); process.stdout.once('drain', more) }; more()`
  const run = startRun(await pageWith(script), { words: ['logs'] })
  await run.first
  run.socket.pause()
  const lines = () => run.told.length
  let before = -1
  // What was under way comes to its end.
  await expect
    .poll(() => {
      const isStill = before === lines()
      before = lines()
      return isStill
    })
    .toBe(true)
  run.socket.resume()
  await expect.poll(lines).toBeGreaterThan(before)
  run.socket.terminate()
})

test('a line is there before the program has ended', async ({ expect }) => {
  const page = await pageWith(`console.log('first'); setInterval(() => 0, 1000)`)
  const run = startRun(page, { words: ['status', '--watch'] })
  expect(await run.first).toEqual({ out: 'first' })
})

test('as many runs go on at once as a page with several tabs may want', async ({ expect }) => {
  const page = await pageWith(`console.log('first'); setInterval(() => 0, 1000)`)
  const runs = Array.from({ length: 12 }, () => startRun(page, { words: ['events'] }))
  expect(await Promise.all(runs.map(({ first }) => first))).toEqual(runs.map(() => ({ out: 'first' })))
})

const pidOf = async ({ first }: WebRun): Promise<number> =>
  Number(((await first) as { readonly out: string }).out)

test.for([
  ['closes it', ({ socket }: WebRun) => socket.close()],
  ['is gone without a word', ({ socket }: WebRun) => socket.terminate()],
] as const)(
  'whoever %s ends the program with SIGTERM, and it may end in order',
  async ([, leave], { expect }) => {
    const directory = mkdtempSync(join(tmpdir(), 'kde-tp-ui-'))
    onTestFinished(() => rmSync(directory, { recursive: true }))
    const farewell = join(directory, 'farewell')
    const script = `process.on('SIGTERM', () => { console.log('x'.repeat(1e6)); setTimeout(() => { require('fs').writeFileSync(${JSON.stringify(farewell)}, 'in order'); process.exit(0) }, 300) }); console.log(process.pid); setInterval(() => 0, 1000)`
    const run = startRun(await pageWith(script), { words: ['events'] })
    const pid = await pidOf(run)
    expect(isThere(pid)).toBe(true)
    leave(run)
    await expect.poll(() => isThere(pid), { timeout: 10_000 }).toBe(false)
    expect(existsSync(farewell) && readFileSync(farewell, 'utf8')).toBe('in order')
  },
)

test('the end of the server ends what runs, and the page hears how', async ({ expect }) => {
  const script = `process.on('SIGTERM', () => process.exit(143)); console.log(process.pid); setInterval(() => 0, 1000)`
  const it = await served({ ownProgram: program(script) })
  const page = await visit(it)
  const silent = startRun(page, { words: ['events'] })
  const pid = await pidOf(silent)
  await it.close()
  expect(await silent.closed).toBe(1000)
  expect(silent.told.at(-1)).toEqual({ exit: 143 })
  expect(isThere(pid)).toBe(false)
  await expect(runWords(page, 'status')).rejects.toThrow('ECONNREFUSED')
})

test('a program that does not start ends as in a shell', async ({ expect }) => {
  const page = await visit(await served({ ownProgram: createOwnProgram([], ['/nowhere/kde-tp']) }))
  expect((await runWords(page, 'status')).at(-1)).toEqual({ exit: 127 })
})

test('what is no list of words, or too long, is run by nobody', async ({ expect }) => {
  const page = await visit(await served())
  const wrong = [
    ...['', 'status', '[]', '"status"', 'null', '{}', '{"words": "status"}', '{"words": [1]}'],
    ...['{"words": ["status", null]}', '{"words": ["status", ["x"]]}', '{"words": ["status", {"a": 1}]}'],
    ...[
      '{"words": ["status"], "program": "sh"}',
      '{"words": ["status", "a\\u0000b"]}',
      '{"words": ["status"]',
    ],
    Buffer.from('{"words": ["status"]}'),
  ]
  for (const frame of wrong) {
    const run = startRun(page, frame)
    expect(await run.closed, String(frame)).toBe(1008)
    expect(run.told).toEqual([{ refused: 'This is not {"words": [...]} with texts.' }])
  }
  for (const length of [70_000, 5_000_000]) {
    const run = startRun(page, { words: ['status', 'x'.repeat(length)] })
    expect(await run.closed).toBe(1009)
    expect(run.told).toEqual([])
  }
})

test('only what a person would do in the page is run: no other program, no part of ours, and no second page', async ({
  expect,
}) => {
  const page = await visit(await served())
  const refused = ['ui', 'setup', 'keeper', 'session', 'look', 'relay', 'keeper-plan', '__complete', 'sh', '']
  const wrong = [...refused, '/bin/sh', '--lang=en', 'help', '-h'].flatMap(word => [
    [word, 'status', 'ui'],
    ['--lang', 'en', word, 'status', 'ui'],
  ])
  for (const words of [...wrong, []]) {
    const run = startRun(page, { words })
    expect(await run.closed, words.join(' ')).toBe(1008)
    expect(run.told).toEqual([{ refused: expect.stringContaining('is nothing that the page may run') }])
  }
  const all = (await visibleCommands()).map(({ name }) => name)
  expect(all.filter(name => !RUNNABLE.has(name))).toEqual(['setup', 'ui'])
  expect([...RUNNABLE].filter(name => !all.includes(name))).toEqual(['--version', 'choices', 'mounts'])
})

test('a second list of words on one connection is run by nobody', async ({ expect }) => {
  const page = await pageWith(`console.log(words.at(-1)); setTimeout(() => 0, 500)`)
  const run = startRun(page, { words: ['list'] })
  await run.first
  run.socket.send(JSON.stringify({ words: ['status'] }))
  await run.closed
  expect(run.told).toEqual([{ out: 'list' }, { exit: 0 }])
})

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
