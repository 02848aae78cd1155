import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, test } from 'vitest'
import { visibleCommands } from '../../cli-plugin/commands.ts'
import { createOwnProgram } from '../../cli-plugin/edges/own-program.ts'
import { RUNNABLE } from '../../cli-plugin/ui/run.ts'
import type { Served } from '../../cli-plugin/ui/serve.ts'
import { ask, begin, fromOurPage, served, visit } from '../fakes/served-page.ts'

/** A program of ours that does this. Its words are in `words`. */
const program = (script: string, dockerOptions: readonly string[] = []) =>
  createOwnProgram(dockerOptions, [
    process.execPath,
    '-e',
    `const words = process.argv.slice(1); ${script}`,
    '--',
  ])

async function pageOf(it: Served) {
  const place = await visit(it)
  const url = `${place.origin}${place.base}run`
  const asked = (body: unknown) => ({
    ...{ method: 'POST', headers: fromOurPage(place) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return {
    ask: (body: unknown) => ask(url, asked(body)),
    begin: (...words: readonly string[]) => begin(url, asked({ words })),
    run: async (...words: readonly string[]) => linesOf((await ask(url, asked({ words }))).body),
  }
}

const linesOf = (body: string): readonly unknown[] =>
  body
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as unknown)

test('the program is run with these very words, and its output comes line by line', async ({ expect }) => {
  const script = `console.log(JSON.stringify(words)); console.error('a warning'); process.stdout.write('no end'); process.exitCode = 7`
  const page = await pageOf(await served({ ownProgram: program(script, ['--context', 'x']) }))
  const lines = await page.run('--lang', 'en', 'list', '$(id); "a b" * \\', '', '多字')
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
  const page = await pageOf(await served({ ownProgram: program(script) }))
  expect(await page.run('status')).toEqual([
    { out: expect.stringMatching(new RegExp(`^${process.cwd()} passed on @kde_tp_[0-9a-f]{32}$`)) },
    { exit: 0 },
  ])
})

test('100,000 lines arrive whole and in order, whatever they hold', async ({ expect }) => {
  const script = `for (let i = 0; i < 100000; i += 1) process.stdout.write(i + ' 網路 "x"\\n')`
  const page = await pageOf(await served({ ownProgram: program(script) }))
  const lines = await page.run('logs')
  const expected = Array.from({ length: 100_000 }, (_, index) => ({ out: `${index} 網路 "x"` }))
  expect(lines).toEqual([...expected, { exit: 0 }])
})

test('a line is there before the program has ended', async ({ expect }) => {
  const script = `console.log('first'); setInterval(() => 0, 1000)`
  const page = await pageOf(await served({ ownProgram: program(script) }))
  const run = page.begin('status', '--watch')
  const [first] = (await once(await run.answer, 'data')) as [Buffer]
  expect(linesOf(String(first))).toEqual([{ out: 'first' }])
  run.leave()
})

test('whoever leaves ends the program with SIGTERM, and it may end in order', async ({ expect }) => {
  const directory = mkdtempSync(join(tmpdir(), 'kde-tp-ui-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const farewell = join(directory, 'farewell')
  const script = `process.on('SIGTERM', () => { console.log('x'.repeat(1e6)); setTimeout(() => { require('fs').writeFileSync(${JSON.stringify(farewell)}, 'in order'); process.exit(0) }, 300) }); console.log(process.pid); setInterval(() => 0, 1000)`
  const page = await pageOf(await served({ ownProgram: program(script) }))
  const run = page.begin('events')
  const [line] = (await once(await run.answer, 'data')) as [Buffer]
  const { out } = linesOf(String(line))[0] as { readonly out: string }
  expect(isThere(Number(out))).toBe(true)
  run.leave()
  await expect.poll(() => isThere(Number(out)), { timeout: 10_000 }).toBe(false)
  expect(existsSync(farewell) && readFileSync(farewell, 'utf8')).toBe('in order')
})

test('the end of the server ends what runs, and the page hears how', async ({ expect }) => {
  const script = `process.on('SIGTERM', () => process.exit(143)); console.log(process.pid); setInterval(() => 0, 1000)`
  const it = await served({ ownProgram: program(script) })
  const page = await pageOf(it)
  const answer = await page.begin('events').answer
  const [line] = (await once(answer, 'data')) as [Buffer]
  const { out } = linesOf(String(line))[0] as { readonly out: string }
  let rest = ''
  answer.on('data', (piece: Buffer) => {
    rest += String(piece)
  })
  await Promise.all([it.close(), once(answer, 'close')])
  expect(linesOf(rest)).toEqual([{ exit: 143 }])
  expect(isThere(Number(out))).toBe(false)
  await expect(page.run('status')).rejects.toThrow('ECONNREFUSED')
})

test('a program that does not start ends as in a shell', async ({ expect }) => {
  const page = await pageOf(await served({ ownProgram: createOwnProgram([], ['/nowhere/kde-tp']) }))
  expect((await page.run('status')).at(-1)).toEqual({ exit: 127 })
})

test('what is no list of words, or too long, is run by nobody', async ({ expect }) => {
  const page = await pageOf(await served())
  const wrong = [
    ...['', 'status', '[]', '"status"', 'null', '{}', '{"words": "status"}', '{"words": [1]}'],
    ...['{"words": ["status", null]}', '{"words": ["status", ["x"]]}', '{"words": ["status", {"a": 1}]}'],
    ...[
      '{"words": ["status"], "program": "sh"}',
      '{"words": ["status", "a\\u0000b"]}',
      '{"words": ["status"]',
    ],
  ]
  for (const body of wrong) expect((await page.ask(body)).status, body).toBe(400)
  expect((await page.ask({ words: ['status', 'x'.repeat(70_000)] })).status).toBe(413)
  expect((await page.ask({ words: ['status', 'x'.repeat(5_000_000)] })).status).toBe(413)
})

test('only what a person would do in the page is run: no other program, no part of ours, and no second page', async ({
  expect,
}) => {
  const page = await pageOf(await served())
  const refused = ['ui', 'setup', 'keeper', 'session', 'look', 'relay', 'keeper-plan', '__complete', 'sh', '']
  for (const word of [...refused, '/bin/sh', '--lang=en', 'help', '-h'])
    for (const words of [
      [word, 'status', 'ui'],
      ['--lang', 'en', word, 'status', 'ui'],
    ])
      expect((await page.ask({ words })).status, words.join(' ')).toBe(403)
  expect((await page.ask({ words: [] })).status).toBe(403)
  const all = (await visibleCommands()).map(({ name }) => name)
  expect(all.filter(name => !RUNNABLE.has(name))).toEqual(['setup', 'ui'])
  expect([...RUNNABLE].filter(name => !all.includes(name))).toEqual(['--version', 'choices'])
})

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
