import { test } from 'vitest'
import { askFacts, lookFromContainer, lookFromSession } from '../../../cli-plugin/surroundings/look.ts'

const question = askFacts({ namespace: 'myapp', workload: 'api', managerNamespace: 'ambassador' })
const { parse } = lookFromSession('session', question)
const answer = { kind: 'unreachable', server: 'https://k:6443', reason: 'said so' }
const saying = (stdout: object, exitCode = 0) => ({ stdout: JSON.stringify(stdout), stderr: '', exitCode })

test('a session that can’t tell, or is of another version, is asked in vain', ({ expect }) => {
  expect(parse(saying(answer))).toEqual(answer)
  expect(parse(saying(answer, 1))).toBeUndefined()
  expect(parse(saying({ kind: 'facts', facts: { serverAddress: '10.0.0.1' } }))).toBeUndefined()
})

const outside = { image: 'runtime', network: 'kind', kubeconfig: '{}', directory: '/w/a,b "c"' }
const look = lookFromContainer(outside, question)

/** As Docker 29 and Docker Desktop say it. */
test.for([
  ['invalid mount config for type "bind": bind source path does not exist: /w', 'WORKSPACE_ELSEWHERE'],
  [
    'Mounts denied: The path /w is not shared from the host and is not known to Docker.',
    'WORKSPACE_ELSEWHERE',
  ],
  [
    'error gathering device information while adding custom device "/dev/net/tun": no such file or directory',
    'NO_TUN_DEVICE',
  ],
  ['network kind not found', 'CLUSTER_UNREACHABLE'],
] as const)('an engine that says "%s" is told as %s', ([stderr, code], { expect }) => {
  expect(() => look.parse({ stdout: '', stderr, exitCode: 125 })).toThrow(expect.objectContaining({ code }))
})

test('the workspace is bound by its name, whatever is in that', ({ expect }) => {
  expect(look.args).toContain('type=bind,"source=/w/a,b ""c""",target=/workspace,readonly')
})
