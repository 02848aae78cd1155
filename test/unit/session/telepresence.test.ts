import { test } from 'vitest'
import type { Attachment } from '../../../session/attachment.ts'
import { listedAttachments, readVolumes } from '../../../session/commands/list-own.ts'
import {
  attach,
  conflictingId,
  detach,
  errorText,
  holderIn,
  lastJson,
  TAKEN_HERE,
  withoutHeaderValues,
} from '../../../session/commands/telepresence.ts'
import type { ToolOutput } from '../../../session/tool-command.ts'
import type { Header } from '../../../session/wish.ts'
import { interceptOfApi } from '../../fakes/containers.ts'

const answered = (stdout: string, exitCode = 0, stderr = ''): ToolOutput => ({ stdout, stderr, exitCode })
const { parse } = attach('kde-telepresence-session-demo-myapp', interceptOfApi, [])

test('the answer is the last JSON value, whatever is said before it', ({ expect }) => {
  const environment = { A: 'one\ntwo', B: '{"not":"the answer"}' }
  const json = JSON.stringify({ name: 'api', environment }, undefined, 2)
  expect(parse(answered(json))).toEqual({ environment })
  expect(parse(answered(`W1123 18:00:00 warnings.go:70] Use "v1" {instead}\n${json}\n`))).toEqual({
    environment,
  })
  expect(parse(answered(`{"warning":"an earlier value"}\n${json}`))).toEqual({ environment })
  expect(parse(answered('{"name":"api"}'))).toEqual({ environment: {} })
  expect(parse(answered('{"container_name":"app"}')).container).toBe('app')
  expect(parse(answered('{"container":"app"}')).container).toBe('app')
})

test('a text without JSON says nothing', ({ expect }) => {
  expect(lastJson('')).toEqual({})
  expect(lastJson('connected')).toEqual({})
})

test('Telepresence tells its errors on standard output', ({ expect }) => {
  expect(errorText(answered('{"error":"it broke"}', 1, 'noise'))).toBe('it broke')
  expect(errorText(answered('', 1, ' it broke \n'))).toBe('it broke')
  expect(errorText(answered('it broke\n', 1))).toBe('it broke')
})

test.for([
  [
    String.raw`{"error":"connector.CreateIntercept: rpc error: code = AlreadyExists desc = conflict with intercept \"api\" created by client \"bob-desk\""}`,
    'INTERCEPT_TAKEN',
    'bob-desk holds "api" already.',
  ],
  ['{"error":"conflict with another"}', 'INTERCEPT_TAKEN', 'Another session holds "api" already.'],
  [
    '{"error":"found no interceptable port matching http in Deployment api"}',
    'PORT_UNKNOWN',
    '"api" has no port http that can be taken.',
  ],
  ['{"error":"anything else"}', 'ATTACH_FAILED', 'Telepresence could not take "api".'],
] as const)('%s is %s', ([stdout, code, message], { expect }) => {
  expect(() => parse(answered(stdout, 1))).toThrow(
    expect.objectContaining({ code, message, detail: errorText(answered(stdout)) }),
  )
})

test('an attempt of another command of this session is no stranger', ({ expect }) => {
  expect(() => parse(answered('', 75))).toThrow(
    expect.objectContaining({ code: 'ATTACH_FAILED', detail: expect.stringMatching(TAKEN_HERE) }),
  )
})

const callOf = (attachment: Attachment, headers: readonly Header[] = []): string =>
  attach('s', attachment, headers).args.join(' ')

test('each port is handed on, and the agent is always said', ({ expect }) => {
  const ports = [
    { local: 8080, remote: 'http' },
    { local: 9090, remote: '9000' },
  ]
  const call = callOf({ ...interceptOfApi, ports, agent: 'node' })
  expect(call).toMatch(/^exec s attach api intercept api --workload api --port 8080:http --port 9090:9000 /)
  expect(call).toContain(' --node-agent=true ')
  expect(callOf(interceptOfApi)).toContain(' --node-agent=false ')
  expect(detach('s', 'api').args.slice(0, 4)).toEqual(['exec', 's', 'detach', 'api'])
})

