import { execa } from 'execa'
import fc from 'fast-check'
import { test } from 'vitest'
import type { ComposeProject } from '../../compose/project.ts'
import { startServices } from '../../session/commands/docker.ts'

/** What Compose itself understands of a project of ours. It prints each `$` doubled, for its own next reading. */
async function readByCompose(environment: Readonly<Record<string, string>>): Promise<unknown> {
  const project: ComposeProject = {
    name: 'p',
    services: { s: { image: 'i', container_name: 'c', labels: {}, environment } },
  }
  const { args, stdin = '' } = startServices(project, [])
  const upToVerb = args.slice(0, args.indexOf('up'))
  const { stdout } = await execa('docker', [...upToVerb, 'config', '--format', 'json'], {
    input: await stdin,
  })
  return JSON.parse(stdout.replaceAll('$$', '$')).services.s.environment
}

/** One call takes long, so each carries many values. */
const numbered = (values: readonly string[]) =>
  Object.fromEntries(values.map((value, index) => [`V${index}`, value]))

test('every character of a value reaches Compose unchanged', { timeout: 60_000 }, async ({ expect }) => {
  // All of the basic plane but zero, which no variable can hold, and halves of characters; then some beyond.
  const codes = Array.from({ length: 0xffff }, (_, index) => index + 1).filter(
    code => code < 0xd800 || code > 0xdfff,
  )
  const characters = [...codes, 0x10000, 0x1f600, 0x10ffff].map(code => String.fromCodePoint(code))
  const rows = Array.from({ length: Math.ceil(characters.length / 256) }, (_, row) =>
    characters.slice(row * 256, row * 256 + 256).join(''),
  )
  expect(await readByCompose(numbered(rows))).toEqual(numbered(rows))
})

test('every text that a pod may set reaches Compose unchanged', { timeout: 60_000 }, async ({ expect }) => {
  const ends = [
    '',
    ' ',
    '\n',
    '\r\n',
    '\t',
    '\\',
    '"',
    "'",
    '$',
    '$$',
    '${X}',
    '$(x)',
    '#',
    ': ',
    '- ',
    '%',
    '&a',
    '*a',
  ]
  const texts = fc
    .sample(fc.string({ unit: 'grapheme', maxLength: 80 }), 500)
    .map(text => text.replaceAll('\0', ''))
  const values = [
    ...texts,
    ...ends.flatMap(end => [end, `${end}x`, `x${end}`, `${end}x${end}`]),
    'x'.repeat(65_536),
  ]
  expect(await readByCompose(numbered(values))).toEqual(numbered(values))
})

test('every name that Kubernetes allows reaches Compose unchanged', { timeout: 60_000 }, async ({
  expect,
}) => {
  const names = [
    'y',
    'no',
    'on',
    'true',
    'null',
    '~',
    '1',
    '0x1F',
    '1e3',
    '1_0',
    '2001-01-01',
    '<<',
    '.',
    '-',
    '_',
    'a-b',
    'a.b',
    'a$b',
    '*',
    '&a',
    '!a',
    '%a',
    '@a',
    '#a',
    'a: b',
    '[',
    '{',
    '"',
    "'",
  ]
  const environment = Object.fromEntries(names.map(name => [name, name]))
  expect(await readByCompose(environment)).toEqual(environment)
})
