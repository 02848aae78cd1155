import { execa } from 'execa'
import fc from 'fast-check'
import { test } from 'vitest'
import {
  changedNames,
  renew,
  takeOver,
  toEnvironmentFile,
  toScript,
} from '../../../session/remote-environment.ts'

const reported = {
  GREETING: 'hello',
  PATH: '/app/bin',
  HOME: '/app',
  HOSTNAME: 'api-0',
  TERM: 'xterm',
  SHELL: '/bin/ash',
  LD_PRELOAD: '/x.so',
  TELEPRESENCE_CONTAINER: 'app',
  _TEL_AGENT_NAME: 'api',
  GOMAXPROCS: '2',
  DB_SERVICE_HOST: '10.0.0.3',
  DB_SERVICE_PORT_HTTP: '80',
  DB_PORT_80_TCP_ADDR: '10.0.0.3',
}

test('what the container declares is taken, with what Kubernetes sets for services', ({ expect }) => {
  expect(takeOver(reported, { declared: ['GREETING'], declaredIsWhole: true })).toEqual({
    taken: {
      GREETING: 'hello',
      DB_SERVICE_HOST: '10.0.0.3',
      DB_SERVICE_PORT_HTTP: '80',
      DB_PORT_80_TCP_ADDR: '10.0.0.3',
    },
    keptOut: [],
  })
})

test('a declared name is taken though a runtime sets it too, but PATH and HOME never are', ({ expect }) => {
  const declared = ['TERM', 'LD_PRELOAD', 'TELEPRESENCE_CONTAINER', 'PATH', 'HOME', 'NOT_REPORTED']
  const { taken, keptOut } = takeOver(reported, { declared, declaredIsWhole: true })
  expect(taken).toMatchObject({ TERM: 'xterm', LD_PRELOAD: '/x.so', TELEPRESENCE_CONTAINER: 'app' })
  expect(Object.keys(taken)).not.toContain('NOT_REPORTED')
  expect(taken).not.toHaveProperty('PATH')
  expect(taken).not.toHaveProperty('HOME')
  expect(keptOut).toEqual(['PATH', 'HOME'])
})

test('where not all declarations could be read, what nobody sets by itself is taken too', ({ expect }) => {
  const { taken } = takeOver(reported, { declared: [], declaredIsWhole: false })
  expect(Object.keys(taken)).toEqual([
    'DB_PORT_80_TCP_ADDR',
    'DB_SERVICE_HOST',
    'DB_SERVICE_PORT_HTTP',
    'GOMAXPROCS',
    'GREETING',
  ])
})

test('a shell that sources the file has every value byte for byte', { timeout: 30_000 }, async ({
  expect,
}) => {
  const texts = fc.sample(fc.string({ unit: 'binary' }), 300).map(text => text.replaceAll('\0', ''))
  const values = [
    ...texts,
    '',
    '\n',
    "'",
    "''",
    "\\'",
    '"',
    '$HOME',
    '`id`',
    '!',
    'a=b',
    '\r\n',
    'x'.repeat(65_536),
  ]
  const variables = Object.fromEntries(
    values.map((value, index) => [`V${index}`, Buffer.from(value).toString()]),
  )
  const script = `source <(cat); for ((i = 0; i < ${values.length}; i++)); do n=V$i; printf '%s\\0' "\${!n}"; done`
  const { stdout } = await execa('bash', ['-c', script], {
    input: toEnvironmentFile(variables),
    stripFinalNewline: false,
  })
  expect(stdout.split('\0').slice(0, -1)).toEqual(Object.values(variables))
})

test('what is another in each pod, and what agents add, is no change', ({ expect }) => {
  const before = { SAME: '1', OTHER: '1', GONE: '1', HOSTNAME: 'api-1', TELEPRESENCE_MOUNTS: '/a' }
  const now = { SAME: '1', OTHER: '2', NEW: '1', HOSTNAME: 'api-2', TELEPRESENCE_MOUNTS: '/b' }
  expect(changedNames(before, now)).toEqual(['GONE', 'NEW', 'OTHER'])
  expect(changedNames(before, before)).toEqual([])
})

test("a new process gets the pod's new variables, and keeps what the project has set over them", ({
  expect,
}) => {
  const before = { SAME: '1', OTHER: '1', GONE: '1', OURS: 'pod', OURS_TOO: 'pod', PATH: '/app' }
  const has = { ...before, OURS: 'project', OURS_TOO: 'project', NEW_BUT_OURS: 'project', PATH: '/bin' }
  const now = { SAME: '1', OTHER: '2', NEW: 'new', NEW_BUT_OURS: 'pod', OURS: 'another' }
  expect(renew(has, before, now)).toEqual({ set: { OTHER: '2', NEW: 'new' }, unset: ['GONE'] })
  expect(renew({ ...has, OTHER: '2' }, before, before)).toEqual({ set: {}, unset: [] })
})

test('bash is told it, byte for byte', async ({ expect }) => {
  const value = 'it\'s $HOME\n`and` "more"\\'
  const script = toScript({ set: { VALUE: value, 'no.name': 'x' }, unset: ['GONE'] })
  const shell = [`${script}printf '%s|%s' "$VALUE" "\${GONE-gone}"`]
  const { stdout } = await execa('bash', ['-c', ...shell], { env: { GONE: 'here' } })
  expect(stdout).toBe(`${value}|gone`)
})
