import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { type ErrorCode, exitCodeOf, KdeTpError } from '../../session/errors.ts'
import { type Provocation, provocations } from './provoked-errors.ts'

const root = join(import.meta.dirname, '../..')
const codes = Object.keys(exitCodeOf) as ErrorCode[]
const errors = await Promise.all(provocations.map(provoke))

async function provoke(provocation: Provocation): Promise<KdeTpError> {
  try {
    await provocation()
  } catch (error) {
    if (error instanceof KdeTpError) return error
    throw error
  }
  throw new Error(`this provokes nothing: ${provocation.toString()}`)
}

const HEAD = `# Errors

Each failure that kde-tp knows has a code. Codes are permanent, so scripts may look for them: \`--format json\` has the
code in its last line, and people see it behind the sentence. Several codes share one exit code. 70 is a bug of ours.
A command that runs in a dev container ends with its own exit code instead.

This page is made from the program itself by \`npm run golden\`: every sentence stands here with an example of what it
names.
`

function page(): string {
  const exitCodes = [...new Set(Object.values(exitCodeOf))]
  const table = exitCodes.map(
    exitCode => `| ${exitCode} | ${codes.filter(code => exitCodeOf[code] === exitCode).join(', ')} |`,
  )
  return [HEAD, '| exit code | codes |', '|--|--|', ...table, '', ...codes.map(section)].join('\n')
}

function section(code: ErrorCode): string {
  const told = errors.filter(error => error.code === code).map(tell)
  return `## ${code}\n\n${[...new Set(told)].join('\n')}\n`
}

const tell = ({ message, hint, left }: KdeTpError): string =>
  [`- **${message}**`, hint, left].filter(part => part !== undefined).join(' ')

/** The code of each error that the sources make. */
function codesInSources(): readonly string[] {
  const files = ['cli-plugin', 'session'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true }).map(path => join(root, folder, String(path))),
  )
  return files
    .filter(path => path.endsWith('.ts'))
    .flatMap(path => [...readFileSync(path, 'utf8').matchAll(/new KdeTpError\(\s*'([A-Z_]+)'/g)])
    .map(([, code = '']) => code)
}

test('every error is told on one page', async ({ expect }) => {
  await expect(page()).toMatchFileSnapshot(join(root, 'docs/errors.md'))
})

test('every sentence of the sources is on that page', ({ expect }) => {
  const inSources = codesInSources()
  const sentences = (code: ErrorCode) =>
    new Set(errors.filter(error => error.code === code).map(({ message }) => message))
  const missing = codes.filter(code => sentences(code).size < inSources.filter(each => each === code).length)
  expect(missing).toEqual([])
})

test('a sentence ends as one, and neither shouts nor begs', ({ expect }) => {
  for (const { message, hint = '', left = '' } of errors) {
    expect(message).toMatch(/[.]$/)
    expect(message + hint + left).not.toMatch(/!|please|invalid|^error/i)
  }
})

test('no code is left without an example', ({ expect }) => {
  expect(codes.filter(code => !errors.some(error => error.code === code))).toEqual([])
})
