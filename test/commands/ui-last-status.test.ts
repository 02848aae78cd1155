import { Readable } from 'node:stream'
import { test } from 'vitest'
import type { RunOwnProgram } from '../../cli-plugin/edges/own-program.ts'
import { ask, served, type Visit, visit } from '../fakes/served-page.ts'
import { runWords } from '../fakes/web-run.ts'

const STATUS = '{"type":"status","environments":[]}'
const RESULT = '{"type":"result","exitCode":0}'

/** A program that tells this, each time it is run, and what it was run with. */
function telling(lines: readonly string[]) {
  const runs: (readonly string[])[] = []
  const ownProgram: RunOwnProgram = words => {
    runs.push(words)
    return {
      stdout: Readable.from([lines.map(line => `${line}\n`).join('')]),
      stderr: Readable.from([]),
      ended: Promise.resolve(0),
      kill: () => undefined,
    }
  }
  return { ownProgram, runs }
}

const askStatus = ({ origin, base, cookie }: Visit) => ask(`${origin}${base}status`, { headers: { cookie } })

test('the status is read before the page is there, once, and given to the page when it asks', async ({
  expect,
}) => {
  const { ownProgram, runs } = telling([STATUS, RESULT])
  const page = await visit(await served({ ownProgram, now: () => 0 }))
  await ask(`${page.origin}${page.base}`, { headers: { cookie: page.cookie } })
  expect(await askStatus(page)).toMatchObject({ status: 200, body: STATUS })
  expect(runs).toEqual([['status', '--format', 'json']])
})

test('what a page has read since is given to the next one; what is ten seconds old to nobody', async ({
  expect,
}) => {
  const { ownProgram } = telling([STATUS, RESULT])
  let now = 0
  const page = await visit(await served({ ownProgram, now: () => now }))
  now = 8000
  await runWords(page, 'status', '--format', 'json')
  now = 16_000
  expect(await askStatus(page)).toMatchObject({ status: 200, body: STATUS })
  now = 18_001
  expect(await askStatus(page)).toMatchObject({ status: 204, body: '' })
})

test('a page that is loaded later has it read anew', async ({ expect }) => {
  const { ownProgram, runs } = telling([STATUS, RESULT])
  let now = 0
  const page = await visit(await served({ ownProgram, now: () => now }))
  now = 20_000
  await ask(`${page.origin}${page.base}`, { headers: { cookie: page.cookie } })
  expect(await askStatus(page)).toMatchObject({ status: 200, body: STATUS })
  expect(runs).toHaveLength(2)
})

test('an engine that does not answer tells none', async ({ expect }) => {
  const { ownProgram } = telling(['{"type":"error","code":"ENGINE_UNREACHABLE"}'])
  const page = await visit(await served({ ownProgram, now: () => 0 }))
  expect(await askStatus(page)).toMatchObject({ status: 204 })
})

test('nobody who is not admitted is told, nor has it read', async ({ expect }) => {
  const { ownProgram, runs } = telling([STATUS, RESULT])
  let now = 0
  const page = await visit(await served({ ownProgram, now: () => now }))
  now = 20_000
  for (const path of ['', 'status'])
    expect(await ask(`${page.origin}${page.base}${path}`)).toMatchObject({ status: 403 })
  expect(runs).toHaveLength(1)
})