test('requests are chosen by what Telepresence calls filters', ({ expect }) => {
  const filtered = { ...interceptOfApi, headers: ['x-user'], pathPrefix: '/a', pathRegex: '.*' }
  expect(callOf(filtered, [{ name: 'x-user', value: 'ada' }])).toContain(
    ' --http-header x-user=ada --http-path-prefix /a --http-path-regex .* ',
  )
})

test('each mode gets the options that it knows', ({ expect }) => {
  const { ports, ...rest } = interceptOfApi
  expect(callOf({ ...rest, ports, mode: 'replace', container: 'app', toPod: ['53/UDP'] })).toMatch(
    /^exec s attach api replace api --port 8080:http --container app --to-pod 53\/UDP --detailed-output --mount=false /,
  )
  expect(callOf({ ...rest, ports: [], mode: 'ingest' })).toMatch(
    /^exec s attach api ingest api --node-agent=false --mount=false /,
  )
  expect(callOf({ ...rest, ports, mode: 'wiretap' })).toMatch(
    /^exec s attach api wiretap api --workload api --port 8080:http --node-agent=false --detailed-output /,
  )
})

/** As Telepresence 2.31.2 tells of a replace and an ingest, without what is not read. */
test('volumes are served where the attachment of the workload says, in each mode', ({ expect }) => {
  const serving = { pod_ip: '10.244.1.121', sftp_port: 34833, mount_point: '/tel_app_exports/api' }
  const mounts = { '/etc/settings': 0, '/var/run/secrets/kubernetes.io': 0 }
  const volumesIn = (listed: object) =>
    readVolumes('session', 'api').parse(answered(JSON.stringify([{ name: 'worker' }, listed])))
  const replaced = { spec: { name: 'api/app', agent: 'api' }, ...serving, mounts }
  const paths = ['/etc/settings', '/var/run/secrets/kubernetes.io']
  const served = { host: '10.244.1.121', port: 34833, directory: '/tel_app_exports/api', paths }
  expect(volumesIn({ intercept_info: [replaced] })).toEqual(served)
  expect(volumesIn({ ingest_info: [{ workload: 'api', ...serving, mounts }] })).toEqual(served)
  expect(volumesIn({ intercept_info: [{ ...replaced, mounts: {} }] })).toBeUndefined()
  expect(volumesIn({ ingest_info: [{ workload: 'web', ...serving, mounts }] })).toBeUndefined()
})

test('what is said of an attach tells no header’s value', ({ expect }) => {
  const words = ['intercept', 'api', '--http-header', 'x-key=se=cret', '--http-path-prefix', '/a=b']
  expect(withoutHeaderValues('conflict with x-key=se=cret at /a=b', words)).toBe(
    'conflict with x-key=*** at /a=b',
  )
  expect(withoutHeaderValues('no header', ['--http-header', 'x-key='])).toBe('no header')
})

test('a list tells what a client holds, and what was given to somebody else', ({ expect }) => {
  const environment = { A: '1' }
  const mine = { spec: { name: 'api', agent: 'api' }, disposition: 1, environment }
  const message = 'conflict with intercept 1:api on port 80 created by client "bob@desk": all'
  const theirs = { spec: { name: 'web/app', agent: 'web' }, disposition: 7, message }
  const waiting = { spec: { name: 'late', agent: 'late' }, disposition: 2, message: 'no agent yet' }
  const list = [
    { intercept_info: [mine] },
    { intercept_info: [theirs, waiting] },
    { ingest_info: [{ workload: 'ing' }] },
  ]
  const listed = listedAttachments(answered(JSON.stringify(list)))
  expect(Object.fromEntries(listed ?? [])).toEqual({
    api: { conflict: '', environment },
    web: { conflict: message },
    late: { conflict: '' },
    ing: { conflict: '' },
  })
  expect(holderIn(message)).toBe('bob@desk')
  expect(conflictingId(message)).toBe('1:api')
  expect(listedAttachments(answered('[]'))?.size).toBe(0)
  expect(listedAttachments(answered('', 1, 'not connected'))).toBeUndefined()
})
