import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, test } from 'vitest'
import { parse } from 'yaml'
import { parseEnvironmentFile, toEnvironmentFile } from '../../../session/remote-environment.ts'
import { leftOutOf, masked, writeVariables } from '../../../session/variables-output.ts'

const nasty = {
  PLAIN: 'hello',
  EMPTY: '',
  BLANKS: '  two  words ',
  QUOTES: `it's "so"`,
  DOLLARS: 'a$b ${c} $(id) `id` $$ \\$',
  LINES: 'one\ntwo\n',
  RETURN: 'one\r',
  HASH: '# no comment',
  UNICODE: '電話 📞 \u2028',
  'my.name': 'dotted',
  UID: '7',
}

const anyVariables = fc.dictionary(
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]*$/),
  fc.string({ unit: 'grapheme' }).filter(value => !value.includes('\0')),
)

test('what is written to the file that is sourced is read back byte for byte', ({ expect }) => {
  expect(parseEnvironmentFile(toEnvironmentFile(nasty))).toEqual(nasty)
  fc.assert(
    fc.property(anyVariables, variables => {
      expect(parseEnvironmentFile(toEnvironmentFile(variables))).toEqual({ ...variables })
    }),
  )
})

describe('what cannot be carried is left out:', () => {
  test('by docker’s env-file, what has a line break, or ends with a carriage return', ({ expect }) => {
    expect(leftOutOf('dotenv', nasty)).toEqual(['LINES', 'RETURN'])
    expect(leftOutOf('dotenv', { '#A': '1', 'B C': '2', D: 'x'.repeat(65_000) })).toEqual(['#A', 'B C', 'D'])
    expect(writeVariables('dotenv', nasty, 'api')).not.toContain('LINES')
  })

  test('by a shell, what is no name there, or cannot be set', ({ expect }) => {
    expect(leftOutOf('sh', nasty)).toEqual(['my.name', 'UID'])
  })

  test('by JSON and Compose nothing', ({ expect }) => {
    expect([...leftOutOf('json', nasty), ...leftOutOf('compose', nasty)]).toEqual([])
  })
})

test('bash sources what is for a shell, byte for byte', ({ expect }) => {
  const file = join(mkdtempSync(join(tmpdir(), 'kde-tp-')), 'api.sh')
  writeFileSync(file, writeVariables('sh', nasty, 'api'))
  const output = execFileSync('bash', ['-c', 'set -e; source "$1"; exec env -0', 'bash', file], {
    env: { PATH: process.env['PATH'] ?? '' },
    encoding: 'utf8',
  })
  const set = Object.fromEntries(output.split('\0').map(line => line.split(/=([\s\S]*)/, 2)))
  const { UID: _, 'my.name': __, ...expected } = nasty
  expect(set).toMatchObject(expected)
})

test('JSON and YAML give back what went in', ({ expect }) => {
  expect(JSON.parse(writeVariables('json', nasty, 'api'))).toEqual(nasty)
  const { services } = parse(writeVariables('compose', nasty, 'api')) as {
    services: { api: { environment: Record<string, string> } }
  }
  const undoubled = Object.entries(services.api.environment).map(([name, value]) => [
    name,
    value.replaceAll('$$', '$'),
  ])
  expect(Object.fromEntries(undoubled)).toEqual(nasty)
})

test('a hidden value tells nothing, not even its length', ({ expect }) => {
  expect(new Set(Object.values(masked(nasty))).size).toBe(1)
})
